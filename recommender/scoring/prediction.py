"""How a member may rate a film, with an interval, or nothing where too little is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring.similarity import reference_films, similarities

FEWEST = 5
"""With fewer ratings of the member's own there is not enough to say."""

MOST_FILMS = 32
NEIGHBOUR_PRIOR = 2.0
RATER_PRIOR = 3.0
"""The member's mean counts like so much likeness, the club's like so many ratings."""

EIGHTY_PERCENT = 1.28


@dataclass(frozen=True, slots=True)
class PredictedRating:
    """Half-stars 1..10: the middle, and the ends between which four in five such ratings fall."""

    half_stars: float
    low: float
    high: float


def predict_ratings(
    overlay: Overlay, profile: Profile, film_ids: Sequence[str]
) -> dict[str, PredictedRating]:
    """Predict a member's ratings from their own mean, their like films and the club's opinion.

    The interval comes from predicting each of the member's ratings without itself. Returns nothing
    where too little is known, and nothing of the films themselves is used.
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
    films = reference_films(overlay, chosen)
    alike = similarities(overlay, films)[:, rows].astype(np.float64) ** 2
    stars = np.array(list(chosen.values()), dtype=np.float64)
    beyond = _club_opinion(overlay, rows)
    without_itself = alike[:, :own] * (1 - np.eye(own))
    missed = stars - _expected(without_itself, stars, beyond[:own])
    spread = EIGHTY_PERCENT * float(np.sqrt(np.mean(missed**2)))
    middles = _expected(alike[:, own:], stars, beyond[own:]).tolist()
    return {film_id: _between(m, spread) for film_id, m in zip(wanted, middles, strict=True)}


def predict_rating(overlay: Overlay, profile: Profile, film_id: str) -> PredictedRating | None:
    """Predict a member's rating of one film, or None where too little is known."""
    return predict_ratings(overlay, profile, [film_id]).get(film_id)


def _between(middle: float, spread: float) -> PredictedRating:
    low, half_stars, high = np.clip((middle - spread, middle, middle + spread), 1, 10).tolist()
    return PredictedRating(half_stars, low, high)


def _expected(
    alike: NDArray[np.float64], stars: NDArray[np.float64], beyond: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what is expected of each column's film."""
    mean = stars.mean()
    drawn = ((stars - mean) @ alike) / (alike.sum(axis=0) + NEIGHBOUR_PRIOR)
    return np.asarray(mean + drawn + beyond)


def _club_opinion(overlay: Overlay, rows: list[int]) -> NDArray[np.float64]:
    """Return how far above their own means the club's members rated some films, in half-stars."""
    ratings = overlay.ratings()
    rated = ratings.stars > 0
    means = ratings.stars.sum(axis=1) / np.maximum(rated.sum(axis=1), 1)
    above = np.where(rated, ratings.stars - means[:, None], 0.0).sum(axis=0)
    shrunk: Mapping[int, float] = dict(
        zip(ratings.rows.tolist(), (10 * above / (rated.sum(axis=0) + RATER_PRIOR)), strict=True)
    )
    return np.array([shrunk.get(row, 0.0) for row in rows])
