"""Live index of every club: the shared index, with the club's own films and reviews overlaid."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cachetools import LRUCache

from bot.domain.clubs.club import Roster
from bot.domain.films.film import Film
from bot.domain.ids import ClubId
from bot.domain.reviews.review import Review
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.spoilers import without_spoilers
from bot.ports.store import UnitOfWork
from recommender import GAP, BaseIndex, FilmDocument, Overlay, ReviewDocument

_MOST_CLUBS = 1_000

_MOST_NAMED = 50
"""Films beyond the index that a club named last, which stay in its overlay."""


@dataclass(slots=True)
class _Held:
    """One club's overlay; `own` are the films in it, `reviewed` and `named` those beyond the index."""

    overlay: Overlay
    joined_at: datetime | None
    revision: int = 0
    own: dict[str, FilmDocument] = field(default_factory=dict)
    reviewed: dict[str, FilmDocument] = field(default_factory=dict)
    named: dict[str, FilmDocument] = field(default_factory=dict)

    def name(self, films: Iterable[Film]) -> None:
        """Keep the shared films among these that the index lacks; the ones named long ago go."""
        for film in films:
            if film.club_id is None and self.overlay.index.row_of(film.film_id) < 0:
                self.named.pop(film.film_id, None)
                self.named[film.film_id] = film_document(film)
        for each in list(self.named)[:-_MOST_NAMED]:
            del self.named[each]


class ClubIndexes:
    """Shared index, and an overlay of films and reviews for each club with recent requests.

    Of very many films the index holds the best known; what a club reviews or names beside them is laid over.
    The database counts every change to a club's reviews. Before each use the overlay is brought
    up to the count that the caller's transaction sees, whichever process wrote the changes.
    """

    def __init__(self, index: BaseIndex) -> None:
        """Start with the index of the catalogue and no overlays."""
        self._index = index
        self._held: LRUCache[ClubId, _Held] = LRUCache(_MOST_CLUBS)
        self._added: dict[str, FilmDocument] = {}

    @property
    def catalogue(self) -> BaseIndex:
        """Index of the catalogue, which all clubs share."""
        return self._index

    def add_films(self, films: Iterable[Film]) -> None:
        """Add films to every club's overlay; those that the index has stay as they are there."""
        for film in films:
            if self._index.row_of(film.film_id) < 0:
                self._added[film.film_id] = film_document(film)

    def forget_films(self, film_ids: Iterable[str]) -> None:
        """Take films out of those that were added; overlays that have them keep them until replaced."""
        for film_id in film_ids:
            self._added.pop(film_id, None)

    async def replace_index(self, index: BaseIndex, overlaid: Iterable[Film] = ()) -> None:
        """Move every club's overlay to another index, and add films that the new index lacks.

        The overlays are rebuilt in a thread while the former index answers, then swapped in at
        once. Reviews written meanwhile are read from the database at the club's next request.
        """
        ready: LRUCache[ClubId, _Held] = LRUCache(_MOST_CLUBS)
        for club_id, held in list(self._held.items()):
            revision, own = held.revision, dict(held.own)
            overlay = await asyncio.to_thread(held.overlay.rebased, index)
            kept, reviewed, named = (
                {each: films[each] for each in films if index.row_of(each) < 0}
                for films in (own, dict(held.reviewed), dict(held.named))
            )
            ready[club_id] = _Held(overlay, held.joined_at, revision, kept, reviewed, named)
        self._index, self._held = index, ready
        self._added = {each: film for each, film in self._added.items() if index.row_of(each) < 0}
        self.add_films(overlaid)

    async def of(self, work: UnitOfWork, named: Iterable[Film] = ()) -> Overlay:
        """Return the club's live index as of this transaction; the `named` films are in it."""
        joined_at = (await work.clubs.get()).joined_at
        held = self._held.get(work.club_id)
        if held is None or held.joined_at != joined_at:  # purged since, and joined again
            held = self._held[work.club_id] = _Held(Overlay(self._index), joined_at)
        held.name(named)
        changed = await self._changed_reviews(held, work)
        await self._apply_films(held, work)
        await self._apply_reviews(changed, held, work)
        return held.overlay

    async def _changed_reviews(self, held: _Held, work: UnitOfWork) -> Sequence[Review]:
        """Return the reviews that have changed since, and keep their films that the index lacks."""
        if (await work.clubs.get()).revision == held.revision:
            return ()
        changed = await work.reviews.changed_since(held.revision)
        films = {each.film_id for each in changed if each.shared}
        beyond = [each for each in films if held.overlay.index.row_of(each) < 0]
        found = (await work.films.many(beyond)).values() if beyond else ()
        held.reviewed |= {
            film.film_id: film_document(film)
            for film in found
            if film.club_id is None and film.film_id in films
        }
        return changed

    async def _apply_films(self, held: _Held, work: UnitOfWork) -> None:
        films = await work.films.own()
        held.overlay.hidden = frozenset(
            film.film_id
            for film in films
            if film.stands_for
            and (film.film_id in self._added or held.overlay.index.row_of(film.film_id) >= 0)
        )
        own: dict[str, FilmDocument] = {
            film.film_id: film_document(film) for film in films if film.stands_for is None
        }
        there = held.named | held.reviewed | self._added | own
        there = {each: film for each, film in there.items() if each not in held.overlay.hidden}
        fresh = {
            film_id: document
            for film_id, document in there.items()
            # The shared film wins: a club's copy differs only in release days of its own.
            if held.overlay.index.row_of(film_id) < 0 and held.own.get(film_id) != document
        }
        if fresh:
            held.overlay.put_films(fresh.values())
            held.own |= fresh
        for film_id in held.own.keys() - there.keys():
            held.overlay.remove_film(film_id)
            del held.own[film_id]

    async def _apply_reviews(
        self, changed: Sequence[Review], held: _Held, work: UnitOfWork
    ) -> None:
        roster = await roster_of(work) if changed else {}
        # Another task may have applied changes while this one waited for the database.
        applied = held.revision
        for review in changed:
            if review.revision > applied:
                _apply(review, held.overlay, roster)
                held.revision = max(held.revision, review.revision)


