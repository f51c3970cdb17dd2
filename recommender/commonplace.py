"""What a club's reviews say of any film: two films are not alike for that.

Without it, every film with reviews would be likest to every other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.entries import Entries
from recommender.index import BaseIndex
from recommender.vectors import EMPTY, HASHED, REVIEWS, SparseVector, hashed

STRICTNESS = 1.2
"""What is expected of two reviewed films is taken so many times, for some are alike indeed."""

ROUNDING = 1e-9
"""A film that shares less than this with all others shares nothing."""

FEW_FILMS = 2
"""Among so many films with endless reviews half of what they share is taken for commonplace."""


@dataclass(frozen=True, slots=True)
class Commonplace:
    """How like a reviewed film is to any other by reviews alone: it grows with the other's `known`.

    `rows`, ascending, and `known` have shape (n_reviewed,). A film is the better known the more reviews
    it has, 0 to 1: its vector's squared length.
    """

    index: BaseIndex
    entries: Entries
    rows: NDArray[np.intp]
    known: NDArray[np.float64]

    @classmethod
    def of(cls, index: BaseIndex, entries: Entries) -> "Commonplace":
        """Count how well films are known by the reviews among an overlay's entries."""
        films = np.repeat(np.arange(len(entries.rows)), np.diff(entries.starts))
        given = np.where(_spoken(index, entries.ids), entries.weights, 0).astype(np.float64)
        known = np.bincount(films, given**2, minlength=len(entries.rows)).astype(np.float64)
        reviewed = known > 0
        return cls(index, entries, entries.rows[reviewed], known[reviewed])

    def expected(self, queries: Mapping[int, SparseVector]) -> dict[int, float]:
        """Return the likeness to expect of a fully known film, by least squares over the others.

        It is told of each query, by the row of the film that it is the vector of.
        """
        reviewed = {row: query for row, query in queries.items() if self.known_of(row)}
        spoken = {row: _said(self.index, query) for row, query in reviewed.items()}
        terms = np.unique(np.concatenate([EMPTY.ids, *(said.ids for said in spoken.values())]))
        told = self._told(terms)
        square = float(self.known @ self.known)
        expected = dict.fromkeys(queries, 0.0)
        for row, said in spoken.items():
            mine, own = self.known_of(row), said.weights.astype(np.float64)
            itself = float(np.sqrt(own @ own)) * mine**1.5
            others = float(own @ told[terms.searchsorted(said.ids)]) - itself
            if others >= ROUNDING:
                expected[row] = STRICTNESS * others / (square - mine**2 + FEW_FILMS)
        return expected

    def _told(self, terms: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Sum what all films give to some terms, each times its `known`. Shape (n_terms,)."""
        held, told = self.entries.holding(terms)
        films = self.entries.rows[self.entries.starts.searchsorted(held, side="right") - 1]
        known = self.known[self.rows.searchsorted(films)]
        given = self.entries.weights[held].astype(np.float64)
        return np.bincount(told, given * known, minlength=len(terms)).astype(np.float64)

    def known_of(self, row: int) -> float:
        """Return how well a film is known by its reviews, 0 without any."""
        place = int(np.searchsorted(self.rows, row))
        there = place < len(self.rows) and self.rows[place] == row
        return float(self.known[place]) if there else 0.0


def _spoken(index: BaseIndex, ids: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which terms are of reviews: they come after the catalogue's, and after all other hashes."""
    known = (ids >= len(index.terms)) & (ids < HASHED)
    return known | (ids >= hashed(REVIEWS, 0))


def _said(index: BaseIndex, query: SparseVector) -> SparseVector:
    spoken = _spoken(index, query.ids)
    return SparseVector(query.ids[spoken], query.weights[spoken])
