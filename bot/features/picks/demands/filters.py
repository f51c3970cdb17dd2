"""What options ask for besides words: years, a length, the watchlist; read as the same words are."""

from collections.abc import Sequence

from bot.domain.clubs.club import MarkKind, Member
from bot.domain.errors import NotFound, UsageError
from bot.features.picks.commands import RecommendCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork

WATCHLIST = "on my watchlist"


async def watchlists(members: Sequence[Member], work: UnitOfWork) -> dict[str, list[str]]:
    """Return who of the members has each film on their watchlist; NotFound where all are empty."""
    names = {member.member_id: member.name for member in members}
    wanted_by: dict[str, list[str]] = {}
    for mark in await work.marks.of(list(names)):
        if mark.kind is MarkKind.WATCHLIST:
            wanted_by.setdefault(mark.film_id, []).append(names[mark.member_id])
    if not wanted_by:
        raise NotFound(
            "Your watchlist is empty. Fill it with "
            if len(members) == 1
            else "Nobody of you has a film on their watchlist. Fill yours with ",
            Usage(WatchlistCommand("add")),
            " and a title.",
        )
    return wanted_by


def since_in_words(command: RecommendCommand) -> str:
    """Return `from 90s`, `on my watchlist`, or nothing."""
    if not command.since:
        return ""
    return WATCHLIST if command.since.casefold() == "watchlist" else f"from {command.since.strip()}"


def length_in_words(command: RecommendCommand) -> str:
    """Return `at most 100 min`, or nothing."""
    return f"at most {command.max_minutes} min" if command.max_minutes else ""


def unreadable_years(command: RecommendCommand) -> UsageError:
    """Return the error for years that cannot be read."""
    return UsageError(
        f"I can't read the years {command.since!r}. Try from 90s, from 1994, from 1990-1995 "
        "or from watchlist."
    )
