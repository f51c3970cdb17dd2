"""Score terms of a member's taste, and of the club's favourites."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.ratings.rating_matrix import damped
from recommender.scoring.popularity import club_opinion, club_popularity, deviation, prior_scores
from recommender.scoring.score_terms import (
    NEIGHBOURS,
    EaseTerm,
    LabelledTerm,
    NeighboursTerm,
    ScoreTerm,
)
from recommender.scoring.similarity import reference_films, similarities

COLUMNS = 65_536
"""Columns that are sorted at a time: they stay in the processor's cache."""

MOST_FILMS = 128
"""Films of a member, the best rated first, that are compared with every candidate."""

HALF_TASTE_FILMS = 12
"""Known films of a member at which their taste has half of its full weight: for newcomers the
club's popularity counts more."""

MEAN_WEIGHT = 0.3
EASE_WEIGHT, EASE_RATERS = 1.5, 60
POPULARITY_WEIGHT, POPULARITY_RATERS = 0.7, 20
PRIOR_WEIGHT = 0.3
"""Weights against the nearest films of a well-known member, each term in units of its deviation
over all films. The club's terms grow with its raters (half at the second number), while the prior's
shrinks."""

OPINION_WEIGHT = 10.0
"""Weight of a mean rating of 1 above neutral if no taste is known."""


def personal(overlay: Overlay, profile: Profile) -> list[ScoreTerm]:
    """Return the terms of a member's taste: nearest films, whole profile, EASE and popularity."""
    gains = {
        row: weight
        for film_id, weight in profile.gains().items()
        if (row := overlay.row_of(film_id)) >= 0
    }
    if not gains:
        return []
    known = len(gains) / (len(gains) + HALF_TASTE_FILMS)
    near = neighbours(overlay, gains, known)
    return [
        near,
        profile_mean(near, known),
        *ease(overlay, gains, known),
        *popularity(overlay),
    ]


def neighbours(overlay: Overlay, gains: Mapping[int, float], known: float) -> NeighboursTerm:
    """Score by the member's films that are nearest to each candidate (item-based kNN)."""
    chosen = dict(list(gains.items())[:MOST_FILMS])
    films = reference_films(overlay, chosen)
    weights = np.array(list(chosen.values()), dtype=np.float32)
    each = similarities(overlay, films)
    each *= weights[:, None]
    raw = _mean_of_best(each).astype(np.float64)
    weight = known / (deviation(raw) or 1.0)
    return NeighboursTerm(films, tuple(chosen.values()), each, weight, weight * raw)


def profile_mean(near: NeighboursTerm, known: float) -> LabelledTerm:
    """Score by all of a member's films: near to one of them, a film may be far from the others."""
    mean = near.similarities.mean(axis=0, dtype=np.float64)
    scores = known * MEAN_WEIGHT * (mean - mean.mean()) / (deviation(mean) or 1.0)
    return LabelledTerm("taste", "like your films as a whole", "unlike most of your films", scores)


def ease(overlay: Overlay, gains: Mapping[int, float], known: float) -> list[ScoreTerm]:
    """Score by the prediction of EASE from the club's ratings."""
    ratings = overlay.ratings()
    if not ratings.raters:
        return []
    model = overlay.ease()
    predicted = ratings.scatter(damped(model.predict(gains)), len(overlay))
    trust = ratings.raters / (ratings.raters + EASE_RATERS)
    weight = known * EASE_WEIGHT * trust / ratings.scale(predicted)
    return [EaseTerm(model, gains, weight * predicted)]


def popularity(overlay: Overlay) -> list[ScoreTerm]:
    """Score by popularity in the club, and by the prior while the club is small."""
    raters = overlay.ratings().raters
    club = POPULARITY_WEIGHT * raters / (raters + POPULARITY_RATERS)
    prior = PRIOR_WEIGHT * POPULARITY_RATERS / (raters + POPULARITY_RATERS)
    return [
        LabelledTerm(
            "club", "watched in the club", "new to the club", club * club_popularity(overlay)
        ),
        LabelledTerm("popularity", "widely seen", "little seen", prior * prior_scores(overlay)),
    ]


def favourites(overlay: Overlay) -> list[ScoreTerm]:
    """Score by the club's mean ratings and popularity, without any member's taste."""
    opinion = OPINION_WEIGHT * club_opinion(overlay)
    return [
        LabelledTerm("club", "rated well in the club", "rated low in the club", opinion),
        *popularity(overlay),
    ]


def _mean_of_best(each: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum of each column's `NEIGHBOURS` highest positive values, over `NEIGHBOURS`."""
    found = np.zeros(each.shape[1], dtype=np.float32)
    for start in range(0, each.shape[1], COLUMNS):
        part = each[:, start : start + COLUMNS]
        best = np.zeros((NEIGHBOURS, part.shape[1]), dtype=np.float32)
        highest, *between, lowest = best
        spare, other = np.empty((2, part.shape[1]), dtype=np.float32)
        for values in part:
            # Insertion sort: a value less than a kept one is passed on to the next.
            np.minimum(highest, values, out=spare)
            np.maximum(highest, values, out=highest)
            for kept in between:
                np.minimum(kept, spare, out=other)
                np.maximum(kept, spare, out=kept)
                spare, other = other, spare
            np.maximum(lowest, spare, out=lowest)
        found[start : start + COLUMNS] = best.sum(axis=0)
    return found / np.float32(NEIGHBOURS)
