"""A season: a programme for a wish, whose nights can be planned at once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.ids import FilmId
from bot.features.nights.commands import PlanSeasonCommand
from bot.features.programmes.commands import SeasonCommand
from bot.messages.phrases import counted, said
from bot.messages.replies import Actions, Block, FilmItem, Footnote, Form, Heading, Reply
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.registration import Handler
from bot.views.access import public_access
from bot.views.picks import Asked, openable, pick_items
from recommender import Pick, programme

FEWEST, MOST = 2, 12
"""Films of a season."""

CHOSEN_FROM = 4
"""Times as many picks as films, from which a varied season is chosen."""

PAST = 50
"""Nights past whose films are left out."""

WishedFilms = Callable[[str, int, frozenset[str], Context, UnitOfWork], Awaitable[Sequence[Pick]]]
"""Finds so many films for a wish in plain words, without some; the best first."""


def season_handler(wished: WishedFilms) -> Handler:
    """Return the handler of `/season`; `wished` finds films for its wish."""

    async def season(command: SeasonCommand, context: Context, work: UnitOfWork) -> Reply:
        if not command.wish.strip():
            form = Form("Say what it is about", command, ("wish", "count"))
            return said("What should the season be about?", actions=(form,))
        if not FEWEST <= command.count <= MOST:
            raise UsageError(
                f"A season has {FEWEST} to {MOST} films, as in ",
                Usage(SeasonCommand(command.wish, 5)),
                ".",
            )
        watched = frozenset(each.film_id for each in await work.nights.past(PAST) if each.film_id)
        picks = await wished(command.wish, CHOSEN_FROM * command.count, watched, context, work)
        return await _season(command, picks, context, work)

    return season


async def _season(
    command: SeasonCommand, picks: Sequence[Pick], context: Context, work: UnitOfWork
) -> Reply:
    overlay = await context.indexes.of(work)
    by_id = {each.film_id: each for each in picks}
    order = programme(overlay, picks, command.count)
    if len(order) < FEWEST:
        return said(
            f"I find too few films for “{command.wish}”. Ask for less at once, as in ",
            Usage(SeasonCommand("grief and ghosts")),
            ".",
        )
    asked = Asked(frozenset(), public_access(context.club))
    chosen = [by_id[each] for each in order]
    items = [
        replace(each, lines=each.lines[:1])
        for each in await pick_items(chosen, overlay, context, work, asked)
    ]
    title = f"A season of {len(items)}: {command.wish}"
    short = "" if len(items) == command.count else f" I found only {counted(len(items), 'film')}."
    note = Plain(f"{_arc(items)}{short}")
    plan = PlanSeasonCommand(tuple(FilmId(each.film_id) for each in items))
    blocks: tuple[Block, ...] = (
        Heading((Plain(title),)),
        openable(items),
        Footnote((note,)),
        Actions((Form("Plan its nights", plan, ("when", "weeks")),)),
    )
    names = ", ".join(each.title for each in items)
    return Reply(blocks, f"{title}: {names}.", Visibility.CLUB)


def _arc(items: Sequence[FilmItem]) -> str:
    if len(items) < 3:
        return "The second has more of what you asked for."
    return (
        f"It opens with the best known of them, {items[0].title}, and rises to the one that has most of "
        f"your wish, {items[-1].title}. No two are by one director."
    )
