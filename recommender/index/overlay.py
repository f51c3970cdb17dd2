"""One club's reviews and own films, on top of the base index that all clubs share."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from recommender.errors import DuplicateFilm
from recommender.index.base import UNKNOWN_YEAR, BaseIndex
from recommender.index.baseline_similarity import BaselineSimilarity
from recommender.index.overlay_matrix import EMPTY_MATRIX, OverlayMatrix
from recommender.index.review_store import PackedReview, ReviewStore
from recommender.index.top_k import accumulate
from recommender.index.traits import traits
from recommender.index.vectors import SparseVector, film_vector, merged, reviews_vector
from recommender.ratings.ease import Ease
from recommender.ratings.rating_matrix import RatingMatrix
from recommender.text.analyzer import phrase, terms
from recommender.text.documents import FilmDocument, ReviewDocument

Read = TypeVar("Read")

MOST_KNOWN = 64
"""Of so many films it is remembered what was read in their reviews."""


@dataclass(slots=True)
class Overlay:
    """A club's own layer: a review put here counts in the very next query, and in no other club.

    Films are numbered by row: the base's films first, then the club's own in order of their ids.
    """

    index: BaseIndex
    _spoken: ReviewStore = field(default_factory=ReviewStore)
    _films: dict[str, FilmDocument] = field(default_factory=dict)
    _local: list[str] = field(default_factory=list)
    _entries: OverlayMatrix = EMPTY_MATRIX
    _words: NDArray[np.uint32] | None = None
    _ratings: RatingMatrix | None = None
    _ease: Ease | None = None
    _rated_anew: set[int] = field(default_factory=set)
    _commonplace: BaselineSimilarity | None = None
    _known: dict[int, dict[object, object]] = field(default_factory=dict)

    def copy(self) -> "Overlay":
        """Return the same club, to be changed without this one, and in another thread."""
        films, local = dict(self._films), list(self._local)
        return Overlay(self.index, self._spoken.copy(), films, local, self._entries)

    def put(self, review: ReviewDocument) -> None:
        """Add a review, or replace the one with its id."""
        self.put_all([review])

    def put_all(self, reviews: Iterable[ReviewDocument]) -> None:
        """Add many reviews at once: each film's are read together, once."""
        films: set[str] = set()
        for review in reviews:
            films |= self._spoken.put(review)
        self._reread(films)

    def remove(self, review_id: str) -> None:
        """Forget a review without a trace; one that is not there is no error."""
        self._reread(self._spoken.remove(review_id))

    def put_film(self, film: FilmDocument) -> None:
        """Add a film of the club's own, or replace it. Raises DuplicateFilm for the catalogue's."""
        self.put_films([film])

    def put_films(self, films: Iterable[FilmDocument]) -> None:
        """Add many films of the club's own at once. Raises DuplicateFilm for the catalogue's."""
        added = {film.film_id: film for film in films}
        for film_id in added:
            if self.index.row_of(film_id) >= 0:
                raise DuplicateFilm(film_id)
        self._renumber(self._films | added)
        self._reread(added)

    def remove_film(self, film_id: str) -> None:
        """Forget a film of the club's own; one that is not there is no error."""
        self._renumber({key: film for key, film in self._films.items() if key != film_id})

    def rebased(self, index: BaseIndex) -> "Overlay":
        """Return the same club on another base; own films that the new base has are its own now.

        It may run in a thread beside changes of this overlay: it reads what there was at its start.
        """
        films, spoken = list(self._films.values()), self._spoken.copy()
        moved = Overlay(index)
        moved.put_films(film for film in films if index.row_of(film.film_id) < 0)
        moved.put_all(review.document() for review in spoken)
        return moved

    def __len__(self) -> int:
        """Count the films: the base's and the club's own."""
        return len(self.index) + len(self._local)

    def row_of(self, film_id: str) -> int:
        """Return a film's row, -1 when neither the base nor the club has it."""
        if film_id in self._films:
            return len(self.index) + bisect_left(self._local, film_id)
        return self.index.row_of(film_id)

    def film_id(self, row: int) -> str:
        """Return the film id of a row."""
        own = row - len(self.index)
        return self._local[own] if own >= 0 else self.index.film_ids[row]

    def title(self, row: int) -> str:
        """Return the title of a row."""
        own = row - len(self.index)
        return self._own(own).title if own >= 0 else self.index.titles[row]

    def own_film(self, row: int) -> FilmDocument | None:
        """Return the document of a row that is the club's own film, else None."""
        own = row - len(self.index)
        return self._own(own) if own >= 0 else None

    def tie_order(self) -> NDArray[np.float64]:
        """Return each row's place when all films are sorted by film id: how ties are broken."""
        own = [self.index.film_ids.place(film_id) - 0.5 for film_id in self._local]
        return np.concatenate([np.arange(len(self.index), dtype=np.float64), np.array(own)])

    def cached(self, row: int, read: Callable[["Overlay", int], Read]) -> Read:
        """Return what was read of a row, until its film or its reviews change."""
        if row not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[row] = {}
        known = self._known[row]
        if read not in known:
            known[read] = read(self, row)
        return cast("Read", known[read])

    def has(self, term: int) -> bool:
        """Tell whether any film or review holds a term."""
        if self._words is None:
            self._words = np.unique(self._entries.ids)
        place = int(np.searchsorted(self._words, term))
        if place < len(self._words) and self._words[place] == term:
            return True
        return term < len(self.index.terms) and bool(len(self.index.postings.row(term)[0]))

    def directors(self, row: int) -> list[str]:
        """Return a row's directors, folded as terms."""
        if film := self.own_film(row):
            return [phrase(name) for name in film.directors]
        low, high = self.index.terms_of("director")
        ids, _ = self.index.forward.row(row)
        return [self.index.terms[term] for term in ids.tolist() if low <= term < high]

    def year(self, row: int) -> int:
        """Return a row's year, 0 where unknown."""
        film = self.own_film(row)
        return (film.year or UNKNOWN_YEAR) if film else int(self.index.years[row])

    def years(self) -> NDArray[np.int16]:
        """Return every row's year, 0 where unknown."""
        own = [self._films[film_id].year or UNKNOWN_YEAR for film_id in self._local]
        return np.concatenate([self.index.years, np.array(own, dtype=np.int16)])

    def popularity(self) -> NDArray[np.float32]:
        """Return every row's popularity as the catalogue counts it."""
        own = [max(self._films[film_id].popularity, 0.0) for film_id in self._local]
        return np.concatenate([self.index.popularity, np.array(own, dtype=np.float32)])

    def popularity_prior(self) -> NDArray[np.float32]:
        """Return every row's prominence as the catalogue tells it, 0 for the club's own films."""
        own = np.zeros(len(self._local), dtype=np.float32)
        return np.concatenate([self.index.popularity_prior, own])

    @property
    def review_count(self) -> int:
        """Count the club's reviews."""
        return len(self._spoken)

    def reviews(self) -> Iterator[ReviewDocument]:
        """Yield all reviews in order of their ids."""
        return (review.document() for review in self._spoken)

    def rated_reviews(self) -> Iterator[PackedReview]:
        """Yield the members' reviews that rate, in order of their ids."""
        return (each for each in self._spoken if each.is_rating)

    def reviews_of(self, film_id: str) -> list[ReviewDocument]:
        """Return a film's reviews in order of their ids."""
        return self._spoken.of(film_id)

    def vector(self, row: int) -> SparseVector:
        """Return a film's terms: its catalogue fields and, weighted by their number, its reviews."""
        if row >= len(self.index):
            return self._entries.vector(row)
        ids, weights = self.index.forward.row(row)
        own = self._entries.vector(row)
        # Of a film of the catalogue's these are reviews alone, whose terms come after all others.
        joined = np.concatenate([ids.astype(np.uint32), own.ids])
        return SparseVector(joined, np.concatenate([weights, own.weights]))

    def overlay_vector(self, row: int) -> SparseVector:
        """Return what the club adds to a film: its members' words, and all of a film of its own."""
        return self._entries.vector(row)

    def holding(self, terms: Iterable[int]) -> dict[int, NDArray[np.intp]]:
        """Return the rows of the films that hold each of some terms, by the term."""
        wanted = np.array(sorted(terms), dtype=np.uint32)
        if not len(wanted):
            return {}
        held, places = self._entries.holding(wanted)
        films = self._entries.films(held)
        return {
            number: np.concatenate([self._catalogues(number), films[places == place]])
            for place, number in enumerate(wanted.tolist())
        }

    def _catalogues(self, term: int) -> NDArray[np.intp]:
        known = term < len(self.index.terms)
        rows = self.index.postings.row(term)[0] if known else np.zeros(0)
        return rows.astype(np.intp)

    def scores(self, query: SparseVector) -> NDArray[np.float64]:
        """Score every film against a query. Returns inner products of shape (n_films,)."""
        scores = np.zeros(len(self), dtype=np.float32)
        scores[: len(self.index)] = self.catalogue_scores(query)
        self.add_overlay(scores[None], [query])
        return scores.astype(np.float64)

    def catalogue_scores(self, query: SparseVector) -> NDArray[np.float32]:
        """Score the base's films by the base's fields alone. Returns shape (n_base_films,)."""
        known = int(np.searchsorted(query.ids, len(self.index.terms)))
        terms = query.ids[:known].astype(np.int32)
        return accumulate(self.index.postings, terms, query.weights[:known], len(self.index))

    def add_overlay(self, scores: NDArray[np.float32], queries: Sequence[SparseVector]) -> None:
        """Add what the club's reviews and own films score. `scores` are (n_queries, n_films)."""
        if len(self._entries.ids):
            scores[:, self._entries.rows] += self._entries.products(queries).T

    def ratings(self) -> RatingMatrix:
        """Return what the club's members rated, critics left out."""
        if self._ratings is None:
            rows = {film_id: self.row_of(film_id) for film_id in self._spoken.films()}
            self._ratings = RatingMatrix.of(
                {
                    (name, row): half_stars
                    for film_id, row in rows.items()
                    for name, half_stars in self._spoken.opinions(film_id).items()
                    if row >= 0
                }
            )
        elif self._rated_anew:
            self._ratings = self._ratings.changed(
                {row: self._spoken.opinions(self.film_id(row)) for row in self._rated_anew}
            )
        self._rated_anew.clear()
        return self._ratings

    def ease(self) -> Ease:
        """Return what the club's ratings, and its films' genres and decades, predict for members."""
        ratings = self.ratings()
        if self._ease is None or self._ease.ratings is not ratings:
            base = int(ratings.rows.searchsorted(len(self.index)))
            own = [self._own(row - len(self.index)) for row in ratings.rows[base:].tolist()]
            self._ease = Ease.of(ratings, traits(self.index, ratings.rows[:base], own))
        return self._ease

    def baseline(self) -> BaselineSimilarity:
        """Return what the club's reviews say of any film."""
        if self._commonplace is None:
            self._commonplace = BaselineSimilarity.of(self.index, self._entries)
        return self._commonplace

    def _reread(self, film_ids: Iterable[str]) -> None:
        """Read some films' words anew from the reviews they have now."""
        rows = {film_id: self.row_of(film_id) for film_id in film_ids}
        self._change({row: self._read(film_id) for film_id, row in rows.items() if row >= 0})

    def _change(self, vectors: Mapping[int, SparseVector]) -> None:
        self._entries = self._entries.changed(vectors)
        self._words = self._commonplace = None
        if self._ratings is not None:
            self._rated_anew |= vectors.keys()
        for row in vectors:
            self._known.pop(row, None)

    def _read(self, film_id: str) -> SparseVector:
        """Return what the club adds to a film: its members' words, and all of a film of its own."""
        reviews = self.reviews_of(film_id)
        said = reviews_vector(self.index, (terms(review.text) for review in reviews))
        film = self._films.get(film_id)
        return merged([film_vector(self.index, film), said]) if film else said

    def _renumber(self, films: dict[str, FilmDocument]) -> None:
        """Take other films for the club's own: those that stay move to their new rows."""
        known = {film_id: self.vector(self.row_of(film_id)) for film_id in self._films}
        self._films, self._local = films, sorted(films)
        self._entries = self._entries.below(len(self.index))
        self._known.clear()
        self._ratings = None
        self._change({self.row_of(each): known[each] for each in films if each in known})

    def _own(self, own: int) -> FilmDocument:
        return self._films[self._local[own]]
