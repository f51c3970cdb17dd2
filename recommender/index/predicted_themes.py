"""Themes of films that have none, predicted from their texts, people and genres: never facts.

Kernel ridge regression of the themed films' themes, the kernel being the likeness of their other
fields, in closed form: so that each film's prediction without itself, by which the probabilities are
calibrated, costs nothing. scikit-learn calibrates; it and SciPy's algebra are imported only when fitting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

KERNEL: Mapping[str, float] = {
    "director": 0.7,
    "cast": 0.5,
    "genre": 1.0,
    "country": 1.0,
    "language": 1.0,
    "text": 1.0,
}
"""Weight of each field in the likeness that themes are predicted from."""

FEWEST_THEMES, FEWEST_FILMS = 3, 500
"""Themes of a film that is learned from, and such films without which nothing is predicted."""

MOST_LEARNED = 4_000
"""Films that are learned from, at most: the cost grows with their cube."""

COMMON = 10
"""Films from which on a theme is learned."""

RIDGE = 2.0
"""Regulariser, in units of the kernel."""

LEAST, LEAST_LIFT, MOST_THEMES = 0.1, 2.0, 12
"""Least probability of a theme that is laid in, alone and over its share of all films, and the most
themes of a film: what holds of many films is no evidence of one."""

SAMPLED = 400_000
"""Pairs of film and theme that the calibration is learned from."""

CHUNK = 2_048
"""Films predicted at a time."""


class Themes(NamedTuple):
    """Themes of all films: vectors of shape (n_films, n_themes), the first term id, idf, shrinkage."""

    vectors: sp.csr_matrix
    first: int
    idf: NDArray[np.float32]
    shrinkage: float


@dataclass(frozen=True, slots=True)
class ThemePredictor:
    """Regression that any film's themes are predicted with, in a catalogue with themed films.

    `rows` int32 of the films learned from; `terms` int32, ascending term ids of themes; `duals`
    float16 of shape (n_rows, n_terms); `shares` float32 of shape (n_terms,): how often each theme is
    found; `steps` and `probabilities` float32, the calibration's knots. All empty without a model.
    """

    rows: NDArray[np.int32]
    terms: NDArray[np.int32]
    duals: NDArray[np.float16]
    shares: NDArray[np.float32]
    steps: NDArray[np.float32]
    probabilities: NDArray[np.float32]

    @classmethod
    def fit(cls, themes: "Themes", others: sp.csr_matrix) -> "ThemePredictor":
        """Learn from the films' themes, and from their vectors in all other fields by kernel weight."""
        counts = np.diff(themes.vectors.indptr)
        rows = np.flatnonzero(counts >= FEWEST_THEMES)
        has = sp.csc_matrix(themes.vectors[rows] > 0)
        terms = np.flatnonzero(np.diff(has.indptr) >= COMMON)
        if len(rows) < FEWEST_FILMS or not len(terms):
            return cls.empty()
        rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_LEARNED)).astype(int)]
        truth = (themes.vectors[rows][:, terms] > 0).toarray().astype(np.float32)
        shares = truth.mean(axis=0)
        known = sp.csr_matrix(others[rows])
        duals, unseen = _regressed((known @ known.T).toarray(), truth - shares)
        steps, probabilities = _calibrated(unseen + shares, truth)
        return cls(
            rows.astype(np.int32),
            (themes.first + terms).astype(np.int32),
            duals.astype(np.float16),
            shares.astype(np.float32),
            steps,
            probabilities,
        )

    @classmethod
    def empty(cls) -> "ThemePredictor":
        """Return a predictor that knows nothing."""
        none = np.zeros(0, np.float32)
        return cls(
            np.zeros(0, np.int32),
            np.zeros(0, np.int32),
            np.zeros((0, 0), np.float16),
            none,
            none,
            none,
        )

    def probabilities_of(self, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the themes' probabilities, given likenesses of shape (n_films, n_rows).

        Unlikely ones, and all but the likeliest few of a film, are 0. Shape (n_films, n_terms).
        """
        if not len(self.rows):
            return np.zeros((len(likeness), 0), np.float32)
        scores = likeness @ self.duals.astype(np.float32) + self.shares
        found = np.asarray(np.interp(scores, self.steps, self.probabilities), dtype=np.float32)
        if found.shape[1] > MOST_THEMES:
            least = -np.partition(-found, MOST_THEMES - 1, axis=1)[:, MOST_THEMES - 1 : MOST_THEMES]
            found[found < least] = 0.0
        found[(found < LEAST) | (found < LEAST_LIFT * self.shares)] = 0.0
        return np.asarray(found)

    def fill(self, themes: "Themes", others: sp.csr_matrix) -> sp.csr_matrix:
        """Return vectors of the films that have no themes, of the shape of all films' themes."""
        shape = themes.vectors.shape
        bare = np.flatnonzero(np.diff(themes.vectors.indptr) == 0)
        if not len(self.rows) or not len(bare):
            return sp.csr_matrix(shape, dtype=np.float32)
        known = sp.csr_matrix(others[self.rows]).T
        columns = self.terms - themes.first
        parts = []
        for start in range(0, len(bare), CHUNK):
            likeness = (others[bare[start : start + CHUNK]] @ known).toarray()
            raw = self.probabilities_of(likeness) * themes.idf[columns]
            lengths = np.hypot(np.linalg.norm(raw, axis=1), themes.shrinkage)
            parts.append(sp.csr_matrix(raw / lengths[:, None]))
        filled = sp.vstack(parts).tocoo()
        places = (bare[filled.row], columns[filled.col])
        return sp.csr_matrix((filled.data, places), shape=shape, dtype=np.float32)


def _regressed(
    kernel: NDArray[np.float32], above: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the dual coefficients, and what is predicted of each film without itself."""
    from scipy.linalg.lapack import spotrf, spotri  # noqa: PLC0415 - slow to load, for building alone

    kernel = kernel + RIDGE * np.eye(len(kernel), dtype=np.float32)
    # By Cholesky, for a third of the work that an inverse of any matrix is.
    factor, _ = spotrf(kernel, lower=True, overwrite_a=True)
    half, _ = spotri(factor, lower=True, overwrite_c=True)
    inverse = np.tril(half) + np.tril(half, -1).T
    duals = np.asarray(inverse @ above, dtype=np.float32)
    unseen = above - duals / np.diag(inverse)[:, None]
    return duals, np.asarray(unseen, dtype=np.float32)


def _calibrated(
    scores: NDArray[np.float32], truth: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return scores in steps, and how often a theme of about that score is there."""
    from sklearn.isotonic import IsotonicRegression  # noqa: PLC0415 - slow to import

    spread = slice(None, None, max(scores.size // SAMPLED, 1))
    given, there = scores.ravel()[spread], truth.ravel()[spread]
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(given, there)
    steps = np.unique(
        np.concatenate([np.quantile(given, np.linspace(0, 1, 33)), np.linspace(0, 1, 65)])
    )
    return steps.astype(np.float32), model.predict(steps).astype(np.float32)
