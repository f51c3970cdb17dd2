"""What a club's ratings say: which films its members like together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.profile import gain

SHRINKAGE = 2.0
"""Added to the lengths in a cosine, so that one shared rater is no proof."""

TALK = 0.25
"""A member who rated 16 times as many films weighs 1 / 16 ** TALK, so half as much."""

DAMPING = 0.75
"""Agreement is raised to this power: the little of it that is high would drown all other terms."""


def damped(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Make high values less high, signs kept."""
    return np.asarray(np.sign(values) * np.abs(values) ** DAMPING)


@dataclass(frozen=True, slots=True)
class Ratings:
    """A club's ratings as numbers.

    `rows` holds the rated films' rows, ascending, shape (n_rated,); `gains` and `stars` (0..1)
    have shape (n_raters, n_rated). `say`, mean 1, is what each rater weighs, and `lengths` are the
    films' lengths under it.
    """

    rows: NDArray[np.intp]
    gains: NDArray[np.float64]
    stars: NDArray[np.float64]
    say: NDArray[np.float64]
    lengths: NDArray[np.float64]

    @classmethod
    def of(cls, half_stars: Mapping[tuple[str, int], int]) -> "Ratings":
        """Collect ratings by (member, row)."""
        members = {name: i for i, name in enumerate(sorted({name for name, _ in half_stars}))}
        films = {row: i for i, row in enumerate(sorted({row for _, row in half_stars}))}
        rows = np.array(list(films), dtype=np.intp)
        gains, stars = np.zeros((2, len(members), len(rows)))
        given = list(half_stars.values())
        places = [members[name] for name, _ in half_stars], [films[row] for _, row in half_stars]
        gains[places], stars[places] = [gain(value) for value in given], np.array(given) / 10
        say = np.maximum((stars > 0).sum(axis=1), 1) ** -TALK
        say /= say.mean() if len(say) else 1.0
        return cls(rows, gains, stars, say, np.sqrt(say @ stars**2))

    @property
    def raters(self) -> int:
        """Count the members who rated."""
        return len(self.gains)

    def alike(self, row: int) -> NDArray[np.float64]:
        """Return the shrunk, damped cosine of every rated film to one, 0..1, shape (n_rated,)."""
        place = self.place(row)
        if place is None:
            return np.zeros(len(self.rows))
        together = (self.say * self.stars[:, place]) @ self.stars
        return np.asarray((together / (self.lengths * self.lengths[place] + SHRINKAGE)) ** DAMPING)

    def popularity(self) -> NDArray[np.float64]:
        """Return log(1 + all members' gains) of the rated films, shape (n_rated,)."""
        return np.asarray(np.log1p(self.gains.sum(axis=0)))

    def place(self, row: int) -> int | None:
        """Return where a film stands among the rated ones, None if nobody rated it."""
        place = int(np.searchsorted(self.rows, row))
        return place if place < len(self.rows) and self.rows[place] == row else None

    def spread(self, values: NDArray[np.float64], films: int) -> NDArray[np.float64]:
        """Lay values of the rated films out over all films, 0 elsewhere."""
        laid_out = np.zeros(films)
        laid_out[self.rows] = values
        return laid_out

    def rated(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return those of some rows that somebody rated, and their places."""
        starts = self.rows.searchsorted(rows)
        ends = self.rows.searchsorted(rows, side="right")
        there = ends > starts
        return rows[there], starts[there]
