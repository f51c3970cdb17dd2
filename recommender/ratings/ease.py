"""What a member may like, told by which films go together: EASE (Steck 2019), in closed form.

With few raters and many films, the Woodbury identity needs only a raters-by-raters inverse:
lambda P = I - X' (lambda I + X X')^-1 X, and the matrix of films by films is B = I - P / diag(P). No
job trains it; it is solved anew when it is asked for after a rating changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.ratings.rating_matrix import LIKED, RatingMatrix

RIDGE = 50.0
"""EASE's lambda: how strongly chance agreement is discounted."""

ROUNDING = 1e-9
"""A prediction below this is none: what is left of numbers that cancel out."""


@dataclass(frozen=True, slots=True)
class Ease:
    """The closed form's parts for one club.

    `heard` is X: the ratings' gains times what their raters weigh, then what would-be raters say,
    shape (n_raters + n_traits, n_rated). `solved` is (lambda I + X X')^-1 X, and `unexplained` the
    diagonal of lambda P.
    """

    ratings: RatingMatrix
    interactions: NDArray[np.float64]
    dual: NDArray[np.float64]
    diagonal: NDArray[np.float64]

    @classmethod
    def of(cls, ratings: RatingMatrix, traits: NDArray[np.float64]) -> "Ease":
        """Solve for a club's ratings, and traits of the rated films, shape (n_traits, n_rated)."""
        heard = np.concatenate([ratings.rater_weights[:, None] * ratings.gains, traits])
        solved = np.linalg.inv(RIDGE * np.eye(len(heard)) + heard @ heard.T) @ heard
        return cls(ratings, heard, solved, 1.0 - (heard * solved).sum(axis=0))

    def predict(self, wanted: Mapping[int, float]) -> NDArray[np.float64]:
        """Score the rated films for a member with these gains by row. Returns shape (n_rated,)."""
        rated, places = self.ratings.rated(np.array(list(wanted), dtype=np.intp))
        own = np.zeros(len(self.ratings.rows))
        own[places] = [wanted[row] for row in rated.tolist()]
        explained = (own @ self.interactions.T) @ self.dual
        found = own - (own - explained) / self.diagonal
        found[np.abs(found) < ROUNDING] = 0.0
        return np.asarray(found)

    def explain(self, wanted: Mapping[int, float], row: int) -> Iterator[tuple[int, float, float]]:
        """Yield what each of a member's films gave to one film's prediction.

        As (row, through members who liked both films, in roundabout ways): only of the first may be
        said that those who liked the one liked the other.
        """
        place = self.ratings.place(row)
        if place is None:
            return
        rated, places = self.ratings.rated(np.array(sorted(wanted), dtype=np.intp))
        spoken = self.dual[:, place] / self.diagonal[place]
        likers = self.ratings.gains[:, place] >= LIKED
        liked = self.interactions[: self.ratings.raters][likers][:, places]
        liked = np.where(self.ratings.gains[likers][:, places] >= LIKED, liked, 0.0)
        members = spoken[: self.ratings.raters][likers] @ liked
        others = spoken @ self.interactions[:, places] - members
        for other, direct, rest in zip(
            rated.tolist(), members.tolist(), others.tolist(), strict=True
        ):
            if other != row:
                yield other, wanted[other] * direct, wanted[other] * rest
