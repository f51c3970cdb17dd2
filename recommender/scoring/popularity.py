"""A film's standing whoever asks: how widely it is seen, and what the club thinks of it."""

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay

PRIOR_RATINGS = 3
NEUTRAL = 0.55
"""A club's mean rating (0..1) starts from this many ratings of this height."""


def prior_scores(overlay: Overlay) -> NDArray[np.float64]:
    """Say how widely films are seen: counted where it was, else guessed from the catalogue.

    A film that somebody counted once is taken for one of which nothing is known. Returns shape
    (n_films,), mean 0 and spread about 1.
    """
    popularity, guessed = overlay.popularity(), overlay.popularity_prior().astype(np.float64)
    counted = popularity > 0
    if np.count_nonzero(counted) < 2:
        return guessed
    logs = np.log(popularity, where=counted, out=np.zeros(len(popularity)), dtype=np.float64)
    unit = deviation(logs[counted]) or 1.0
    known = np.where(counted, logs / unit, guessed if counted.mean() < 0.5 else 0.0)
    return np.asarray(known - known.mean())


def club_popularity(overlay: Overlay) -> NDArray[np.float64]:
    """Say how much a club's members watched and liked films, mean 0 and in the ratings' own unit."""
    ratings = overlay.ratings()
    values = ratings.scatter(ratings.popularity(), len(overlay))
    unit = ratings.scale(values)
    values -= values.mean() if len(values) else 0.0
    values /= unit
    return values


def club_opinion(overlay: Overlay) -> NDArray[np.float64]:
    """Return every film's mean rating in the club above neutral, few ratings drawn to 0."""
    ratings = overlay.ratings()
    counts = (ratings.stars > 0).sum(axis=0)
    above = ratings.stars.sum(axis=0) - NEUTRAL * counts
    return ratings.scatter(above / (counts + PRIOR_RATINGS), len(overlay))


def deviation(values: NDArray[np.float64]) -> float:
    """Return the standard deviation, 0 for no values."""
    return float(values.std()) if len(values) else 0.0
