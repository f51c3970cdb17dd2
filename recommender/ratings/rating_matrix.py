"""What a club's ratings say: which films its members like together."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.ratings.profile import gain

Key = TypeVar("Key", bound=Hashable)

LIKED = 1.0
"""A member with this gain of a film liked it."""

SHRINKAGE = 2.0
"""Added to the lengths in a cosine, so that one shared rater is no proof."""

ACTIVITY_DISCOUNT = 0.25
"""A member who rated 16 times as many films weighs 1 / 16 ** TALK, so half as much."""

GAINS = np.array([0.0, *map(gain, range(1, 11))])
"""What 0 (no rating) to 10 half-stars say."""

LEAST_RATED_SHARE = 0.05
"""Of so many of all films a club is taken to have rated some at least."""

DAMPING = 0.75
"""Agreement is raised to this power: the little of it that is high would drown all other terms."""


def damped(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Make high values less high, signs kept."""
    return np.asarray(np.sign(values) * np.abs(values) ** DAMPING)


@dataclass(frozen=True)
class RatingMatrix:
    """A club's ratings as numbers: everything else follows, and is counted when first asked for.

    `members` and `rows` (intp, shape (n_rated,)), both ascending, are those who rated and the films
    they rated; `half_stars` int8 of shape (n_raters, n_rated), 0 for no rating.
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
        by_name, by_row = _places(members), _places(rows)
        places = [by_name[name] for name, _ in half_stars], [by_row[row] for _, row in half_stars]
        table[places] = list(half_stars.values())
        return cls(tuple(members), np.array(rows, dtype=np.intp), table)

    def changed(self, given: Mapping[int, Mapping[str, int]]) -> "RatingMatrix":
        """Return these ratings with all of some films' replaced, by row and member."""
        members = sorted({*self.members, *chain.from_iterable(given.values())})
        unrated = [row for row in given if self.place(row) is None]
        rows = np.sort(np.concatenate([self.rows, np.array(unrated, dtype=np.intp)]))
        table = np.zeros((len(members), len(rows)), dtype=np.int8)
        by_name = _places(members)
        stayed = np.array([by_name[name] for name in self.members], dtype=np.intp)
        table[np.ix_(stayed, rows.searchsorted(self.rows))] = self.half_stars
        for row, opinions in given.items():
            column = table[:, rows.searchsorted(row)]
            column[:] = 0
            column[[by_name[name] for name in opinions]] = list(opinions.values())
        rates, rated = np.logical_or.reduce(table, axis=1), np.logical_or.reduce(table, axis=0)
        # Laid out in memory as in `of`, so that sums are the same to their last bit.
        left = table.compress(rates, axis=0).compress(rated, axis=1)
        return RatingMatrix(tuple(compress(members, rates)), rows[rated], left)

    @cached_property
    def gains(self) -> NDArray[np.float64]:
        """What each rating says, shape (n_raters, n_rated)."""
        return GAINS[self.half_stars]

    @cached_property
    def stars(self) -> NDArray[np.float64]:
        """The ratings as 0..1, shape (n_raters, n_rated)."""
        return self.half_stars / 10

    @cached_property
    def rater_weights(self) -> NDArray[np.float64]:
        """What each rater weighs, mean 1."""
        say = np.maximum((self.half_stars > 0).sum(axis=1), 1) ** -ACTIVITY_DISCOUNT
        return np.asarray(say / (say.mean() if len(say) else 1.0))

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """The films' lengths, raters weighed, shape (n_rated,)."""
        return np.asarray(np.sqrt(self.rater_weights @ self.stars**2))

    @property
    def raters(self) -> int:
        """Count the members who rated."""
        return len(self.members)

    def similarity(self, row: int) -> NDArray[np.float64]:
        """Return the shrunk, damped cosine of every rated film to one, 0..1, shape (n_rated,)."""
        place = self.place(row)
        if place is None:
            return np.zeros(len(self.rows))
        together = (self.rater_weights * self.stars[:, place]) @ self.stars
        return np.asarray((together / (self.norms * self.norms[place] + SHRINKAGE)) ** DAMPING)

    def liked_share(self, place: int, other: int) -> float:
        """Return what share of two films' likeness comes from members who liked both, 0..1.

        The films are given by their places. Those who liked neither rate them together, too.
        """
        both = self.rater_weights * self.stars[:, place] * self.stars[:, other]
        liked = (self.gains[:, place] >= LIKED) & (self.gains[:, other] >= LIKED)
        return float(both[liked].sum() / (both.sum() or 1.0))

    def popularity(self) -> NDArray[np.float64]:
        """Return log(1 + all members' gains) of the rated films, shape (n_rated,)."""
        return np.asarray(np.log1p(self.gains.sum(axis=0)))

    def place(self, row: int) -> int | None:
        """Return where a film stands among the rated ones, None if nobody rated it."""
        place = int(np.searchsorted(self.rows, row))
        return place if place < len(self.rows) and self.rows[place] == row else None

    def scatter(self, values: NDArray[np.float64], films: int) -> NDArray[np.float64]:
        """Lay values of the rated films out over all films, 0 elsewhere."""
        everywhere = np.zeros(films)
        everywhere[self.rows] = values
        return everywhere

    def scale(self, laid_out: NDArray[np.float64]) -> float:
        """Return the unit in which values laid out over all films are added to other scores, never 0.

        It is their spread, had at least `FEWEST_RATED` of the films been rated: else one rating on a
        large shelf would stand out more than anything else that is known of a film.
        """
        if not len(self.rows):
            return 1.0
        rarity = LEAST_RATED_SHARE * len(laid_out) / len(self.rows)
        return float(laid_out.std()) * max(1.0, rarity**0.5) or 1.0

    def rated(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return those of some rows that somebody rated, and their places."""
        starts = self.rows.searchsorted(rows)
        ends = self.rows.searchsorted(rows, side="right")
        there = ends > starts
        return rows[there], starts[there]


def _places(ordered: Sequence[Key]) -> dict[Key, int]:
    return {key: place for place, key in enumerate(ordered)}
