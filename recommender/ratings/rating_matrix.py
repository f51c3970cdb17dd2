"""Rating matrix of a club, and the item-item similarities in it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.ratings.profile import gain, is_liked

Key = TypeVar("Key", bound=Hashable)

SHRINKAGE = 2.0
"""Added to the norms in a cosine, so that one shared rater is no proof."""

ACTIVITY_DISCOUNT = 0.25
"""A rater of n films has a weight proportional to 1 / n ** ACTIVITY_DISCOUNT."""

GAINS = np.array([0.0, *map(gain, range(1, 11))])
LIKED = np.array([is_liked(half_stars) for half_stars in range(11)])
"""Gain of 0 (no rating) to 10 half-stars, and whether they mean liked."""

LEAST_RATED_SHARE = 0.05
"""Share of all films that a club is taken to have rated at least."""

DAMPING = 0.75
"""Exponent of similarities and predictions: a few high values would outweigh all else."""


def damped(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Raise absolute values to the power of DAMPING, signs kept."""
    return np.asarray(np.sign(values) * np.abs(values) ** DAMPING)


@dataclass(frozen=True)
class RatingMatrix:
    """Ratings of a club's members by film; everything derived is computed lazily, once.

    `members` and `rows` (intp, shape (n_rated,)), both ascending, are the raters and the rated
    films; `half_stars` int8 of shape (n_raters, n_rated), 0 for no rating.
    """

    members: tuple[str, ...]
    rows: NDArray[np.intp]
    half_stars: NDArray[np.int8]

    @classmethod
    def of(cls, half_stars: Mapping[tuple[str, int], int]) -> "RatingMatrix":
        """Collect ratings by (member, row)."""
        members = sorted({name for name, _ in half_stars})
        rows = sorted({row for _, row in half_stars})
        table = np.zeros((len(members), len(rows)), dtype=np.int8)
        by_name, by_row = _positions(members), _positions(rows)
        cells = [by_name[name] for name, _ in half_stars], [by_row[row] for _, row in half_stars]
        table[cells] = list(half_stars.values())
        return cls(tuple(members), np.array(rows, dtype=np.intp), table)

    def updated(self, given: Mapping[int, Mapping[str, int]]) -> "RatingMatrix":
        """Return the matrix with all ratings of some films replaced, by row and member."""
        members = sorted({*self.members, *chain.from_iterable(given.values())})
        unrated = [row for row in given if self.column(row) is None]
        rows = np.sort(np.concatenate([self.rows, np.array(unrated, dtype=np.intp)]))
        table = np.zeros((len(members), len(rows)), dtype=np.int8)
        by_name = _positions(members)
        kept = np.array([by_name[name] for name in self.members], dtype=np.intp)
        table[np.ix_(kept, rows.searchsorted(self.rows))] = self.half_stars
        for row, ratings in given.items():
            column = table[:, rows.searchsorted(row)]
            column[:] = 0
            column[[by_name[name] for name in ratings]] = list(ratings.values())
        rates, rated = np.logical_or.reduce(table, axis=1), np.logical_or.reduce(table, axis=0)
        # The same memory layout as from `of`, so that sums are equal to their last bit.
        left = table.compress(rates, axis=0).compress(rated, axis=1)
        return RatingMatrix(tuple(compress(members, rates)), rows[rated], left)

    @cached_property
    def gains(self) -> NDArray[np.float64]:
        """The gain of each rating, shape (n_raters, n_rated)."""
        return GAINS[self.half_stars]

    @cached_property
    def liked(self) -> NDArray[np.bool_]:
        """Whether each rating means liked, shape (n_raters, n_rated)."""
        return LIKED[self.half_stars]

    @cached_property
    def stars(self) -> NDArray[np.float64]:
        """The ratings as 0..1, shape (n_raters, n_rated)."""
        return self.half_stars / 10

    @cached_property
    def rater_weights(self) -> NDArray[np.float64]:
        """The weight of each rater, mean 1: less for those who rated many films."""
        weights = np.maximum((self.half_stars > 0).sum(axis=1), 1) ** -ACTIVITY_DISCOUNT
        return np.asarray(weights / (weights.mean() if len(weights) else 1.0))

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """The norm of each film's ratings, raters weighted, shape (n_rated,)."""
        return np.asarray(np.sqrt(self.rater_weights @ self.stars**2))

    @property
    def raters(self) -> int:
        """Number of members who rated."""
        return len(self.members)

    def similarity(self, row: int) -> NDArray[np.float64]:
        """Return the shrunk, damped cosine of a film and all rated ones, 0..1, shape (n_rated,)."""
        column = self.column(row)
        if column is None:
            return np.zeros(len(self.rows))
        together = (self.rater_weights * self.stars[:, column]) @ self.stars
        cosine = together / (self.norms * self.norms[column] + SHRINKAGE)
        return np.asarray(cosine**DAMPING)

    def liked_share(self, column: int, other: int) -> float:
        """Return the share, 0..1, of two films' similarity due to members who liked both.

        Members who liked neither add to the similarity, too.
        """
        both = self.rater_weights * self.stars[:, column] * self.stars[:, other]
        liked = self.liked[:, column] & self.liked[:, other]
        return float(both[liked].sum() / (both.sum() or 1.0))

    def popularity(self) -> NDArray[np.float64]:
        """Return log(1 + sum of all members' gains) of the rated films, shape (n_rated,)."""
        return np.asarray(np.log1p(self.gains.sum(axis=0)))

    def column(self, row: int) -> int | None:
        """Return the column of a film, None if nobody rated it."""
        column = int(np.searchsorted(self.rows, row))
        return column if column < len(self.rows) and self.rows[column] == row else None

    def scatter(self, values: NDArray[np.float64], films: int) -> NDArray[np.float64]:
        """Return values of the rated films as an array over all films, 0 elsewhere."""
        scattered = np.zeros(films)
        scattered[self.rows] = values
        return scattered

    def scale(self, scattered: NDArray[np.float64]) -> float:
        """Return the unit in which scattered values are added to other scores, never 0.

        Their standard deviation, had at least `LEAST_RATED_SHARE` of the films been rated: else a
        single rating in a large catalogue would outweigh everything else.
        """
        if not len(self.rows):
            return 1.0
        rarity = LEAST_RATED_SHARE * len(scattered) / len(self.rows)
        return float(scattered.std()) * max(1.0, rarity**0.5) or 1.0

    def columns(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return those of some rows that somebody rated, and their columns."""
        starts = self.rows.searchsorted(rows)
        ends = self.rows.searchsorted(rows, side="right")
        found = ends > starts
        return rows[found], starts[found]


def _positions(ordered: Sequence[Key]) -> dict[Key, int]:
    return {key: position for position, key in enumerate(ordered)}
