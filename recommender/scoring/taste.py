"""What members like: one member's taste, or only the club's favourites."""

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.ratings.collaborative import damped
from recommender.ratings.profile import Profile
from recommender.scoring.popularity import club_opinion, club_popularity, prior_scores, spread
from recommender.scoring.similarity import liked_films, likenesses
from recommender.scoring.terms import NEAREST, AgreementPart, NearestPart, NumberPart, Part

COLUMNS = 65_536
"""So many columns are sorted at a time: they stay in the processor's cache."""

MOST_FILMS = 128
"""So many of a member's films, the best rated first, are compared with every candidate."""

ENOUGH_FILMS = 12
"""Of a member of so many films their own taste weighs half of what it does in the end: of a newcomer
one film is known, and what the club likes tells more."""

WHOLE_WEIGHT = 0.3
AGREEMENT_WEIGHT, AGREEMENT_RATERS = 1.5, 60
POPULARITY_WEIGHT, POPULARITY_RATERS = 0.7, 20
PRIOR_WEIGHT = 0.3
"""What each term weighs against the nearest films of a member well known, in units of its spread over
all films: the club's terms grow with its raters (half at the second number), the catalogue's prior
gives way."""

FAVOURITES_OPINION = 10.0
"""What a mean rating of 1 above neutral weighs where nobody's own taste is known."""


def personal(overlay: Overlay, profile: Profile) -> list[Part]:
    """Score by the nearest of a member's films, by the club's agreement and by popularity."""
    gains = {
        row: weight
        for film_id, weight in profile.gains().items()
        if (row := overlay.number(film_id)) >= 0
    }
    if not gains:
        return []
    known = len(gains) / (len(gains) + ENOUGH_FILMS)
    near = nearest(overlay, gains, known)
    return [near, whole(near, known), *agreement(overlay, gains, known), *standing(overlay)]


def nearest(overlay: Overlay, gains: dict[int, float], known: float) -> NearestPart:
    """Score by the films, among a member's, that are nearest to each candidate."""
    chosen = dict(list(gains.items())[:MOST_FILMS])
    films = liked_films(overlay, chosen)
    weights = np.array(list(chosen.values()), dtype=np.float32)
    each = likenesses(overlay, films)
    each *= weights[:, None]
    raw = _mean_of_best(each).astype(np.float64)
    weight = known / (spread(raw) or 1.0)
    return NearestPart(films, tuple(chosen.values()), each, weight, weight * raw)


def whole(near: NearestPart, known: float) -> NumberPart:
    """Score by all of a member's films: near to one of them, a film may be far from the rest."""
    mean = near.likenesses.mean(axis=0, dtype=np.float64)
    scores = known * WHOLE_WEIGHT * (mean - mean.mean()) / (spread(mean) or 1.0)
    return NumberPart("taste", "like your films as a whole", "unlike most of your films", scores)


def agreement(overlay: Overlay, gains: dict[int, float], known: float) -> list[Part]:
    """Score by what the club's ratings predict."""
    ratings = overlay.ratings()
    if not ratings.raters:
        return []
    ease = overlay.ease()
    predicted = ratings.laid_out(damped(ease.predict(gains)), len(overlay))
    trust = ratings.raters / (ratings.raters + AGREEMENT_RATERS)
    weight = known * AGREEMENT_WEIGHT * trust / ratings.unit(predicted)
    return [AgreementPart(ease, gains, weight * predicted)]


def standing(overlay: Overlay) -> list[Part]:
    """Score by how widely films are seen: in the club, and while it is small, anywhere."""
    raters = overlay.ratings().raters
    club = POPULARITY_WEIGHT * raters / (raters + POPULARITY_RATERS)
    prior = PRIOR_WEIGHT * POPULARITY_RATERS / (raters + POPULARITY_RATERS)
    return [
        NumberPart(
            "club", "watched in the club", "new to the club", club * club_popularity(overlay)
        ),
        NumberPart("popularity", "widely seen", "little seen", prior * prior_scores(overlay)),
    ]


def favourites(overlay: Overlay) -> list[Part]:
    """Score by what the club's members think, without anybody's own taste."""
    opinion = FAVOURITES_OPINION * club_opinion(overlay)
    return [
        NumberPart("club", "rated well in the club", "rated low in the club", opinion),
        *standing(overlay),
    ]


def _mean_of_best(each: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum of every column's `NEAREST` highest values, divided by `NEAREST`."""
    found = np.zeros(each.shape[1], dtype=np.float32)
    for start in range(0, each.shape[1], COLUMNS):
        part = each[:, start : start + COLUMNS]
        best = np.zeros((NEAREST, part.shape[1]), dtype=np.float32)
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
    return found / np.float32(NEAREST)
