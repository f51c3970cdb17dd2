"""Predicted ratings with intervals: item-based kNN on top of the member's mean."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring.reference_postings import similarity_matrix

FEWEST = 5
"""Ratings of the member below which nothing is predicted."""

MOST_FILMS = 32
NEIGHBOUR_PRIOR = 2.0
RATER_PRIOR = 3.0
"""Shrinkage to the member's mean, in summed similarity, and to the club's neutral, in ratings."""

EIGHTY_PERCENT, SMALL_SAMPLE = 1.2816, 0.74
"""Standard deviations of a normal distribution, on either side, that hold 80 %; and by how much more,
over their number, few errors need (Student's distribution)."""

USUAL_ERROR, USUAL_WEIGHT = 1.8, 4.0
"""Usual error in half-stars, and the ratings that it counts as: a few lucky guesses promise nothing."""

NARROW = 1.75
"""Half-stars on either side up to which an interval says something: at most two stars."""


@dataclass(frozen=True, slots=True)
class PredictedRating:
    """Predicted rating in half-stars 1..10, with the ends of its 80 % interval.

    `reach` is half of the interval's width before it is cut at the ends of the scale.
    """

    half_stars: float
    low: float
    high: float
    reach: float

    @property
    def is_narrow(self) -> bool:
        """Tell whether the interval is narrow enough to say something."""
        return self.reach <= NARROW


def predict_ratings(
    overlay: Overlay, profile: Profile, film_ids: Sequence[str]
) -> dict[str, PredictedRating]:
    """Predict a member's ratings of some films, by film id; empty if too little is known.

    From the member's mean, their ratings of similar films and the club's opinion. The member's own
    ratings of these films are ignored. Intervals come from leave-one-out errors on the member's
    other ratings.
    """
    wanted = {film_id: row for film_id in film_ids if (row := overlay.row_of(film_id)) >= 0}
    known = {
        rated: stars
        for other, stars in sorted(profile.ratings.items())
        if other not in wanted and (rated := overlay.row_of(other)) >= 0
    }
    if not wanted or len(known) < FEWEST:
        return {}
    chosen = dict(list(known.items())[:MOST_FILMS])
    rows, own = [*chosen, *wanted.values()], len(chosen)
    similarity = similarity_matrix(overlay, list(chosen), rows) ** 2
    stars = np.array(list(chosen.values()), dtype=np.float64)
    opinion = _club_opinion(overlay, rows)
    without_itself = similarity[:, :own] * (1 - np.eye(own))
    errors = stars - _expected(without_itself, stars, opinion[:own])
    squares = float((errors**2).sum()) + USUAL_WEIGHT * USUAL_ERROR**2
    deviation = math.sqrt(squares / (own + USUAL_WEIGHT))
    reach = EIGHTY_PERCENT * (1 + SMALL_SAMPLE / (own - 1)) * deviation
    expected = _expected(similarity[:, own:], stars, opinion[own:]).tolist()
    return {film_id: _rating(each, reach) for film_id, each in zip(wanted, expected, strict=True)}


def _rating(expected: float, reach: float) -> PredictedRating:
    ends = (expected - reach, expected, expected + reach)
    low, half_stars, high = np.clip(ends, 1, 10).tolist()
    return PredictedRating(half_stars, low, high, reach)


def _expected(
    similarity: NDArray[np.float64], stars: NDArray[np.float64], opinion: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the expected rating of each column's film."""
    mean = stars.mean()
    by_neighbours = ((stars - mean) @ similarity) / (similarity.sum(axis=0) + NEIGHBOUR_PRIOR)
    return np.asarray(mean + by_neighbours + opinion)


def _club_opinion(overlay: Overlay, rows: list[int]) -> NDArray[np.float64]:
    """Return the mean rating of some films above the raters' own means, shrunk, in half-stars."""
    ratings = overlay.ratings()
    rated = ratings.stars > 0
    means = ratings.stars.sum(axis=1) / np.maximum(rated.sum(axis=1), 1)
    above = np.where(rated, ratings.stars - means[:, None], 0.0).sum(axis=0)
    shrunk: Mapping[int, float] = dict(
        zip(ratings.rows.tolist(), (10 * above / (rated.sum(axis=0) + RATER_PRIOR)), strict=True)
    )
    return np.array([shrunk.get(row, 0.0) for row in rows])
