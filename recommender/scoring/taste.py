"""What members like: one member's taste, or only the club's favourites."""

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
"""So many columns are sorted at a time: they stay in the processor's cache."""

MOST_FILMS = 128
"""So many of a member's films, the best rated first, are compared with every candidate."""

ENOUGH_FILMS = 12
"""Of a member of so many films their own taste weighs half of what it does in the end: of a newcomer
one film is known, and what the club likes tells more."""

MEAN_WEIGHT = 0.3
EASE_WEIGHT, EASE_RATERS = 1.5, 60
POPULARITY_WEIGHT, POPULARITY_RATERS = 0.7, 20
PRIOR_WEIGHT = 0.3
"""What each term weighs against the nearest films of a member well known, in units of its spread over
all films: the club's terms grow with its raters (half at the second number), the catalogue's prior
gives way."""

OPINION_WEIGHT = 10.0
"""What a mean rating of 1 above neutral weighs where nobody's own taste is known."""


def personal(overlay: Overlay, profile: Profile) -> list[ScoreTerm]:
    """Score by the nearest of a member's films, by the club's agreement and by popularity."""
    gains = {
        row: weight
        for film_id, weight in profile.gains().items()
        if (row := overlay.row_of(film_id)) >= 0
    }
    if not gains:
        return []
    known = len(gains) / (len(gains) + ENOUGH_FILMS)
    near = neighbours(overlay, gains, known)
    return [
        near,
        profile_mean(near, known),
        *predicted(overlay, gains, known),
        *popularity(overlay),
    ]


def neighbours(overlay: Overlay, gains: dict[int, float], known: float) -> NeighboursTerm:
    """Score by the films, among a member's, that are nearest to each candidate."""
    chosen = dict(list(gains.items())[:MOST_FILMS])
    films = reference_films(overlay, chosen)
    weights = np.array(list(chosen.values()), dtype=np.float32)
    each = similarities(overlay, films)
    each *= weights[:, None]
    raw = _mean_of_best(each).astype(np.float64)
    weight = known / (deviation(raw) or 1.0)
    return NeighboursTerm(films, tuple(chosen.values()), each, weight, weight * raw)


def profile_mean(near: NeighboursTerm, known: float) -> LabelledTerm:
    """Score by all of a member's films: near to one of them, a film may be far from the rest."""
    mean = near.similarities.mean(axis=0, dtype=np.float64)
    scores = known * MEAN_WEIGHT * (mean - mean.mean()) / (deviation(mean) or 1.0)
    return LabelledTerm("taste", "like your films as a whole", "unlike most of your films", scores)


def predicted(overlay: Overlay, gains: dict[int, float], known: float) -> list[ScoreTerm]:
    """Score by what the club's ratings predict."""
    ratings = overlay.ratings()
    if not ratings.raters:
        return []
    ease = overlay.ease()
    predicted = ratings.scatter(damped(ease.predict(gains)), len(overlay))
    trust = ratings.raters / (ratings.raters + EASE_RATERS)
    weight = known * EASE_WEIGHT * trust / ratings.scale(predicted)
    return [EaseTerm(ease, gains, weight * predicted)]


def popularity(overlay: Overlay) -> list[ScoreTerm]:
    """Score by how widely films are seen: in the club, and while it is small, anywhere."""
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
    """Score by what the club's members think, without anybody's own taste."""
    opinion = OPINION_WEIGHT * club_opinion(overlay)
    return [
        LabelledTerm("club", "rated well in the club", "rated low in the club", opinion),
        *popularity(overlay),
    ]


def _mean_of_best(each: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum of every column's `NEAREST` highest values, divided by `NEAREST`."""
    found = np.zeros(each.shape[1], dtype=np.float32)
    for start in range(0, each.shape[1], COLUMNS):
        part = each[:, start : start + COLUMNS]
        best = np.zeros((NEIGHBOURS, part.shape[1]), dtype=np.float32)
        highest, *between, lowest = best
        spare, other = np.empty((2, part.shape[1]), dtype=np.float32)
        for values in part:
            # What is less than a kept value falls on to the next: the kept ones stay sorted.
            np.minimum(highest, values, out=spare)
            np.maximum(highest, values, out=highest)
            for kept in between:
                np.minimum(kept, spare, out=other)
                np.maximum(kept, spare, out=kept)
                spare, other = other, spare
            np.maximum(lowest, spare, out=lowest)
        found[start : start + COLUMNS] = best.sum(axis=0)
    return found / np.float32(NEIGHBOURS)
