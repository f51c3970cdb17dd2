"""Keeps the live index of every club as current as the club's own reviews."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.clubs import Roster
from bot.domain.films import Film
from bot.domain.ids import ClubId
from bot.domain.reviews import Review
from bot.domain.spoilers import without_spoilers
from bot.ports.store import UnitOfWork
from recommender import BaseIndex, FilmDocument, Overlay, ReviewDocument

_MOST_CLUBS = 1_000


@dataclass(slots=True)
class _Held:
    overlay: Overlay
    joined_at: datetime | None
    revision: int = 0
    own: dict[str, FilmDocument] = field(default_factory=dict)


class ClubIndexes:
    """One shared index, and one club's words on top of it for each club that was asked about.

    The database counts every change to a club's reviews. Before each use the overlay is brought
    up to the count that the caller's transaction sees, so it does not matter which process wrote.
    """

    def __init__(self, index: BaseIndex) -> None:
        """Begin with what the catalogue alone knows."""
        self._index = index
        self._held: OrderedDict[ClubId, _Held] = OrderedDict()
        self._taken: dict[str, FilmDocument] = {}

    def take(self, films: Iterable[Film]) -> None:
        """Let every club's picks know more films; one that the index has stays as it is there."""
        for film in films:
            if self._index.row_of(film.film_id) < 0:
                self._taken[film.film_id] = film_document(film)

    async def renew(self, index: BaseIndex, beside: Iterable[Film] = ()) -> None:
        """Lay every club's words over another index, and these films with them.

        That is made ready in a thread while the former index goes on answering, and swapped in at
        once. What a club says meanwhile is read from the database at its next question.
        """
        ready: dict[ClubId, _Held] = {}
        for club_id, held in list(self._held.items()):
            revision, own = held.revision, dict(held.own)
            overlay = await asyncio.to_thread(held.overlay.rebased, index)
            kept = {each: own[each] for each in own if index.row_of(each) < 0}
            ready[club_id] = _Held(overlay, held.joined_at, revision, kept)
        self._index = index
        self._held = OrderedDict((each, ready[each]) for each in self._held if each in ready)
        self._taken = {each: film for each, film in self._taken.items() if index.row_of(each) < 0}
        self.take(beside)

    async def of(self, work: UnitOfWork) -> Overlay:
        """Return the club's live index as of this transaction."""
        joined_at = (await work.clubs.get()).joined_at
        held = self._held.get(work.club_id)
        if held is None or held.joined_at != joined_at:  # forgotten since, and here again
            held = self._held[work.club_id] = _Held(Overlay(self._index), joined_at)
        self._held.move_to_end(work.club_id)
        if len(self._held) > _MOST_CLUBS:
            self._held.popitem(last=False)
        await self._take_films(held, work)
        await self._take_reviews(held, work)
        return held.overlay

    async def _take_films(self, held: _Held, work: UnitOfWork) -> None:
        own: dict[str, FilmDocument] = {
            film.film_id: film_document(film)
            for film in await work.films.own()
            if film.stands_for is None
        }
        there = self._taken | own
        fresh = {
            film_id: document
            for film_id, document in there.items()
            # A film that everyone sees stays as it is: a club's copy only notes its own days.
            if held.overlay.index.row_of(film_id) < 0 and held.own.get(film_id) != document
        }
        if fresh:
            held.overlay.put_films(fresh.values())
            held.own |= fresh
        for film_id in held.own.keys() - there.keys():
            held.overlay.remove_film(film_id)
            del held.own[film_id]

    async def _take_reviews(self, held: _Held, work: UnitOfWork) -> None:
        if (await work.clubs.get()).revision == held.revision:
            return
        changed = await work.reviews.changed_since(held.revision)
        roster = await roster_of(work) if changed else {}
        # Another task may have taken changes in while this one waited for the database.
        taken = held.revision
        for review in changed:
            if review.revision > taken:
                _apply(review, held.overlay, roster)
                held.revision = max(held.revision, review.revision)


async def roster_of(work: UnitOfWork) -> Roster:
    """Return the club's members by id."""
    return {member.member_id: member for member in await work.members.all()}


def may_be_quoted(review: Review, roster: Roster) -> bool:
    """Whether others may be shown sentences of this review; a critic's words are public already."""
    member = roster.get(review.member_id)
    return review.critic is not None or member is None or member.quotable


def _apply(review: Review, overlay: Overlay, roster: Roster) -> None:
    if review.shared:
        overlay.put(review_document(review, roster))
    else:
        overlay.remove(review.review_id)


def review_document(review: Review, roster: Roster) -> ReviewDocument:
    """Turn a review into what the recommender may read of it: nothing that is marked a spoiler."""
    return ReviewDocument(
        review_id=review.review_id,
        film_id=review.film_id,
        author_id=review.critic or review.member_id,
        text="" if review.spoiler else without_spoilers(review.text, " "),
        half_stars=review.rating,
        quotable=may_be_quoted(review, roster),
        critic=review.critic is not None,
    )


def film_document(film: Film) -> FilmDocument:
    """Turn a film into what the recommender reads of it."""
    based_on = f"\nBased on {film.based_on}." if film.based_on else ""
    return FilmDocument(
        film_id=film.film_id,
        title=film.title,
        year=film.year,
        directors=film.directors,
        cast=film.cast,
        genres=film.genres,
        themes=film.themes,
        countries=film.countries,
        languages=film.languages,
        text=film.logline + based_on,
        popularity=float(film.popularity or 0),
    )
