"""EASE (Steck 2019): a closed-form linear model of which films are liked together.

X holds the gains of raters by films, P = (X' X + lambda I)^-1; the item-item weights are
B = I - P / diag(P). As raters are few, the Woodbury identity gives P with an inverse of raters by
raters only: lambda P = I - X' (lambda I + X X')^-1 X. So it is fitted anew, lazily, when a rating
has changed, and there is no training job.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.ratings.rating_matrix import RatingMatrix

RIDGE = 50.0
"""EASE's lambda."""

ROUNDING = 1e-9
"""Predictions below this are 0: rounding errors of numbers that cancel out."""


@dataclass(frozen=True, slots=True)
class Ease:
    """EASE fitted to one club's ratings and its films' traits.

    `interactions` is X: gains times rater weights, then the traits as further raters, shape
    (n_raters + n_traits, n_rated). `dual` is (lambda I + X X')^-1 X, `diagonal` that of lambda P.
    """

    ratings: RatingMatrix
    interactions: NDArray[np.float64]
    dual: NDArray[np.float64]
    diagonal: NDArray[np.float64]

    @classmethod
    def of(cls, ratings: RatingMatrix, traits: NDArray[np.float64]) -> "Ease":
        """Fit to a club's ratings and the traits of the rated films, shape (n_traits, n_rated)."""
        x = np.concatenate([ratings.rater_weights[:, None] * ratings.gains, traits])
        dual = np.linalg.inv(RIDGE * np.eye(len(x)) + x @ x.T) @ x
        return cls(ratings, x, dual, 1.0 - (x * dual).sum(axis=0))

    def predict(self, gains: Mapping[int, float]) -> NDArray[np.float64]:
        """Score the rated films for a member with these gains by row. Returns shape (n_rated,)."""
        rows, columns = self.ratings.columns(np.array(list(gains), dtype=np.intp))
        own = np.zeros(len(self.ratings.rows))
        own[columns] = [gains[row] for row in rows.tolist()]
        explained = (own @ self.interactions.T) @ self.dual
        found = own - (own - explained) / self.diagonal
        found[np.abs(found) < ROUNDING] = 0.0
        return np.asarray(found)

    def explain(
        self, gains: Mapping[int, float], row: int
    ) -> tuple[list[int], list[float], list[float]]:
        """Return the share of each of a member's films in the prediction of one film.

        As rows, shares through members who liked both films, and shares through others, genres and
        decades: only of the first is it true that those who liked the one liked the other.
        """
        column = self.ratings.column(row)
        if column is None:
            return [], [], []
        rows, columns = self.ratings.columns(np.array(sorted(gains), dtype=np.intp))
        rows, columns = rows[rows != row], columns[rows != row]
        weights = self.dual[:, column] / self.diagonal[column]
        likers = self.ratings.liked[:, column]
        of_likers = self.interactions[: self.ratings.raters][likers][:, columns]
        liked_both = np.where(self.ratings.liked[likers][:, columns], of_likers, 0.0)
        own = np.array([gains[other] for other in rows.tolist()])
        direct = own * (weights[: self.ratings.raters][likers] @ liked_both)
        indirect = own * (weights @ self.interactions[:, columns]) - direct
        return rows.tolist(), direct.tolist(), indirect.tolist()
