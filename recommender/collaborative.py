"""What a club's ratings say: which films its members like together.

EASE (Steck 2019) learns an item-item matrix B in closed form. With few raters and many films, the
Woodbury identity needs only a raters-by-raters inverse: lambda P = I - X' (lambda I + X X')^-1 X,
and B = I - P / diag(P). No job trains it; it is made anew when a rating changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.profile import gain

RIDGE = 50.0
"""EASE's lambda: how strongly chance agreement is discounted."""

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
    have shape (n_raters, n_rated). `say`, mean 1, is what each rater weighs: `heard` are the gains
    times that, `lengths` the films' lengths under it. `solved` is (lambda I + X X')^-1 X for the heard
    gains X, and `unexplained` the diagonal of lambda P.
    """

    rows: NDArray[np.intp]
    gains: NDArray[np.float64]
    stars: NDArray[np.float64]
    say: NDArray[np.float64]
    heard: NDArray[np.float64]
    lengths: NDArray[np.float64]
    solved: NDArray[np.float64]
    unexplained: NDArray[np.float64]

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
        heard, lengths = say[:, None] * gains, np.sqrt(say @ stars**2)
        solved = np.linalg.inv(RIDGE * np.eye(len(members)) + heard @ heard.T) @ heard
        unexplained = 1.0 - (heard * solved).sum(axis=0)
        return cls(rows, gains, stars, say, heard, lengths, solved, unexplained)

    @property
    def raters(self) -> int:
        """Count the members who rated."""
        return len(self.gains)

    def predict(self, wanted: Mapping[int, float]) -> NDArray[np.float64]:
        """Score the rated films for a member with these gains by row. Returns shape (n_rated,)."""
        own = self._vector(wanted)
        explained = (own @ self.heard.T) @ self.solved
        return np.asarray(own - (own - explained) / self.unexplained)

    def because(self, wanted: Mapping[int, float], row: int) -> Iterator[tuple[int, float]]:
        """Yield what each of a member's films gave to one film's prediction, as (row, value)."""
        place = self.place(row)
        if place is None:
            return
        rated, places = self._rated(np.array(sorted(wanted), dtype=np.intp))
        spoken = self.solved[:, place] / self.unexplained[place]
        told = (spoken @ self.heard[:, places]).tolist()
        for other, value in zip(rated.tolist(), told, strict=True):
            if other != row:
                yield other, wanted[other] * value

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

    def _vector(self, wanted: Mapping[int, float]) -> NDArray[np.float64]:
        own = np.zeros(len(self.rows))
        rated, places = self._rated(np.array(list(wanted), dtype=np.intp))
        own[places] = [wanted[row] for row in rated.tolist()]
        return own

    def _rated(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return those of some rows that somebody rated, and their places."""
        starts = self.rows.searchsorted(rows)
        ends = self.rows.searchsorted(rows, side="right")
        there = ends > starts
        return rows[there], starts[there]
