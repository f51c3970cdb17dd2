"""Similarity that any two reviewed films share; subtracted, else all of them look alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import BaseIndex
from recommender.index.club.overlay_matrix import OverlayMatrix
from recommender.index.vectors import FIRST_HASH, FIRST_REVIEW_HASH

STRICTNESS = 1.2
"""Factor on the least-squares estimate, which takes films that are truly alike for the baseline."""

ROUNDING = 1e-6
"""A sum of similarities below this is 0: they are of single precision."""

RIDGE = 2
"""Regulariser: the estimate is halved when this many films have the evidence of endless reviews."""


@dataclass(frozen=True, slots=True)
class BaselineSimilarity:
    """Model of a film's similarity by reviews to any other: a slope times the other's evidence.

    `rows`, ascending, are the reviewed films; `evidence`, the squared norms of their review
    vectors, 0 to 1 and rising with the number of reviews; both of shape (n_reviewed,).
    """

    matrix: OverlayMatrix
    rows: NDArray[np.intp]
    evidence: NDArray[np.float64]

    @classmethod
    def of(cls, index: BaseIndex, matrix: OverlayMatrix) -> "BaselineSimilarity":
        """Measure the evidence of every reviewed film in an overlay's matrix."""
        films = np.repeat(np.arange(len(matrix.rows)), np.diff(matrix.starts))
        squares = matrix.weights.astype(np.float64) ** 2
        if len(matrix.rows) and matrix.rows[-1] >= len(index):  # own films have other fields, too
            squares[~_of_reviews(index, matrix.ids)] = 0.0
        evidence = np.bincount(films, squares, minlength=len(matrix.rows)).astype(np.float64)
        reviewed = evidence > 0
        return cls(matrix, matrix.rows[reviewed], evidence[reviewed])

    def slopes(
        self, rows: Collection[int], lengths: Sequence[float], shared: NDArray[np.float32]
    ) -> list[float]:
        """Return the slope of each of some films: its expected similarity to a film of evidence 1.

        By ridge regression of its similarities to all others on their evidence. `lengths` are the norms
        of the films' weighted review vectors; `shared` their inner products with the matrix's films,
        shape (n_matrix_rows, n_films).
        """
        if not len(self.rows):
            return [0.0] * len(lengths)
        # A film whose terms are all too common to count has no evidence: it is not in `rows`.
        places = self.matrix.rows.searchsorted(self.rows)
        sums = (self.evidence @ shared[places].astype(np.float64)).tolist()
        square, found = float(self.evidence @ self.evidence), []
        for row, length, whole in zip(rows, lengths, sums, strict=True):
            evidence = self.evidence_of(row)
            to_others = whole - length * evidence**1.5
            slope = STRICTNESS * to_others / (square - evidence**2 + RIDGE)
            found.append(slope if to_others >= ROUNDING else 0.0)
        return found

    def evidence_of(self, row: int) -> float:
        """Return the evidence of a film's reviews, 0 without any."""
        place = int(np.searchsorted(self.rows, row))
        found = place < len(self.rows) and self.rows[place] == row
        return float(self.evidence[place]) if found else 0.0


def _of_reviews(index: BaseIndex, ids: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Mark the term ids that belong to reviews."""
    known = (ids >= len(index.terms)) & (ids < FIRST_HASH)
    return known | (ids >= FIRST_REVIEW_HASH)
