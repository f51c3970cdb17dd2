"""Popularity and regard of films, the same for all members: anywhere, and in the club."""

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.club.overlay import Overlay

PRIOR_RATINGS = 3
NEUTRAL = 0.55
"""Bayesian mean of a club's ratings (0..1): the number and the height of the prior's ratings."""


def prior_scores(overlay: Overlay) -> NDArray[np.float64]:
    """Return the popularity of films: the log of the catalogue's count, else the estimated prior.

    The least count is taken as unknown: 1 rater in one set says as little as 1,000 votes in another.
    Returns shape (n_films,), mean 0 and deviation about 1.
    """
    popularity = film_facts.popularity(overlay)
    estimated = film_facts.popularity_prior(overlay).astype(np.float64)
    counted = popularity > 0
    if np.count_nonzero(counted) < 2:
        return estimated
    logs = np.log(popularity, where=counted, out=np.zeros(len(popularity)), dtype=np.float64)
    unit = deviation(logs[counted]) or 1.0
    above = (logs - logs[counted].min()) / unit
    known = np.where(counted, above, estimated if counted.mean() < 0.5 else 0.0)
    return np.asarray(known - known.mean())


def regard_scores(overlay: Overlay) -> NDArray[np.float64]:
    """Return how well regarded films are by judgement, in steps above the mean; 0 where unknown."""
    judged = film_facts.regard(overlay)
    known = judged > 0
    mean = judged[known].mean() if known.any() else 0.0
    return np.where(known, judged - mean, 0.0)


def club_popularity(overlay: Overlay) -> NDArray[np.float64]:
    """Return the popularity of films in the club, mean 0, in the rating matrix's scale."""
    ratings = overlay.ratings()
    values = ratings.scatter(ratings.popularity(), len(overlay))
    unit = ratings.scale(values)
    values -= values.mean() if len(values) else 0.0
    values /= unit
    return values


def club_opinion(overlay: Overlay) -> NDArray[np.float64]:
    """Return the Bayesian mean of each film's ratings in the club, above neutral; 0 without any."""
    ratings = overlay.ratings()
    counts = (ratings.stars > 0).sum(axis=0)
    above = ratings.stars.sum(axis=0) - NEUTRAL * counts
    return ratings.scatter(above / (counts + PRIOR_RATINGS), len(overlay))


def deviation(values: NDArray[np.float64]) -> float:
    """Return the standard deviation, 0 of no values."""
    return float(values.std()) if len(values) else 0.0
