"""Ballots that name a level for each film, while a vote is open: `burning yes, handmaiden fine`."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.nights import FINE, NOT_TONIGHT, YES_PLEASE, Stage
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.features.nights.commands import BallotCommand, NightCommand
from bot.features.nights.taking_part.voting import films_on_ballot, numbered
from bot.intake.plain_talk.in_context.nights.asked import NightTalk
from bot.messages.commands import Command
from bot.request.context import Context

_SAID = Templates(
    "bot.intake.plain_talk.in_context.nights", "ballots.toml", {"films": r"\S.{0,120}?"}
)
_LEVELS = {"yes": YES_PLEASE, "fine": FINE, "no": NOT_TONIGHT}
_LEVELS_FIRST = {"yes to": YES_PLEASE, "fine with": FINE, "no to": NOT_TONIGHT}
_PIECES = lazy_pattern(r"\s?[,;]\s?(?:(?:and|but)\s)?|\sbut\s", re.IGNORECASE)

Level = tuple[str, int]
"""The films that a level is given to, as they are typed, and the level."""


async def ballot_by_film(asked: NightTalk) -> Command | None:
    """Read a level for each of several films on the ballot; one for a single film leaves the others as they are."""
    night = asked.in_stage(Stage.VOTING)
    given = _levels(asked.line) if night else None
    if night is None or not given:
        return None
    films = await films_on_ballot(night, asked.work)
    levels = dict(_numbers(given, films, asked.context))
    if not levels or 0 in levels:
        return None
    if len(levels) == 1:
        ((number, level),) = levels.items()
        return BallotCommand(night.night_id, level, films[number - 1].film_id)
    loved, against = (
        " ".join(str(each) for each in sorted(levels) if levels[each] == level)
        for level in (YES_PLEASE, NOT_TONIGHT)
    )
    return NightCommand("vote", vote=f"{loved} / {against}".strip() if against else loved)


def _levels(line: str) -> list[Level]:
    """Return the levels that a line gives; none where any piece of it gives no level to what comes before."""
    given: list[Level] = []
    waiting: list[str] = []
    for piece in filter(None, (each.strip() for each in _PIECES.split(line))):
        level = _level(piece)
        if level is None:
            waiting.append(piece)
            continue
        given.append((", ".join([*waiting, level[0]]), level[1]))
        waiting = []
    return [] if waiting else given


def _level(piece: str) -> Level | None:
    for name, level in _LEVELS.items():
        if found := _SAID[name].match(piece):
            return found["films"], level
    for name, level in _LEVELS_FIRST.items():
        if found := _SAID[name].match(piece):
            return piece[found.end() :].strip(), level
    return None


def _numbers(
    given: Sequence[Level], films: Sequence[Film], context: Context
) -> Iterator[tuple[int, int]]:
    """Yield the numbers on the ballot with their levels; 0 for a film that is not there."""
    for typed, level in given:
        try:
            places = numbered(typed, films, context).replace(",", " ").split()
        except UsageError:
            places = ["0"]
        for each in places or ["0"]:
            number = int(each) if each.isdecimal() else 0
            yield (number if number <= len(films) else 0), level
