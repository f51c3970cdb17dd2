"""Pages of figures: the club's statistics, of all time or of one year, and its years in review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.ids import FilmId, MemberId
from bot.features.figures.cards import year_card
from bot.features.figures.entries import FigureEntry, readable
from bot.features.figures.map_card import club_map, map_card
from bot.features.figures.scores import (
    divisive,
    histogram,
    loved_most,
    mean_rating,
    ratings_by_member,
    seen_by_member,
    seen_most,
)
from bot.features.figures.times import Predictions, Streak, months, predictions, streak
from bot.features.figures.wording import totals
from bot.messages.plain_text import plain
from bot.pages.club import RankedFilm, canonical, divided, loved
from bot.pages.member import films_of
from bot.pages.reviews import Reader, ReviewLine, review_lines
from bot.ports.store import UnitOfWork
from bot.views.night_days import nights_of_year

NIGHTS, BEST, SPLIT, CANON, SEEN = 100, 10, 8, 20, 12
"""Past nights whose predictions count; films in each ranking; films that most have seen."""


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """A member among the others: films seen, mean rating in half-stars, weeks in a row with a film."""

    member_id: MemberId
    name: str
    films: int
    mean: float | None
    streak: int


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """All of a page of figures; `year`: None for all time.

    `months`: reviews in each month, January first. `seen`: films with who has seen them. `card`: SVG.
    """

    year: int | None
    years: Sequence[int]
    reviews: int
    films: int
    mean: float | None
    counts: Sequence[tuple[int, int]]
    months: Sequence[int]
    streak: Streak
    best: Sequence[RankedFilm]
    divisive: Sequence[RankedFilm]
    canon: Sequence[RankedFilm]
    members: Sequence[MemberFigures]
    seen: Sequence[tuple[FilmId, str, Sequence[str]]]
    predictions: Predictions | None
    nights: int
    first: ReviewLine | None
    last: ReviewLine | None
    card: str


async def figures_page(year: int | None, reader: Reader, work: UnitOfWork) -> FiguresPage:
    """Return a page of figures as this member may see it."""
    held, access = reader.held, reader.access
    every = readable(held.entries, access)
    entries = readable(held.entries, access, year)
    nights = await nights_of_year(year, NIGHTS, reader.context.club, work)
    open_nights = [e.night_id for e in nights if e.film_id and access.may_read(e.film_id)]
    lines = await _ends(entries, reader, work)
    return FiguresPage(
        year=year,
        years=sorted({each.day.year for each in every}, reverse=True),
        reviews=len(entries),
        films=len({each.film_id for each in entries}),
        mean=mean_rating(entries),
        counts=histogram(entries),
        months=months(each.day for each in entries),
        streak=streak((each.day for each in entries), reader.today),
        best=await loved(entries, reader, work, BEST, year),
        divisive=await divided(entries, reader, work, SPLIT, year),
        canon=[] if year else await canonical(entries, reader, work, CANON),
        members=_members(entries, reader, reader.today),
        seen=await _seen(entries, reader, work),
        predictions=predictions(await work.nights.guests(open_nights)),
        nights=len(nights),
        first=lines[0] if lines else None,
        last=lines[-1] if lines else None,
        card=await _card(year, entries, reader, work) if entries else "",
    )


async def _card(
    year: int | None, entries: Sequence[FigureEntry], reader: Reader, work: UnitOfWork
) -> str:
    """Draw the picture of the page: of a year, its review; of all time, the club's map, if there are films."""
    films = await films_of(entries, work)
    if year is not None:
        told = plain(totals(entries, reader.context.member.scale)).rstrip(".")
        best, divides = loved_most(entries, 5), divisive(entries)
        by_month = months(each.day for each in entries)
        return year_card(year, reader.club, told, best, divides, by_month, films)
    overlay = await reader.context.indexes.of(work)
    found = reader.held.remember("map", lambda: club_map(entries, films, overlay), reader.access)
    names = {each: member.name for each, member in reader.roster.items()}
    return map_card(reader.club, found, films, names) if found else ""


def _members(entries: Sequence[FigureEntry], reader: Reader, today: date) -> list[MemberFigures]:
    ratings = ratings_by_member(entries)
    found = []
    for member_id, films in seen_by_member(entries):
        if member_id not in reader.roster:
            continue
        given = list(ratings.get(member_id, {}).values())
        days = (each.day for each in entries if each.member_id == member_id)
        mean = sum(given) / len(given) if given else None
        longest = streak(days, today).longest
        found.append(MemberFigures(member_id, reader.name(member_id), films, mean, longest))
    return found


async def _seen(
    entries: Sequence[FigureEntry], reader: Reader, work: UnitOfWork
) -> list[tuple[FilmId, str, Sequence[str]]]:
    """Return the films that most have seen, with their names."""
    most = [film_id for film_id, n in seen_most(entries)[:SEEN] if n > 1]
    films = await work.films.many(most)
    who: dict[FilmId, set[MemberId]] = {each: set() for each in most}
    for each in entries:
        if each.film_id in who and not each.abandoned:
            who[each.film_id].add(each.member_id)
    return [
        (film_id, films[film_id].label, sorted(reader.name(each) for each in who[film_id]))
        for film_id in most
        if film_id in films
    ]


async def _ends(
    entries: Sequence[FigureEntry], reader: Reader, work: UnitOfWork
) -> list[ReviewLine]:
    """Return the reviews of the first and the last film."""
    found: list[ReviewLine] = []
    by = {(each.film_id, each.member_id): each for each in reader.reviews() if not each.critic}
    for entry in (entries[:1], entries[-1:]):
        review = by.get((entry[0].film_id, entry[0].member_id)) if entry else None
        if review is not None:
            found += await review_lines([review], reader, work, longest=240)
    return found
