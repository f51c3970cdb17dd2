"""The club's front page: its next night, the latest reviews, what is loved and what divides, the canon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.films.film import ReleaseKind
from bot.domain.ids import FilmId, MemberId
from bot.domain.nights import Stage
from bot.features.figures.counting.entries import FigureEntry, readable
from bot.features.figures.counting.scores import (
    canon,
    divisive,
    loved_most,
    mean_rating,
    seen_by_member,
)
from bot.features.nights.counting.polls import waiting
from bot.messages.phrases import counted, joined, release_line
from bot.messages.plain_text import plain
from bot.pages.reviews import Reader, ReviewLine, review_lines
from bot.ports.store import UnitOfWork
from bot.request.context import Context

LATEST, LOVED, DIVISIVE, CANON, COMING = 8, 6, 4, 10, 8
"""Lines of each part."""

NOMINATED = 4
"""Nominated films that are named."""

EXCERPT = 320
"""Characters of a review on the front page."""

WEEKS_AHEAD = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class RankedFilm:
    """Film in a ranking, with the number of its ratings.

    `value`: their mean or spread, in half-stars, or the film's place in the canon, 0..1. `low` and `high`: the
    lowest and highest rating, in half-stars, or the ends of the place's interval.
    """

    film_id: FilmId
    label: str
    value: float
    count: int
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class NightLine:
    """The next film night. `state`: what can be done now, in words; `poster`: of the chosen film, on the web."""

    starts_at: datetime
    film_id: FilmId | None
    film: str
    state: str
    poster: str | None


@dataclass(frozen=True, slots=True)
class ClubPage:
    """All of the front page."""

    night: NightLine | None
    latest: Sequence[ReviewLine]
    loved: Sequence[RankedFilm]
    divisive: Sequence[RankedFilm]
    canon: Sequence[RankedFilm]
    coming: Sequence[tuple[FilmId, str, str]]
    members: Sequence[tuple[MemberId, str, int]]
    reviews: int
    films: int
    mean: float | None


async def club_page(reader: Reader, work: UnitOfWork) -> ClubPage:
    """Return the front page as this member may see it."""
    context, held, access = reader.context, reader.held, reader.access
    entries = held.remember("all", lambda: readable(held.entries, access), access)
    await reader.pause()
    seen = held.remember("seen", lambda: seen_by_member(entries), access)
    return ClubPage(
        night=await _night(context, work),
        latest=await review_lines(
            list(islice(reader.reviews(), LATEST)), reader, work, longest=EXCERPT
        ),
        loved=await loved(entries, reader, work),
        divisive=await divided(entries, reader, work),
        canon=await canonical(entries, reader, work),
        coming=await _coming(reader, work),
        members=[(each, reader.name(each), n) for each, n in seen if each in reader.roster],
        reviews=len(entries),
        films=len({each.film_id for each in entries}),
        mean=mean_rating(entries),
    )


async def loved(
    entries: Sequence[FigureEntry],
    reader: Reader,
    work: UnitOfWork,
    most: int = LOVED,
    key: object = "",
) -> list[RankedFilm]:
    """Return the best films, by their means drawn towards the club's."""
    best = reader.held.remember(
        ("loved", key, most), lambda: loved_most(entries, most), reader.access
    )
    labelled = await _labelled(best, work)
    await reader.pause()
    return [RankedFilm(e.film_id, label, e.mean, e.count) for e, label in labelled]


async def divided(
    entries: Sequence[FigureEntry],
    reader: Reader,
    work: UnitOfWork,
    most: int = DIVISIVE,
    key: object = "",
) -> list[RankedFilm]:
    """Return the films that divide most, with the ends of their ratings; `value`: the deviation."""
    found = reader.held.remember(("divisive", key), lambda: divisive(entries), reader.access)[:most]
    labelled = await _labelled(found, work)
    await reader.pause()
    return [RankedFilm(e.film_id, label, e.spread, e.count, e.low, e.high) for e, label in labelled]


async def canonical(
    entries: Sequence[FigureEntry], reader: Reader, work: UnitOfWork, most: int = CANON
) -> list[RankedFilm]:
    """Return the canon: films by their places among what their raters saw, with intervals."""
    ranked = reader.held.remember("canon", lambda: canon(entries), reader.access)[:most]
    labelled = await _labelled(ranked, work)
    await reader.pause()
    return [RankedFilm(e.film_id, label, e.place, e.count, e.low, e.high) for e, label in labelled]


class _OfAFilm(Protocol):
    """Figure of one film."""

    @property
    def film_id(self) -> FilmId: ...


_Figure = TypeVar("_Figure", bound=_OfAFilm)


async def _labelled(figures: Sequence[_Figure], work: UnitOfWork) -> list[tuple[_Figure, str]]:
    """Return the figures of films that there are, each with the film's label."""
    films = await work.films.many([each.film_id for each in figures])
    return [(each, films[each.film_id].label) for each in figures if each.film_id in films]


async def _night(context: Context, work: UnitOfWork) -> NightLine | None:
    nights = await work.nights.open()
    if not nights:
        return None
    night = nights[0]
    film = await work.films.get(night.film_id) if night.film_id else None
    state = {
        Stage.NOMINATING: await _nominated(work),
        Stage.VOTING: f"the vote is on, among {counted(len(night.films), 'film')}",
        Stage.RATING: "rate it together",
    }.get(night.stage, "")
    return NightLine(
        night.starts_at.astimezone(ZoneInfo(context.club.zone)),
        film.film_id if film else None,
        film.label if film else "",
        state,
        film.poster if film else None,
    )


async def _nominated(work: UnitOfWork) -> str:
    """Say which films are nominated, of many the first."""
    chosen = list(dict.fromkeys([each.film_id for each in await waiting(work)]))
    films = await work.films.many(chosen)
    titles = [films[each].title for each in chosen if each in films]
    more = [f"{len(titles) - NOMINATED} more"] if len(titles) > NOMINATED else []
    named = joined([*titles[:NOMINATED], *more])
    return f"nominated: {named}" if named else "nominations are open"


async def _coming(reader: Reader, work: UnitOfWork) -> list[tuple[FilmId, str, str]]:
    """Return cinema releases of the coming weeks: film, label, and the day in words."""
    today = reader.today
    await reader.pause()
    found = await work.films.releases(reader.context.region, today, today + WEEKS_AHEAD)
    first: dict[FilmId, tuple[str, str]] = {}
    for film, release in found:
        if release.kind in {ReleaseKind.CINEMA, ReleaseKind.LIMITED}:
            first.setdefault(film.film_id, (film.label, plain(release_line(release))))
    return [(film_id, *told) for film_id, told in list(first.items())[:COMING]]
