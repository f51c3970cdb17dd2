"""Films, members and people named in a request: found, told apart, or asked about."""

from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.titles.links import film_link
from bot.domain.films import Film
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.wishes.reading import read_wish
from bot.lookup.films import Unclear, choices, look_up
from bot.lookup.members import is_stranger
from bot.messages.phrases import said
from bot.messages.replies import Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from recommender import Overlay


async def with_people(
    command: RecommendCommand, overlay: Overlay, context: Context, work: UnitOfWork
) -> RecommendCommand:
    """Read names of film people as what they are, though they stand where members and films do.

    `heist with tilda swinton` is a mood, unless a member has that name, or nearly; `like wes anderson`
    asks for his films.
    """
    command = _like_people(command, overlay, context)
    alone = len(command.instead.split()) <= len(("with", "whom"))
    strangers = not alone and all([await is_stranger(name, work) for name in command.members])
    if not strangers:
        return replace(command, instead="")
    return replace(command, members=(), mood=command.instead, instead="")


def _like_people(command: RecommendCommand, overlay: Overlay, context: Context) -> RecommendCommand:
    """Take what names no film, and is all understood as a wish, for words instead of a film."""
    films: list[str] = []
    words = [command.mood] if command.mood else []
    for typed in command.like:
        wish = None
        if not (film_link(typed) or context.titles.is_title(typed)):
            wish = read_wish(typed, overlay.index, context.now.year)
        (words if wish and wish.parts and not wish.words else films).append(typed)
    return replace(command, like=tuple(films), mood=" ".join(words))


async def named_films(
    command: RecommendCommand, context: Context, work: UnitOfWork
) -> tuple[Sequence[Film], Sequence[Film]] | Reply:
    """Find the films named after like and unlike, or ask which are meant."""
    films: list[Film] = []
    typed = (*command.like, *command.unlike)
    for place, each in enumerate(typed):
        found = await look_up(each, context, work, guess=True)
        if isinstance(found, Unclear):
            return _which(found, command, place, context)
        films.append(found.film)
    return films[: len(command.like)], films[len(command.like) :]


def _which(unclear: Unclear, command: RecommendCommand, place: int, context: Context) -> Reply:
    def with_(named: str) -> RecommendCommand:
        films = [*command.like, *command.unlike]
        films[place] = named
        likes = len(command.like)
        return replace(command, like=tuple(films[:likes]), unlike=tuple(films[likes:]))

    meant = choices(unclear, context)
    if not meant:
        again = [Button("Try again", command)] if context.offers.retry else []
        note = f" {context.offers.missing}" if context.offers.retry else ""
        return said(
            f"I don't know {unclear.typed!r}. Check the spelling, or describe a mood instead.{note}",
            actions=again,
        )
    buttons = (Button(label, with_(named)) for label, named in meant)
    return said(f"Which {unclear.typed!r} do you mean?", actions=buttons)
