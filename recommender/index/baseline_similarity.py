"""What a club's reviews say of any film: two films are not alike for that.

Without it, every film with reviews would be likest to every other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import BaseIndex
from recommender.index.overlay_matrix import OverlayMatrix
from recommender.index.vectors import FIRST_HASH, FIRST_REVIEW_HASH, SparseVector, stacked

STRICTNESS = 1.2
"""What is expected of two reviewed films is taken so many times, for some are alike indeed."""

ROUNDING = 1e-9
"""A film that shares less than this with all others shares nothing."""

RIDGE = 2
"""Among so many films with endless reviews half of what they share is taken for commonplace."""


@dataclass(frozen=True, slots=True)
class BaselineSimilarity:
    """How like a reviewed film is to any other by reviews alone: it grows with the other's `known`.

    `rows`, ascending, and `known` have shape (n_reviewed,). A film is the better known the more reviews
    it has, 0 to 1: its vector's squared length.
    """

    entries: OverlayMatrix
    rows: NDArray[np.intp]
    evidence: NDArray[np.float64]

    @classmethod
    def of(cls, index: BaseIndex, entries: OverlayMatrix) -> "BaselineSimilarity":
        """Count how well films are known by the reviews among an overlay's entries."""
        films = np.repeat(np.arange(len(entries.rows)), np.diff(entries.starts))
        squares = entries.weights.astype(np.float64) ** 2
        if len(entries.rows) and entries.rows[-1] >= len(index):  # the club's own films say more
            squares[~_spoken(index, entries.ids)] = 0.0
        known = np.bincount(films, squares, minlength=len(entries.rows)).astype(np.float64)
        reviewed = known > 0
        return cls(entries, entries.rows[reviewed], known[reviewed])

    def expected(self, rows: Collection[int], said: Sequence[SparseVector]) -> list[float]:
        """Return the likeness to expect of a fully known film, by least squares over the others.

        It is told of each of some films by what the query for it takes from its reviews.
        """
        ids, weights = stacked(said)
        terms, places = np.unique(ids, return_inverse=True)
        own, told = weights.astype(np.float64), self._told(terms)[places]
        square, found, start = float(self.evidence @ self.evidence), [], 0
        for row, query in zip(rows, said, strict=True):
            part, mine = slice(start, start + len(query.ids)), self.evidence_of(row)
            itself = float(np.sqrt(own[part] @ own[part])) * mine**1.5
            others = float(own[part] @ told[part]) - itself
            expected = STRICTNESS * others / (square - mine**2 + RIDGE)
            found.append(expected if others >= ROUNDING else 0.0)
            start = part.stop
        return found

    def _told(self, terms: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Sum what all films give to some terms, each times its `known`. Shape (n_terms,)."""
        held, told = self.entries.holding(terms)
        given = self.entries.weights[held].astype(np.float64)
        # A word too common to weigh anything may be all that is said of a film: it is not in `rows`.
        weighty = given > 0
        held, told, given = held[weighty], told[weighty], given[weighty]
        films = self.entries.films(held)
        known = self.evidence[self.rows.searchsorted(films)]
        return np.bincount(told, given * known, minlength=len(terms)).astype(np.float64)

    def evidence_of(self, row: int) -> float:
        """Return how well a film is known by its reviews, 0 without any."""
        place = int(np.searchsorted(self.rows, row))
        there = place < len(self.rows) and self.rows[place] == row
        return float(self.evidence[place]) if there else 0.0


def _spoken(index: BaseIndex, ids: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which terms are of reviews: they come after the catalogue's, and after all other hashes."""
    known = (ids >= len(index.terms)) & (ids < FIRST_HASH)
    return known | (ids >= FIRST_REVIEW_HASH)
