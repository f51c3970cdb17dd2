"""Theme space: films as points, near each other if their themes and genres often go together.

So a film of "ghosts" is near one of "haunted house" though they share no term.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Real = TypeVar("Real", bound=np.floating)

FEWEST_THEMES = 3
"""Themes from which on a film has a point: one or two tell too little."""

MOST_TERMS = 2_000
"""Themes and genres, the commonest, that are placed."""

AXES = 30
HALF_FILMS = 2
"""Dimensions; and the films with two terms at which these count as half of what they would in
endlessly many."""


@dataclass(frozen=True, slots=True)
class ThemeSpace:
    """Points of films, of norm 0 to 1, and of the terms that they are sums of.

    `rows` int32, ascending, and `points` float32 of shape (n_rows, n_axes) are of the films; `terms`
    int32, ascending term ids, and `axes` float32 of shape (n_terms, n_axes) of themes and genres.
    `mean` is subtracted from each film's sum: float32 of shape (n_axes,).
    """

    rows: NDArray[np.int32]
    points: NDArray[np.float32]
    terms: NDArray[np.int32]
    axes: NDArray[np.float32]
    mean: NDArray[np.float32]

    @classmethod
    def fit(
        cls,
        themes: sp.csr_matrix,
        genres: sp.csr_matrix,
        predicted: sp.csr_matrix,
        first_theme: int,
        first_genre: int,
    ) -> "ThemeSpace":
        """Learn the space from the films' vectors, given each block's first term id.

        Films whose themes are `predicted` are placed in it, and nothing is learned from them.
        """
        rows = np.flatnonzero(np.diff(themes.indptr) >= FEWEST_THEMES)
        themed, lengths = _normalised(themes[rows])
        both = sp.csc_matrix(sp.hstack([genres[rows], themed]))
        ids = np.concatenate(
            [first_genre + np.arange(genres.shape[1]), first_theme + np.arange(themes.shape[1])]
        )
        films = np.diff(both.indptr)
        kept = np.sort(np.argsort(-films, kind="stable")[:MOST_TERMS])
        kept = kept[films[kept] > 0]
        axes = _axes(sp.csr_matrix(both[:, kept]))
        order = np.argsort(ids[kept])
        sums = np.asarray(both[:, kept] @ axes, dtype=np.float32)
        mean = sums.mean(axis=0) if len(rows) else np.zeros(axes.shape[1], np.float32)
        points = _unit(sums - mean) * lengths[:, None]
        guessed = np.flatnonzero(np.diff(predicted.indptr) >= FEWEST_THEMES)
        themed, lengths = _normalised(predicted[guessed])
        both = sp.csc_matrix(sp.hstack([genres[guessed], themed]))
        sums = np.asarray(both[:, kept] @ axes, dtype=np.float32)
        points = np.concatenate([points, _unit(sums - mean) * lengths[:, None]])
        rows = np.concatenate([rows, guessed])
        by_row = np.argsort(rows)
        return cls(
            rows[by_row].astype(np.int32),
            points[by_row].astype(np.float32),
            ids[kept][order].astype(np.int32),
            axes[order].astype(np.float32),
            mean.astype(np.float32),
        )

    def point(self, row: int) -> NDArray[np.float32]:
        """Return the point of a film of the catalogue, the origin if it has none."""
        place = int(self.rows.searchsorted(row))
        found = place < len(self.rows) and self.rows[place] == row
        return self.points[place] if found else np.zeros_like(self.mean)

    def place(
        self,
        themes: tuple[NDArray[np.uint32], NDArray[np.float32]],
        genres: tuple[NDArray[np.uint32], NDArray[np.float32]],
    ) -> NDArray[np.float32]:
        """Return the point of a film outside the catalogue, given its vectors of both fields."""
        length = float(np.sqrt(themes[1] @ themes[1]))
        if len(themes[0]) < FEWEST_THEMES or not length:
            return np.zeros_like(self.mean)
        found = self._sum(*genres) + self._sum(themes[0], themes[1] / np.float32(length))
        return np.asarray(_unit((found - self.mean)[None])[0] * np.float32(length))

    def terms_near(
        self, ids: NDArray[np.uint32], point: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the cosines of some terms and a film's point, 0 for terms that have no place."""
        found = np.zeros(len(ids), dtype=np.float32)
        length = float(np.linalg.norm(point))
        if not len(self.terms) or not length:
            return found
        places = np.minimum(self.terms.searchsorted(ids), len(self.terms) - 1)
        known = self.terms[places] == ids
        found[known] = self.axes[places[known]] @ point / np.float32(length)
        return found

    def _sum(self, ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum the points of some terms, weighted; unknown ones have none."""
        if not len(self.terms):
            return np.zeros_like(self.mean)
        places = np.minimum(self.terms.searchsorted(ids), len(self.terms) - 1)
        known = self.terms[places] == ids
        return np.asarray(weights[known] @ self.axes[places[known]])


def _axes(vectors: sp.csr_matrix) -> NDArray[np.float64]:
    """Place terms by the positive pointwise mutual information of their films. Unit rows."""
    from scipy.linalg import eigh  # noqa: PLC0415 - slow to load, for building alone

    has = (vectors > 0).astype(np.float64)
    together = (has.T @ has).toarray()
    films = together.diagonal().copy()
    np.fill_diagonal(together, 0.0)
    expected = np.outer(films, films) / max(vectors.shape[0], 1)
    with np.errstate(divide="ignore"):
        information = np.log(together, where=together > 0, out=np.zeros_like(together))
    information -= np.log(np.maximum(expected, 1e-12)) * (together > 0)
    information = np.maximum(information, 0.0) * together / (together + HALF_FILMS)
    last = len(information) - 1
    values, axes = eigh(information, subset_by_index=(max(last - AXES + 1, 0), last))
    return _unit(axes[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0.0)))


def _normalised(vectors: sp.csr_matrix) -> tuple[sp.csr_matrix, NDArray[np.float64]]:
    """Return rows of norm 1, and the norms that they had."""
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1.0 / np.maximum(lengths, 1e-12)) @ vectors), lengths


def _unit(rows: NDArray[Real]) -> NDArray[Real]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9))
