"""One club's reviews and own films, on top of the base index that all clubs share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender import analyzer
from recommender.collaborative import Ratings
from recommender.commonplace import Commonplace
from recommender.documents import FilmDocument, ReviewDocument
from recommender.entries import Entries, columns_of
from recommender.errors import DuplicateFilm
from recommender.index import UNKNOWN_YEAR, BaseIndex
from recommender.scoring import accumulate
from recommender.vectors import (
    EMPTY,
    SparseVector,
    concatenate,
    film_vector,
    spoken_vector,
)

Labels = dict[int, tuple[str, str]]
"""The field and the readable label of a film's own terms."""

MOST_LABELLED = 32


@dataclass(frozen=True, slots=True)
class _LocalFilm:
    document: FilmDocument
    vector: SparseVector


@dataclass(slots=True)
class Overlay:
    """A club's own layer: a review put here counts in the very next query, and in no other club.

    Films are numbered by row: the base's films first, then the club's own in order of their ids.
    """

    index: BaseIndex
    _reviews: dict[str, ReviewDocument] = field(default_factory=dict)
    _by_film: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _spoken: dict[str, SparseVector] = field(default_factory=dict)
    _films: dict[str, _LocalFilm] = field(default_factory=dict)
    _local: list[str] = field(default_factory=list)
    _entries: Entries | None = None
    _ratings: Ratings | None = None
    _commonplace: Commonplace | None = None
    _labels: dict[int, Labels] = field(default_factory=dict)

    def put(self, review: ReviewDocument) -> None:
        """Add a review, or replace the one with its id."""
        self.put_all([review])

    def put_all(self, reviews: Iterable[ReviewDocument]) -> None:
        """Add many reviews at once: each film's are read together, once."""
        films = set()
        for review in reviews:
            films |= self._replace(review)
        for film_id in films:
            self._reread(film_id)

    def remove(self, review_id: str) -> None:
        """Forget a review without a trace; one that is not there is no error."""
        review = self._reviews.pop(review_id, None)
        if review is not None:
            self._unfile(review)
            self._reread(review.film_id)

    def put_film(self, film: FilmDocument) -> None:
        """Add a film of the club's own, or replace it. Raises DuplicateFilm for the catalogue's."""
        if self.index.number(film.film_id) >= 0:
            raise DuplicateFilm(film.film_id)
        self._films[film.film_id] = _LocalFilm(film, film_vector(self.index, film))
        self._renumber()

    def remove_film(self, film_id: str) -> None:
        """Forget a film of the club's own; one that is not there is no error."""
        self._films.pop(film_id, None)
        self._renumber()

    def rebased(self, index: BaseIndex) -> "Overlay":
        """Return the same club on another base; own films that the new base has are its own now.

        It may run in a thread beside changes of this overlay: it reads what there was at its start.
        """
        films, reviews = list(self._films.values()), list(self._reviews.values())
        moved = Overlay(index)
        for local in films:
            if index.number(local.document.film_id) < 0:
                moved.put_film(local.document)
        moved.put_all(reviews)
        return moved

    def __len__(self) -> int:
        """Count the films: the base's and the club's own."""
        return len(self.index) + len(self._local)

    def number(self, film_id: str) -> int:
        """Return a film's row, -1 when neither the base nor the club has it."""
        if film_id in self._films:
            return len(self.index) + self._local.index(film_id)
        return self.index.number(film_id)

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

    def order(self) -> NDArray[np.float64]:
        """Return each row's place when all films are sorted by film id: how ties are broken."""
        own = [self.index.film_ids.place(film_id) - 0.5 for film_id in self._local]
        return np.concatenate([np.arange(len(self.index), dtype=np.float64), np.array(own)])

    def remembered(self, row: int, read: Callable[["Overlay", int], Labels]) -> Labels:
        """Return what was read of a row, until what the club says of its film changes."""
        if row not in self._labels:
            if len(self._labels) >= MOST_LABELLED:
                self._labels.clear()
            self._labels[row] = read(self, row)
        return self._labels[row]

    def has(self, term: int) -> bool:
        """Tell whether any film or review holds a term."""
        if term in self._held().terms:
            return True
        return term < len(self.index.terms) and bool(len(self.index.postings.row(term)[0]))

    def makers(self, row: int) -> list[str]:
        """Return a row's directors, folded as terms."""
        if film := self.own_film(row):
            return [analyzer.phrase(name) for name in film.directors]
        low, high = self.index.terms_of("director")
        ids, _ = self.index.forward.row(row)
        return [self.index.terms[term] for term in ids.tolist() if low <= term < high]

    def year(self, row: int) -> int:
        """Return a row's year, 0 where unknown."""
        film = self.own_film(row)
        return (film.year or UNKNOWN_YEAR) if film else int(self.index.years[row])

    def years(self) -> NDArray[np.int16]:
        """Return every row's year, 0 where unknown."""
        own = [self._films[film_id].document.year or UNKNOWN_YEAR for film_id in self._local]
        return np.concatenate([self.index.years, np.array(own, dtype=np.int16)])

    def popularity(self) -> NDArray[np.float32]:
        """Return every row's popularity as the catalogue counts it."""
        own = [max(self._films[film_id].document.popularity, 0.0) for film_id in self._local]
        return np.concatenate([self.index.popularity, np.array(own, dtype=np.float32)])

    def prominence(self) -> NDArray[np.float32]:
        """Return every row's prominence as the catalogue tells it, 0 for the club's own films."""
        own = np.zeros(len(self._local), dtype=np.float32)
        return np.concatenate([self.index.prominence, own])

    @property
    def review_count(self) -> int:
        """Count the club's reviews."""
        return len(self._reviews)

    def reviews(self) -> Iterator[ReviewDocument]:
        """Yield all reviews in order of their ids."""
        return (self._reviews[review_id] for review_id in sorted(self._reviews))

    def reviews_of(self, film_id: str) -> list[ReviewDocument]:
        """Return a film's reviews in order of their ids."""
        return [self._reviews[review_id] for review_id in self._by_film.get(film_id, ())]

    def vector(self, row: int) -> SparseVector:
        """Return a film's terms: its catalogue fields and, weighted by their number, its reviews."""
        film_id, own = self.film_id(row), row - len(self.index)
        spoken = self._spoken.get(film_id, EMPTY)
        if own >= 0:
            return concatenate([self._films[film_id].vector, spoken])
        ids, weights = self.index.forward.row(row)
        return concatenate([SparseVector(ids.astype(np.uint32), weights), spoken])

    def scores(self, query: SparseVector) -> NDArray[np.float64]:
        """Score every film against a query. Returns inner products of shape (n_films,)."""
        scores = self.own_scores([query])[0].astype(np.float64)
        scores[: len(self.index)] += self.catalogue_scores(query)
        return np.asarray(scores)

    def catalogue_scores(self, query: SparseVector) -> NDArray[np.float64]:
        """Score the base's films by the base's fields alone. Returns shape (n_base_films,)."""
        known = int(np.searchsorted(query.ids, len(self.index.terms)))
        terms = query.ids[:known].astype(np.intp)
        return accumulate(self.index.postings, terms, query.weights[:known], len(self.index))

    def own_scores(self, queries: Sequence[SparseVector]) -> NDArray[np.float32]:
        """Score by what the club adds: its reviews and own films. Shape (n_queries, n_films)."""
        scores = np.zeros((len(queries), len(self)), dtype=np.float32)
        entries = self._held()
        if len(entries.ids) and any(len(query.ids) for query in queries):
            columns, asked = columns_of(queries, entries.ids, 2 * len(self.index.terms))
            shape = (len(entries.rows), asked.shape[0])
            held = sp.csr_matrix((entries.weights, columns, entries.starts), shape=shape)
            scores[:, entries.rows] = (held @ asked).toarray().T
        return scores

    def ratings(self) -> Ratings:
        """Return what the club's members rated, critics left out."""
        if self._ratings is None:
            self._ratings = Ratings.of(
                {
                    (review.author_id, row): review.half_stars
                    for review in self._reviews.values()
                    if review.half_stars and not review.critic
                    if (row := self.number(review.film_id)) >= 0
                }
            )
        return self._ratings

    def commonplace(self) -> Commonplace:
        """Return what the club's reviews say of any film."""
        if self._commonplace is None:
            self._commonplace = Commonplace.of(self.index, self._held())
        return self._commonplace

    def _held(self) -> Entries:
        if self._entries is None:
            self._entries = self._collect()
        return self._entries

    def _collect(self) -> Entries:
        vectors: dict[int, list[SparseVector]] = {}
        for film_id, local in self._films.items():
            vectors.setdefault(self.number(film_id), []).append(local.vector)
        for film_id, spoken in self._spoken.items():
            vectors.setdefault(self.number(film_id), []).append(spoken)
        vectors.pop(-1, None)
        rows = sorted(vectors)
        together = [concatenate(vectors[row]) for row in rows]
        ids = np.concatenate([EMPTY.ids, *(vector.ids for vector in together)])
        return Entries(
            np.array(rows, dtype=np.intp),
            np.cumsum([0, *(len(vector.ids) for vector in together)], dtype=np.int64),
            ids,
            np.concatenate([EMPTY.weights, *(vector.weights for vector in together)]),
            frozenset(ids.tolist()),
        )

    def _replace(self, review: ReviewDocument) -> set[str]:
        """Take a review in the place of an older one. Returns the films whose words changed."""
        older = self._reviews.get(review.review_id)
        if older is not None:
            self._unfile(older)
        self._reviews[review.review_id] = review
        others = self._by_film.get(review.film_id, ())
        self._by_film[review.film_id] = tuple(sorted((*others, review.review_id)))
        return {review.film_id} if older is None else {review.film_id, older.film_id}

    def _unfile(self, review: ReviewDocument) -> None:
        others = self._by_film[review.film_id]
        self._by_film[review.film_id] = tuple(each for each in others if each != review.review_id)

    def _reread(self, film_id: str) -> None:
        """Make a film's review vector anew from the reviews it has now."""
        self._entries = self._ratings = self._commonplace = None
        self._labels.pop(self.number(film_id), None)
        self._spoken.pop(film_id, None)
        reviews = self.reviews_of(film_id)
        if not reviews:
            self._by_film.pop(film_id, None)
            return
        said = spoken_vector(self.index, (analyzer.terms(review.text) for review in reviews))
        if len(said.ids):
            self._spoken[film_id] = said

    def _renumber(self) -> None:
        self._entries = self._ratings = self._commonplace = None
        self._labels.clear()
        self._local = sorted(self._films)

    def _own(self, own: int) -> FilmDocument:
        return self._films[self._local[own]].document
