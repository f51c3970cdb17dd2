"""Films, members and people named in a request: found, told apart, or asked about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.catalogue.titles.links import film_link, is_short_link
from bot.domain.films.film import Film
from bot.domain.words.patterns import lazy_pattern
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.alike import like_theirs
from bot.language.wishes.lexicon.nearby import is_known
from bot.language.wishes.reading.wishes import (
    is_wish,
    read_wish,
    says_something,
    stands_for,
)
from bot.messages.phrases import said
from bot.messages.replies import Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import BY_ID, NOT_FOLLOWED, Unclear, choices, look_up
from bot.request.lookup.members import is_stranger
from recommender import Overlay

_DESCRIBED_IN = 6
"""Words from which a text that is no title describes a film."""

_FOR = lazy_pattern(
    r"(?:^|[\s,]+)(?:for\s+(?:(?:all\s+)?(?:the\s+)?(?:two|three|four|five|six|both|\d)\s+of\s+us\b[\s,:(]*)?|of\s+us[,:(]\s*)",
    re.IGNORECASE,
)
"""For whom picks are: `for ana, ben and me`, `for the three of us, ana, ben and me`."""

_ASKS = ("me", "myself", "i")
"""Words for who asks, among the names of those the picks are for."""

_JOINT = lazy_pattern(r"^\s*(?:[,+]\s*)?(?:(?:and|&)\s+)?")


async def with_people(
    command: RecommendCommand, overlay: Overlay, context: Context, work: UnitOfWork
) -> RecommendCommand:
    """Read names of film people as what they are, though they stand where members and films do.

    `heist with tilda swinton` is a mood, unless a member has that name, or nearly; `like wes anderson`
    asks for his films.
    """
    command = await _for_members(command, work)
    command = like_theirs(_like_people(command, overlay, context), overlay, context)
    command = await _told_apart(command, overlay, context, work)
    alone = len(command.instead.split()) <= len(("with", "whom"))
    alone = alone and not is_known(command.instead.removeprefix("with "))
    strangers = not alone and all([await is_stranger(name, work) for name in command.members])
    if not strangers:
        return replace(command, instead="")
    return replace(command, members=(), mood=command.instead, instead="")


async def _for_members(command: RecommendCommand, work: UnitOfWork) -> RecommendCommand:
    """Take the members named after `for` out of the words: the picks are for them and who asks."""
    found = _FOR.search(command.mood)
    if not found or command.members:
        return command
    named, rest = _names_leading(command.mood[found.end() :], [*await _names(work), *_ASKS])
    members = tuple(dict.fromkeys(each for each in named if each not in _ASKS))
    if not members:
        return command
    words = f"{command.mood[: found.start()]} {rest}".strip(" ,)")
    return replace(command, members=members, mood=words if says_something(words) else "")


async def _told_apart(
    command: RecommendCommand, overlay: Overlay, context: Context, work: UnitOfWork
) -> RecommendCommand:
    """Tell names from words where commas and blanks alone part them, by who is in the club.

    `with kofi, max something funny` names two, if there is a max; `with kofi, funny and sad` one.
    """
    if not command.instead.startswith("with ") or not command.members:
        return command
    members, words = list(command.members), command.mood
    for place, each in enumerate(members[1:], 1):
        if _is_wish(each, overlay, context) and await is_stranger(each, work):
            words = " ".join([", ".join(members[place:]), words]).strip()
            members = members[:place]
            break
    else:
        named, words = _names_leading(words, await _names(work))
        members += named
    return replace(command, members=tuple(members), mood=words)


async def _names(work: UnitOfWork) -> list[str]:
    return [each.name for each in await work.members.all()]


def _names_leading(words: str, names: Iterable[str]) -> tuple[list[str], str]:
    """Return the names that words begin with, and the words behind them: `ana, ben and me something funny`."""
    longest_first = sorted(names, key=len, reverse=True)
    found: list[str] = []
    words = words.removeprefix("@")
    while name := next((each for each in longest_first if _begins(words, each)), None):
        found.append(name)
        words = _JOINT.sub("", words[len(name) :]).removeprefix("@")
    return found, words


def _begins(words: str, name: str) -> bool:
    """Tell whether words begin with a whole name."""
    after = words[len(name) : len(name) + 1]
    return words.casefold().startswith(name.casefold()) and bool(name) and not after.isalnum()


def _is_wish(text: str, overlay: Overlay, context: Context) -> bool:
    """Tell whether all of a text is understood as a wish."""
    wish = read_wish(text, overlay.index, context.now.year)
    return bool(wish.parts) and not wish.words


def _is_described(text: str, overlay: Overlay, context: Context) -> bool:
    """Tell whether a text is too long for a title that is misspelt, and partly understood as a wish."""
    if len(text.split()) < _DESCRIBED_IN:
        return False
    return len(read_wish(text, overlay.index, context.now.year).parts) > 1


def _like_people(command: RecommendCommand, overlay: Overlay, context: Context) -> RecommendCommand:
    """Take what names no film, and is understood as a wish, for words instead of a film.

    All of it, or of a long text at least two parts: `like everything happens in one night in the city`.
    """
    films: list[str] = []
    words = [command.mood] if command.mood else []
    for typed in command.like:
        if first := stands_for(typed):
            films.append(f"{BY_ID}{first}")
            continue
        if is_wish(f"like {typed}"):
            words.append(f"like {typed}")
            continue
        is_film = film_link(typed) or context.titles.is_title(typed)
        wished = _is_wish(typed, overlay, context) or _is_described(typed, overlay, context)
        (words if not is_film and wished else films).append(typed)
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
    if is_short_link(unclear.typed):
        return said(unclear.typed, NOT_FOLLOWED)
    if not meant:
        again = [Button("Try again", command)] if context.offers.retry else []
        note = f" {context.offers.missing}" if context.offers.retry else ""
        return said(
            f"I don't know “{unclear.typed}”. Check the spelling, or describe a mood instead.{note}",
            actions=again,
        )
    buttons = (Button(label, with_(named)) for label, named in meant)
    return said(f"Which “{unclear.typed}” do you mean?", actions=buttons, asks=True)
