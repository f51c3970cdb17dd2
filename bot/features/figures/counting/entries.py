"""Entries of figures: reviews without their words, and which of them a reader may be told of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.clubs.club import Club
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId
from bot.domain.reviews.review import Review
from bot.ports.store import UnitOfWork
from bot.views.access import Access


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One member's review of one film, without its words.

    `day`: when they saw it, else when they first wrote, in the club's zone; None where the day is not known.
    `rating`: in half-stars.
    """

    film_id: FilmId
    member_id: MemberId
    day: date | None
    rating: int | None = None
    abandoned: bool = False


def entries_of(reviews: Iterable[Review], zone: str) -> list[FigureEntry]:
    """Return the entries of members' shared reviews, by day, those without one first; no critic's."""
    found = (entry_of(each, zone) for each in reviews)
    return by_day(each for each in found if each is not None)


def entry_of(review: Review, zone: str) -> FigureEntry | None:
    """Return the entry of a member's shared review; None for any other review."""
    if not review.shared or review.critic:
        return None
    written = None if review.undated else review.created_at.astimezone(ZoneInfo(zone)).date()
    day = review.watched_on or written
    return FigureEntry(review.film_id, review.member_id, day, review.rating, review.abandoned)


def by_day(entries: Iterable[FigureEntry]) -> list[FigureEntry]:
    """Sort entries by day, those without one first."""
    return sorted(entries, key=lambda each: (each.day or date.min, each.film_id, each.member_id))


def known_days(entries: Iterable[FigureEntry]) -> list[date]:
    """Return the days of the entries that have one."""
    return [each.day for each in entries if each.day is not None]


async def club_entries(club: Club, work: UnitOfWork) -> list[FigureEntry]:
    """Return the entries of all shared reviews of the club."""
    return await of_present_films(entries_of(await work.reviews.changed_since(0), club.zone), work)


async def films_of(entries: Iterable[FigureEntry], work: UnitOfWork) -> dict[FilmId, Film]:
    """Return the films of some entries."""
    return await work.films.many({each.film_id for each in entries})


async def of_present_films(entries: Iterable[FigureEntry], work: UnitOfWork) -> list[FigureEntry]:
    """Return the entries with merged films replaced by the films they were merged into."""
    entries = list(entries)
    films = await films_of(entries, work)
    return [
        each
        if films[each.film_id].film_id == each.film_id
        else replace(each, film_id=films[each.film_id].film_id)
        for each in entries
        if each.film_id in films
    ]


def readable(
    entries: Iterable[FigureEntry], access: Access, year: int | None = None
) -> Sequence[FigureEntry]:
    """Return the entries of films whose scores a reader may see, of one year where it is given."""
    return [
        each
        for each in entries
        if access.may_read(each.film_id)
        and (year is None or (each.day is not None and each.day.year == year))
    ]
