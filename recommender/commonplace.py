"""What a club's reviews say of any film: two films are not alike for that.

Without it, every film with reviews would be likest to every other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.entries import Entries
from recommender.fields import FIELDS
from recommender.index import BaseIndex
from recommender.vectors import SparseVector, field_numbers

STRICTNESS = 1.2
"""What is expected of two reviewed films is taken so many times, for some are alike indeed."""

ROUNDING = 1e-9
"""A film that shares less than this with all others shares nothing."""

FEW_FILMS = 2
"""Among so many films with endless reviews half of what they share is taken for commonplace."""


@dataclass(frozen=True, slots=True)
class Commonplace:
    """How like a reviewed film is to any other by reviews alone: it grows with the other's `known`.

    `weights` is the sum of all films' review vectors times their `known`, shape (n_terms,), `ids`
    ascending; `rows`, ascending, and `known` have shape (n_reviewed,). A film is the better known the
    more reviews it has, 0 to 1: its vector's squared length.
    """

    ids: NDArray[np.uint32]
    weights: NDArray[np.float64]
    rows: NDArray[np.intp]
    known: NDArray[np.float64]

    @classmethod
    def of(cls, index: BaseIndex, entries: Entries) -> "Commonplace":
        """Gather what the reviews among an overlay's entries say."""
        spoken = field_numbers(index, entries.ids) == len(FIELDS)
        places = np.repeat(np.arange(len(entries.rows)), np.diff(entries.starts))[spoken]
        given = entries.weights[spoken].astype(np.float64)
        known = np.bincount(places, given**2, minlength=len(entries.rows)).astype(np.float64)
        ids, terms = np.unique(entries.ids[spoken], return_inverse=True)
        weights = np.bincount(terms, given * known[places], minlength=len(ids))
        reviewed = known > 0
        return cls(ids, weights.astype(np.float64), entries.rows[reviewed], known[reviewed])

    def expected(self, query: SparseVector, row: int) -> float:
        """Return the likeness to expect of a fully known film, by least squares over the others."""
        mine = self.known_of(row)
        if not mine:
            return 0.0
        spoken = slice(int(query.ids.searchsorted(self.ids[0])), None)
        ids = query.ids[spoken]
        places = np.minimum(self.ids.searchsorted(ids), len(self.ids) - 1)
        shared = self.ids[places] == ids
        own = query.weights[spoken][shared].astype(np.float64)
        itself = float(np.sqrt(own @ own)) * mine**1.5
        others = float(own @ self.weights[places[shared]]) - itself
        if others < ROUNDING:
            return 0.0
        spread = float(self.known @ self.known) - mine**2 + FEW_FILMS
        return float(STRICTNESS * others / spread)

    def known_of(self, row: int) -> float:
        """Return how well a film is known by its reviews, 0 without any."""
        place = int(np.searchsorted(self.rows, row))
        there = place < len(self.rows) and self.rows[place] == row
        return float(self.known[place]) if there else 0.0
