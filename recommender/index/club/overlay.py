"""Overlay index: one club's reviews and own films on top of the base index that all clubs share."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.errors import DuplicateFilm
from recommender.index.base import BaseIndex
from recommender.index.club.baseline_similarity import BaselineSimilarity
from recommender.index.club.club_ratings import ClubRatings
from recommender.index.club.overlay_matrix import EMPTY_MATRIX, OverlayMatrix
from recommender.index.club.review_store import PackedReview, ReviewStore
from recommender.index.storage.byte_cache import Sized
from recommender.index.storage.row_cache import MOST_CACHED, RowCache
from recommender.index.top_k import accumulate
from recommender.index.vectors import (
    SparseVector,
    field_numbers,
    film_vector,
    merged,
    reviews_vector,
    theme_points,
)
from recommender.ratings.ease import Ease
from recommender.ratings.rating_matrix import RatingMatrix
from recommender.text.analyzer import terms
from recommender.text.documents import FilmDocument, ReviewDocument
from recommender.text.fields import FIELD_NUMBER

Read = TypeVar("Read")
Whole = TypeVar("Whole", bound=Sized)


@dataclass(slots=True)
class Overlay:
    """Index of one club: a review put here counts in the next query, and in no other club.

    Rows are films: the base's first, then the club's own in order of their ids.
    """

    index: BaseIndex
    hidden: frozenset[str] = frozenset()
    """Films of the base that are never picked here: the club has joined them with others."""
    _reviews: ReviewStore = field(default_factory=ReviewStore)
    _films: dict[str, FilmDocument] = field(default_factory=dict)
    _own_ids: list[str] = field(default_factory=list)
    _matrix: OverlayMatrix = EMPTY_MATRIX
    _term_ids: NDArray[np.uint32] | None = None
    _ratings: ClubRatings = field(init=False)
    _baseline: BaselineSimilarity | None = None
    _own_points: NDArray[np.float32] | None = None
    _cache: RowCache = field(default_factory=RowCache)
    _state: object = field(default_factory=object)
    """Stands for what the overlay holds now: each change replaces it."""

    def __post_init__(self) -> None:
        """Begin without a rating matrix."""
        self._ratings = ClubRatings(self._reviews)

    def copy(self) -> "Overlay":
        """Return an independent copy, which may be changed in another thread."""
        films, own_ids = dict(self._films), list(self._own_ids)
        return Overlay(self.index, self.hidden, self._reviews.copy(), films, own_ids, self._matrix)

    def put(self, review: ReviewDocument) -> None:
        """Add a review, or replace the one with its id."""
        self.put_all([review])

    def put_all(self, reviews: Iterable[ReviewDocument]) -> None:
        """Add or replace many reviews; each film is indexed once."""
        films: set[str] = set()
        for review in reviews:
            films |= self._reviews.put(review)
        self._reindex(films)

    def remove(self, review_id: str) -> None:
        """Remove a review without a trace; an unknown id is no error."""
        self._reindex(self._reviews.remove(review_id))

    def put_films(self, films: Iterable[FilmDocument]) -> None:
        """Add or replace many films of the club's own. Raises DuplicateFilm for the catalogue's."""
        added = {film.film_id: film for film in films}
        for film_id in added:
            if self.index.row_of(film_id) >= 0:
                raise DuplicateFilm(film_id)
        self._renumber(self._films | added)
        self._reindex(added)

    def remove_film(self, film_id: str) -> None:
        """Remove a film of the club's own; an unknown id is no error."""
        self._renumber({key: film for key, film in self._films.items() if key != film_id})

    def rebased(self, index: BaseIndex) -> "Overlay":
        """Return the club on another base index, without the own films that the new base has.

        May run in a thread while this overlay changes: it reads a copy taken at its start.
        """
        films, reviews = list(self._films.values()), self._reviews.copy()
        moved = Overlay(index, self.hidden)
        moved.put_films(film for film in films if index.row_of(film.film_id) < 0)
        moved.put_all(review.document() for review in reviews)
        return moved

    def __len__(self) -> int:
        """Count the films: the base's and the club's own."""
        return len(self.index) + len(self._own_ids)

    def row_of(self, film_id: str) -> int:
        """Return a film's row, -1 if neither the base nor the club has it."""
        if film_id in self._films:
            return len(self.index) + bisect_left(self._own_ids, film_id)
        return self.index.row_of(film_id)

    def film_id(self, row: int) -> str:
        """Return the film id of a row."""
        own = row - len(self.index)
        return self._own_ids[own] if own >= 0 else self.index.film_ids[row]

    def title(self, row: int) -> str:
        """Return the title of a row."""
        film = self.own_film(row)
        return film.title if film else self.index.titles[row]

    def own_film(self, row: int) -> FilmDocument | None:
        """Return the document of a row that is the club's own film, else None."""
        own = row - len(self.index)
        return self._films[self._own_ids[own]] if own >= 0 else None

    def own_films(self) -> list[FilmDocument]:
        """Return the documents of the club's own films, in order of their rows."""
        return [self._films[film_id] for film_id in self._own_ids]

    def tie_order(self) -> NDArray[np.float64]:
        """Return the rank of each row by film id, by which ties are broken. Shape (n_films,)."""
        own = [self.index.film_ids.bisect(film_id) - 0.5 for film_id in self._own_ids]
        return np.concatenate([np.arange(len(self.index), dtype=np.float64), np.array(own)])

    def cached(
        self, row: int, read: Callable[["Overlay", int], Read], most: int = MOST_CACHED
    ) -> Read:
        """Return a value derived from a row, cached until its film or its reviews change.

        Of each kind of value those of `most` rows are kept.
        """
        return self._cache.get(read, self, row, most)

    def cached_whole(self, key: Hashable, compute: Callable[[], Whole]) -> Whole:
        """Return a value derived from the whole overlay, cached until anything in it changes."""
        return self.index.tastes.get((self._state, key), compute)

    def has(self, term: int) -> bool:
        """Tell whether any film or review has a term."""
        if self._term_ids is None:
            self._term_ids = np.unique(self._matrix.ids)
        place = int(np.searchsorted(self._term_ids, term))
        if place < len(self._term_ids) and self._term_ids[place] == term:
            return True
        return term < len(self.index.terms) and bool(len(self.index.postings.row(term)[0]))

    def terms_in(self, row: int, field: str) -> NDArray[np.uint32]:
        """Return a row's term ids in a field of the catalogue."""
        if row < len(self.index):
            ids = self.index.forward.row(row)[0]
            low, high = np.searchsorted(ids, self.index.terms_of(field))
            return ids[low:high].astype(np.uint32)
        own = self._matrix.vector(row).ids
        return np.asarray(own[field_numbers(self.index, own) == FIELD_NUMBER[field]])

    def theme_point(self, row: int) -> NDArray[np.float32]:
        """Return the point of a row in theme space, the origin if it has none."""
        own = row - len(self.index)
        return self.own_theme_points()[own] if own >= 0 else self.index.theme_space.point(row)

    def own_theme_points(self) -> NDArray[np.float32]:
        """Return the points of the club's own films in theme space, shape (n_own, n_axes)."""
        if self._own_points is None:
            vectors = map(self._matrix.vector, range(len(self.index), len(self)))
            self._own_points = theme_points(self.index, self.own_films(), vectors)
        return self._own_points

    @property
    def review_count(self) -> int:
        """Number of the club's reviews."""
        return len(self._reviews)

    def reviewed_films(self) -> Iterator[str]:
        """Yield the ids of the films that have reviews."""
        return self._reviews.films()

    def reviews(self) -> Iterator[ReviewDocument]:
        """Yield all reviews in order of their ids."""
        return (review.document() for review in self._reviews)

    def rated_reviews(self) -> Iterator[PackedReview]:
        """Yield the members' reviews that have a rating, in order of their ids."""
        return (each for each in self._reviews if each.is_rating)

    def reviews_of(self, film_id: str) -> list[ReviewDocument]:
        """Return a film's reviews in order of their ids."""
        return self._reviews.of_film(film_id)

    def vector(self, row: int) -> SparseVector:
        """Return a film's vector in all fields, reviews included."""
        if row >= len(self.index):
            return self._matrix.vector(row)
        ids, weights = self.index.forward.row(row)
        own = self._matrix.vector(row)
        # A catalogue film has only reviews in the overlay; their term ids come after all others.
        all_ids = np.concatenate([ids.astype(np.uint32), own.ids])
        return SparseVector(all_ids, np.concatenate([weights, own.weights]))

    def postings(self, terms: Iterable[int]) -> dict[int, NDArray[np.intp]]:
        """Return the rows of the films that have each of some terms, by term id."""
        wanted = np.array(sorted(terms), dtype=np.uint32)
        if not len(wanted):
            return {}
        reviews_too = wanted[-1] >= len(self.index.terms)  # they have terms of their own
        if not (self._own_ids or reviews_too):
            return {term: self.index.films_with(term) for term in wanted.tolist()}
        entries, columns = self._matrix.find(wanted)
        films = self._matrix.films_of(entries)
        return {
            term: np.concatenate([self.index.films_with(term), films[columns == column]])
            for column, term in enumerate(wanted.tolist())
        }

    def scores(self, query: SparseVector) -> NDArray[np.float64]:
        """Return the inner products of a query and all films, shape (n_films,)."""
        scores = np.zeros(len(self), dtype=np.float32)
        scores[: len(self.index)] = self.catalogue_scores(query)
        self.add_shared(scores[None], self.shared_with([query]).T)
        return scores.astype(np.float64)

    def catalogue_scores(self, query: SparseVector) -> NDArray[np.float32]:
        """Return the inner products of a query and the base's films, shape (n_base_films,)."""
        known = int(np.searchsorted(query.ids, len(self.index.terms)))
        terms = query.ids[:known].astype(np.int32)
        return accumulate(self.index.postings, terms, query.weights[:known], len(self.index))

    def shared_with(self, queries: Sequence[SparseVector]) -> NDArray[np.float32]:
        """Return the inner products of some queries and what the club added: its reviews, its own films.

        Shape (n_films_of_the_matrix, n_queries).
        """
        if not len(self._matrix.ids):
            return np.zeros((0, len(queries)), dtype=np.float32)
        return self._matrix.products(queries)

    def add_shared(self, scores: NDArray[np.float32], shared: NDArray[np.float32]) -> None:
        """Add inner products of shape (n_queries, n_films_of_the_matrix) to scores of all films."""
        if shared.shape[1]:
            scores[:, self._matrix.rows] += shared

    def ratings(self) -> RatingMatrix:
        """Return the ratings of the club's members, critics left out."""
        return self._ratings.matrix(self.row_of, self.film_id)

    def ease(self) -> Ease:
        """Return EASE fitted to the club's ratings and its films' genres and decades."""
        return self._ratings.ease(self.ratings(), self.index, self.own_films())

    def baseline(self) -> BaselineSimilarity:
        """Return the baseline of similarity by the club's reviews."""
        if self._baseline is None:
            self._baseline = BaselineSimilarity.of(self.index, self._matrix)
        return self._baseline

    def _reindex(self, film_ids: Iterable[str]) -> None:
        """Build the vectors of some films anew from their present reviews."""
        rows = {film_id: self.row_of(film_id) for film_id in film_ids}
        self._change({row: self._build(film_id) for film_id, row in rows.items() if row >= 0})

    def _change(self, vectors: Mapping[int, SparseVector]) -> None:
        self._matrix = self._matrix.updated(vectors)
        self._term_ids = self._baseline = None
        self._state = object()
        self._ratings.note_changed(vectors)
        self._cache.drop(vectors)

    def _build(self, film_id: str) -> SparseVector:
        """Return the club's part of a film's vector: its reviews, and all fields of an own film."""
        texts = (terms(review.text) for review in self.reviews_of(film_id))
        reviews = reviews_vector(self.index, texts)
        film = self._films.get(film_id)
        return merged([film_vector(self.index, film), reviews]) if film else reviews

    def _renumber(self, films: dict[str, FilmDocument]) -> None:
        """Replace the club's own films; the vectors of those that stay move to their new rows."""
        former = {film_id: self.vector(self.row_of(film_id)) for film_id in self._films}
        self._films, self._own_ids = films, sorted(films)
        self._matrix = self._matrix.before(len(self.index))
        self._cache.clear()
        self._ratings.note_renumbered()
        self._own_points = None
        self._change({self.row_of(each): former[each] for each in films if each in former})
