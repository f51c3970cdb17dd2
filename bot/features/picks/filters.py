"""Filters of picks: by year, by watchlist, by length."""

import re
from collections.abc import Callable

from bot.domain.clubs import MarkKind
from bot.domain.errors import NotFound, UsageError
from bot.features.picks.commands import RecommendCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.replies import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_YEARS = re.compile(r"(?P<first>\d{4}|\d{2}(?=s))(?:(?P<decade>s)|\s*[-–]\s*(?P<last>\d{4}))?")
_NEWEST_SHORT_DECADE = 20


async def sieve(
    command: RecommendCommand, context: Context, work: UnitOfWork
) -> Callable[[str], bool] | None:
    """Return a test of film ids for `from` and `under`; None where neither is given."""
    wanted: set[str] | None = None
    first, last = None, None
    if command.since.casefold() == "watchlist":
        wanted = await _watchlist(context, work)
    elif command.since:
        first, last = _years(command.since)
    if first or command.max_minutes:
        fitting = await work.films.within(
            first_year=first, last_year=last, max_minutes=command.max_minutes
        )
        wanted = set(fitting) if wanted is None else wanted & set(fitting)
    return None if wanted is None else wanted.__contains__


async def _watchlist(context: Context, work: UnitOfWork) -> set[str]:
    marks = await work.marks.of([context.member.member_id])
    films = {str(mark.film_id) for mark in marks if mark.kind is MarkKind.WATCHLIST}
    if not films:
        raise NotFound(
            "Your watchlist is empty. Fill it with ",
            Usage(WatchlistCommand("add")),
            " and a title.",
        )
    return films


def _years(typed: str) -> tuple[int, int]:
    """Read `1994`, `90s`, `1990s` or `1990-1995`. Returns the first and the last year."""
    found = _YEARS.fullmatch(typed.strip())
    if found is None:
        raise UsageError(
            f"I can't read the years {typed!r}. Try from 90s, from 1994, from 1990-1995 "
            "or from watchlist."
        )
    if found["last"]:
        return int(found["first"]), int(found["last"])
    year = int(found["first"])
    if year < 100:
        year += 2000 if year <= _NEWEST_SHORT_DECADE else 1900
    return (year, year + 9) if found["decade"] else (year, year)
