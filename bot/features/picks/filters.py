"""What options ask for besides words: years, a length, the watchlist; read as the same words are."""

from bot.domain.clubs import MarkKind
from bot.domain.errors import NotFound, UsageError
from bot.features.picks.commands import RecommendCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.replies import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

WATCHLIST = "on my watchlist"


async def watchlist(context: Context, work: UnitOfWork) -> set[str]:
    """Return the films on the member's watchlist; NotFound where it is empty."""
    marks = await work.marks.of([context.member.member_id])
    films = {str(mark.film_id) for mark in marks if mark.kind is MarkKind.WATCHLIST}
    if not films:
        raise NotFound(
            "Your watchlist is empty. Fill it with ",
            Usage(WatchlistCommand("add")),
            " and a title.",
        )
    return films


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
