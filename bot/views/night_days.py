"""Past film nights by the year in which they were, in the club's zone."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.clubs.club import Club
from bot.domain.nights import Night
from bot.ports.store import UnitOfWork


async def nights_of_year(
    year: int | None, most: int, club: Club, work: UnitOfWork
) -> Sequence[Night]:
    """Return those of the last `most` nights that were held in a year; None: in any year."""
    here = ZoneInfo(club.zone)
    return [
        each
        for each in await work.nights.past(most)
        if year is None or each.starts_at.astimezone(here).year == year
    ]