async def roster_of(work: UnitOfWork) -> Roster:
    """Return the club's members by id."""
    return {member.member_id: member for member in await work.members.all()}


def may_be_quoted(review: Review, roster: Roster) -> bool:
    """Tell whether others may be shown sentences of a review; a critic's are public already."""
    member = roster.get(review.member_id)
    return review.critic is not None or member is None or member.may_be_quoted


def _apply(review: Review, overlay: Overlay, roster: Roster) -> None:
    if review.shared:
        overlay.put(review_document(review, roster))
    else:
        overlay.remove(review.review_id)


def review_document(review: Review, roster: Roster) -> ReviewDocument:
    """Convert a review for the recommender, without anything marked as a spoiler."""
    return ReviewDocument(
        review_id=review.review_id,
        film_id=review.film_id,
        author_id=review.critic or review.member_id,
        text="" if review.spoiler else without_spoilers(review.text, f" {GAP} "),
        half_stars=review.rating,
        quotable=may_be_quoted(review, roster),
        critic=review.critic is not None,
    )


def film_document(film: Film) -> FilmDocument:
    """Convert a film for the recommender."""
    based_on = f"\nBased on {film.based_on}." if film.based_on else ""
    return FilmDocument(
        film_id=film.film_id,
        title=film.title,
        year=film.year,
        directors=film.directors,
        writers=film.writers,
        cast=film.cast,
        genres=film.genres,
        themes=film.themes,
        countries=film.countries,
        languages=film.languages,
        text=film.logline + based_on,
        popularity=float(film.popularity or 0),
        series=film.series or "",
        part=film.part or 0,
        known=film.known or 0,
        regard=film.regard or 0,
        authors=_authors(film.based_on or ""),
        companions=film.companions,
    )


_AUTHORS = lazy_pattern(
    r"\bby (?P<by>[A-Z].*)$|^(?P<own>(?:[A-Z][\w.-]* ){1,3}[A-Z][\w-]+)['’]s |\b(?:memoirs?|stories|tales|works) of (?P<of>[A-Z].*)$"
)


def _authors(based_on: str) -> tuple[str, ...]:
    """Return who wrote what a film is based on: `the novel Strangers by Taichi Yamada`."""
    found = _AUTHORS.search(based_on)
    if not found:
        return ()
    names = re.split(r",\s+|\s+(?:and|with|&)\s+", found[found.lastgroup or 0])
    return tuple(each.strip() for each in names if each[:1].isupper())
