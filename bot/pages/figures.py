"""Pages of figures: the club's statistics, of all time or of one year, and its years in review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.ids import FilmId, MemberId
from bot.features.figures.counting.entries import FigureEntry, films_of, known_days, readable
from bot.features.figures.counting.scores import (
    histogram,
    mean_rating,
    ratings_by_member,
    seen_by_member,
    seen_most,
)
from bot.features.figures.counting.times import Predictions, Streak, months, predictions, streak
from bot.features.figures.pictures.map_card import club_map, map_card
from bot.features.figures.pictures.pictures import drawn_year
from bot.features.picks.hit_rate import hits_in_words, hits_of
from bot.pages.club import RankedFilm, canonical, divided, loved
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

    `months`: reviews in each month, January first. `seen`: films with who has seen them. `hits`: how often
    picks hit, of all time, in sentences. `card`: the club's map, of all time, as SVG.
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
    hits: Sequence[str]
    nights: int
    card: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year in review; `first` and `last`: what was said of its first and its last film. `card`: SVG."""

    year: int
    reviews: int
    films: int
    mean: float | None
    nights: int
    best: Sequence[RankedFilm]
    divisive: Sequence[RankedFilm]
    members: Sequence[MemberFigures]
    first: ReviewLine | None
    last: ReviewLine | None
    card: str


async def figures_page(year: int | None, reader: Reader, work: UnitOfWork) -> FiguresPage:
    """Return a page of figures as this member may see it."""
    held, access = reader.held, reader.access
    every = readable(held.entries, access)
    entries = every if year is None else readable(every, access, year)
    await reader.pause()
    nights = await nights_of_year(year, NIGHTS, reader.context.club, work)
    open_nights = [e.night_id for e in nights if e.film_id and access.may_read(e.film_id)]
    return FiguresPage(
        year=year,
        years=sorted({each.year for each in known_days(every)}, reverse=True),
        reviews=len(entries),
        films=len({each.film_id for each in entries}),
        mean=mean_rating(entries),
        counts=histogram(entries),
        months=months(known_days(entries)),
        streak=streak(known_days(entries), reader.today),
        best=await loved(entries, reader, work, BEST, year),
        divisive=await divided(entries, reader, work, SPLIT, year),
        canon=[] if year else await canonical(entries, reader, work, CANON),
        members=_members(entries, reader, reader.today),
        seen=await _seen(entries, reader, work),
        predictions=predictions(await work.nights.guests(open_nights)),
        hits=await _hits(reader, work) if entries and year is None else (),
        nights=len(nights),
        card=await _map(entries, reader, work) if entries and year is None else "",
    )


async def year_page(year: int, reader: Reader, work: UnitOfWork) -> YearPage:
    """Return a year in review as this member may see it."""
    entries = readable(reader.held.entries, reader.access, year)
    lines = await _ends(entries, reader, work)
    drawn = ""
    if entries:
        drawn = drawn_year(year, entries, await films_of(entries, work), reader.context)
    return YearPage(
        year=year,
        reviews=len(entries),
        films=len({each.film_id for each in entries}),
        mean=mean_rating(entries),
        nights=len(await nights_of_year(year, NIGHTS, reader.context.club, work)),
        best=await loved(entries, reader, work, BEST, year),
        divisive=await divided(entries, reader, work, SPLIT, year),
        members=_members(entries, reader, reader.today),
        first=lines[0] if lines else None,
        last=lines[-1] if lines else None,
        card=drawn,
    )


async def _hits(reader: Reader, work: UnitOfWork) -> Sequence[str]:
    """Say how often picks hit in the club, found once for all readers, whom it is the same for."""
    found: dict[object, Sequence[str]] = reader.held.found
    if "hits" not in found:
        await reader.pause()
        hits = await hits_of(await reader.context.indexes.of(work))
        found["hits"] = hits_in_words(hits) if hits else ()
    return found["hits"]


async def _map(entries: Sequence[FigureEntry], reader: Reader, work: UnitOfWork) -> str:
    """Draw the club's map; nothing where too few films are rated."""
    await reader.pause()
    films = await films_of(entries, work)
    overlay = await reader.context.indexes.of(work)
    found = reader.held.remember("map", lambda: club_map(entries, films, overlay), reader.access)
    names = {each: member.name for each, member in reader.roster.items()}
    return map_card(reader.club, found, films, names) if found else ""


def _members(entries: Sequence[FigureEntry], reader: Reader, today: date) -> list[MemberFigures]:
    ratings = ratings_by_member(entries)
    days: dict[MemberId, list[date]] = {}
    for each in entries:
        days.setdefault(each.member_id, []).extend(known_days([each]))
    found = []
    for member_id, films in seen_by_member(entries):
        if member_id not in reader.roster:
            continue
        given = list(ratings.get(member_id, {}).values())
        mean = sum(given) / len(given) if given else None
        longest = streak(days[member_id], today).longest
        found.append(MemberFigures(member_id, reader.name(member_id), films, mean, longest))
    return found


async def _seen(
    entries: Sequence[FigureEntry], reader: Reader, work: UnitOfWork
) -> list[tuple[FilmId, str, Sequence[str]]]:
    """Return the films that most have seen, with their names."""
    await reader.pause()
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
    by = {(each.film_id, each.member_id): each for each in reader.reviews() if not each.critic}
    ends = [by.get((each.film_id, each.member_id)) for each in (*entries[:1], *entries[-1:])]
    return await review_lines([each for each in ends if each], reader, work, longest=240)
