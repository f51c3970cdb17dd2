"""Reviews of clubs, held in memory between page views, and as one reader may see them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from cachetools import LRUCache

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import Club, Roster
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId, ReviewId
from bot.domain.reviews.review import Review
from bot.features.figures.counting.entries import FigureEntry, by_day, entry_of, of_present_films
from bot.messages.phrases import author, heard, review_spans, states
from bot.messages.plain_text import plain
from bot.messages.spans import Plain, Span
from bot.ports.store import UnitOfWork
from bot.request.commands_first import Pause
from bot.request.context import Context
from bot.views.access import Access, access_of, may_read_review

MOST_CLUBS = 50
"""Clubs whose reviews are held, the last visited."""

_T = TypeVar("_T")


@dataclass(slots=True)
class HeldReviews:
    """Reviews of a club as of one revision: those that may be read by somebody, newest first.

    `own`: the entries of figures by review, before films that were merged are replaced in `entries`;
    `found`: figures that were computed from them for readers from whom nothing is locked.
    """

    joined_at: datetime | None
    zone: str
    revision: int = 0
    by_id: dict[ReviewId, Review] = field(default_factory=dict)
    newest: Sequence[Review] = ()
    own: dict[ReviewId, FigureEntry] = field(default_factory=dict)
    entries: Sequence[FigureEntry] = ()
    found: dict[object, Any] = field(default_factory=dict)

    def remember(self, key: object, compute: Callable[[], _T], access: Access) -> _T:
        """Return a figure, computed once for all readers unless something is locked for this one."""
        if access.locks:
            return compute()
        if key not in self.found:
            self.found[key] = compute()
        found: _T = self.found[key]
        return found


class ReviewCache:
    """Holds clubs' reviews, brought up to the revision that the reader's transaction sees."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: LRUCache[str, HeldReviews] = LRUCache(MOST_CLUBS)

    async def of(self, club: Club, work: UnitOfWork) -> HeldReviews:
        """Return the club's reviews."""
        held = self._held.get(club.club_id)
        if held is None or (held.joined_at, held.zone) != (club.joined_at, club.zone):
            held = HeldReviews(club.joined_at, club.zone)
        if held.revision < club.revision or not held.by_id:
            held = await self._brought_up(held, club, work)
            self._held[club.club_id] = held
        return held

    async def _brought_up(self, held: HeldReviews, club: Club, work: UnitOfWork) -> HeldReviews:
        """Return a new holding, so that a page that is being made keeps what it began with."""
        by_id, own = dict(held.by_id), dict(held.own)
        for each in await work.reviews.changed_since(held.revision):
            by_id[each.review_id] = each
            own.pop(each.review_id, None)
            if not each.deleted and (entry := entry_of(each, club.zone)):
                own[each.review_id] = entry
        present = [each for each in by_id.values() if not each.deleted]
        present.sort(key=_newest_first, reverse=True)
        entries = await of_present_films(by_day(own.values()), work)
        return HeldReviews(club.joined_at, club.zone, club.revision, by_id, present, own, entries)


def _newest_first(review: Review) -> tuple[datetime, int, date]:
    """Return a key, of which the greatest is of the newest review."""
    return review.changed_at, review.revision, review.watched_on or date.min


@dataclass(frozen=True, slots=True)
class Reader:
    """The member who looks at a page: what they may read, and how they see it.

    `pause`: awaited between the parts of a page, for commands to go first.
    """

    context: Context
    access: Access
    roster: Roster
    held: HeldReviews
    pause: Pause

    @property
    def me(self) -> MemberId:
        """Id of the reader."""
        return self.context.member.member_id

    @property
    def today(self) -> date:
        """Day in the reader's time zone."""
        return self.context.today

    @property
    def club(self) -> str:
        """The club's name, or a word for it."""
        return self.context.club_title

    def reviews(self, film_id: FilmId | None = None) -> Iterator[Review]:
        """Yield the reviews that they may read, of a film where it is given, as they may read them, newest first."""
        me = self.me
        for each in self.held.newest:
            if film_id in {None, each.film_id} and may_read_review(each, me, self.access):
                yield heard(each, self.roster, me)

    def name(self, member_id: MemberId) -> str:
        """Return a member's name."""
        return self.roster[member_id].name if member_id in self.roster else "a former member"


async def reader_of(context: Context, cache: ReviewCache, work: UnitOfWork, pause: Pause) -> Reader:
    """Return the reader of a page."""
    access = await access_of(context.member.member_id, context.club, work)
    roster = await roster_of(work)
    held = await cache.of(context.club, work)
    await pause()
    return Reader(context, access, roster, held, pause)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review on a page. `rating`: half-stars; `day`: when it was seen, else written; `words` fold spoilers.

    `poster`: the address of the film's, on the web.
    """

    review_id: ReviewId
    film_id: FilmId
    film: str
    who: str
    member_id: MemberId | None
    mine: bool
    rating: int | None
    states: Sequence[str]
    day: date
    words: tuple[Span, ...]
    page: str | None = None
    poster: str | None = None


async def review_lines(
    reviews: Sequence[Review], reader: Reader, work: UnitOfWork, *, longest: int = 0
) -> list[ReviewLine]:
    """Return reviews as a page shows them; of words longer than `longest` characters, if set, a part."""
    films = await work.films.many({each.film_id for each in reviews})
    return [
        _line(each, films[each.film_id], reader, longest)
        for each in reviews
        if each.film_id in films
    ]


def _line(review: Review, film: Film, reader: Reader, longest: int) -> ReviewLine:
    zone = ZoneInfo(reader.context.club.zone)
    words = review_spans(review, fold=reader.access.fold)
    return ReviewLine(
        review.review_id,
        film.film_id,
        film.label,
        plain((author(review, reader.roster),)),
        None if review.critic or review.member_id not in reader.roster else review.member_id,
        review.member_id == reader.me and not review.critic,
        review.rating,
        tuple(states(review)),
        review.watched_on or review.changed_at.astimezone(zone).date(),
        shortened_words(words, longest) if longest else words,
        review.page,
        film.poster,
    )


def shortened_words(spans: tuple[Span, ...], longest: int) -> tuple[Span, ...]:
    """Cut plain words after so many characters, at a blank; what is folded stays whole or goes."""
    kept: list[Span] = []
    left = longest
    for each in spans:
        text = plain((each,))
        if len(text) <= left:
            kept.append(each)
            left -= len(text)
            continue
        if isinstance(each, Plain):
            cut = each.text[:left].rsplit(" ", 1)[0].rstrip(" ,;:")
            kept.append(Plain(f"{cut} …"))
        break
    return tuple(kept)
