"""Films on the way between two, with what each has in common with its neighbours."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.programmes.commands import MOST_STEPS, BridgeCommand
from bot.messages.phrases import said, titled
from bot.messages.replies import Block, Button, FilmItem, Footnote, Form, Heading, Reply
from bot.messages.spans import Emphasis, Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import Unclear, choices, look_up
from bot.views.access import public_access
from bot.views.film_facts import byline
from bot.views.picks import Asked, openable, pick_items, why_of
from recommender import Demand, Overlay, Query, bridge, recommend


async def bridging(command: BridgeCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer with the films between two, or ask which films are meant."""
    ends: list[Film] = []
    for field in ("first", "last"):
        typed = getattr(command, field).strip()
        if not typed:
            form = Form("Name both films", command, ("first", "last"))
            return said("Between which two films?", actions=(form,))
        found = await look_up(typed, context, work, guess=True)
        if isinstance(found, Unclear):
            return _which(found, command, field, context)
        ends.append(found.film)
    first, last = ends
    if first.film_id == last.film_id:
        return said(titled(first), " is one step from itself. Name another film.")
    overlay = await context.indexes.of(work, ends)
    count = min(max(command.count, 1), MOST_STEPS)
    steps = bridge(overlay, first.film_id, last.film_id, count)
    films = await work.films.many([FilmId(each) for each in steps])
    between = [films[FilmId(each)] for each in steps if FilmId(each) in films]
    if not between:
        return said("I find no way from ", titled(first), " to ", titled(last), ".")
    items = await _items([first, *between, last], overlay, context, work)
    title = f"From {first.title} to {last.title}"
    note = Plain("Each is like the one before it, as evenly as I can find it.")
    blocks: tuple[Block, ...] = (Heading((Plain(title),)), openable(items), Footnote((note,)))
    names = ", ".join(film.title for film in between)
    return Reply(blocks, f"{title}: {names}.", Visibility.CLUB)


def _which(unclear: Unclear, command: BridgeCommand, field: str, context: Context) -> Reply:
    """Ask which film is meant; the other one stays as it is."""

    def meant(named: str) -> BridgeCommand:
        return replace(command, first=named) if field == "first" else replace(command, last=named)

    buttons = [Button(label, meant(named)) for label, named in choices(unclear, context)]
    if not buttons:
        form = Form("Name both films", command, ("first", "last"))
        return said(f"I don't know “{unclear.typed}”. Check the spelling.", actions=(form,))
    return said(f"Which “{unclear.typed}” do you mean?", actions=buttons, asks=True)


async def _items(
    chain: Sequence[Film], overlay: Overlay, context: Context, work: UnitOfWork
) -> list[FilmItem]:
    """Return the films between the ends of a chain, each with what it shares with the one before.

    The last one also says what it shares with the end.
    """
    items: list[FilmItem] = []
    for place in range(1, len(chain) - 1):
        film = chain[place]
        neighbours = [chain[place - 1], *([chain[-1]] if place == len(chain) - 2 else [])]
        shared = [await _shared(film, each, overlay, context, work) for each in neighbours]
        lines = tuple(each for each in shared if each)
        items.append(FilmItem(film.film_id, film.title, film.year, lines, byline=byline(film)))
    return items


async def _shared(
    film: Film, other: Film, overlay: Overlay, context: Context, work: UnitOfWork
) -> tuple[Span, ...]:
    """Word what a film has in common with another; empty where nothing convinces."""
    only = Demand("this film", film_ids=frozenset({film.film_id}))
    found = recommend(overlay, Query(like=(other.film_id,), demands=(only,), count=1))
    asked = Asked(frozenset({other.film_id}), public_access(context.club))
    items = await pick_items(found.picks, overlay, context, work, asked)
    why = next(map(why_of, items), "")
    return (Plain("Like "), Emphasis((Plain(other.title),)), Plain(f": {why}")) if why else ()
