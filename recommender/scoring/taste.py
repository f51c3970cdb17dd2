"""Score terms of a member's taste, and of the club's favourites."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import SEEN_GAIN, Profile, is_liked
from recommender.ratings.rating_matrix import damped
from recommender.scoring.popularity import (
    club_opinion,
    club_popularity,
    deviation,
    prior_scores,
    regard_scores,
)
from recommender.scoring.reference_postings import ReferencePostings, similarity_matrix
from recommender.scoring.score_terms import (
    NEIGHBOURS,
    EaseTerm,
    LabelledTerm,
    NeighboursTerm,
    RegressionTerm,
    ScoreTerm,
    WeightedTerm,
    sharpened,
)
from recommender.scoring.similarity import reference_films, similarities

COLUMNS = 65_536
"""Columns that are sorted at a time: they stay in the processor's cache."""

MOST_FILMS = 128
"""Films of a member, the best rated first, that are compared with every candidate."""

ENOUGH = 20
"""Films with three stars or more beside which what a member minded is no neighbour worth the search."""

HALF_TASTE_FILMS = 12
"""Known films of a member at which their taste has half of its full weight: for newcomers the
club's popularity counts more."""

MEAN_WEIGHT = 0.3
EASE_WEIGHT, EASE_RATERS = 1.5, 60
POPULARITY_WEIGHT, POPULARITY_RATERS = 0.7, 20
PRIOR_WEIGHT = 0.3
REGARD_WEIGHT = 0.3
"""Weights against the nearest films of a well-known member, each term in units of its deviation
over all films. The club's terms grow with its raters (half at the second number), while the prior's
shrinks. The last is that of a step of regard; as much again is added as far as the member's taste is
known, since more films are then of what they like."""

OWN_RATERS = 60
"""Raters at which half of the club's popularity is left out where the themes of a member's films tell
most: their own taste comes first, until many have rated."""

CHANCE_RATERS = 12
"""Raters below whom, where the themes of a member's films tell, what they rate together is more chance than
taste: with r of them EASE counts r² / (r² + 12²)."""

RIDGE, NEUTRAL_HALF_STARS = 3.0, 5.0
THEMED_WEIGHT = 0.7
"""Regression of ratings: regulariser, in units of the kernel, and the rating that tells nothing;
and its weight where themes tell most."""

NEVER_AGAIN, NEAREST_REFUSED = 3, 10
"""Half-stars up to which a member wants nothing like a film again, and the films that are most like it."""

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
    films = reference_films(overlay, list(gains)[:MOST_FILMS])
    told = float(np.mean([film.told for film in films]))
    if told and not profile.ratings:
        return []  # where themes tell, films are regressed on ratings: seen ones alone say nothing
    liked = [film for film in films if gains[film.row] > SEEN_GAIN]
    if not told and len(liked) >= ENOUGH:
        films = tuple(liked)
    own = told * OWN_RATERS / (overlay.ratings().raters + OWN_RATERS)
    postings, each = ReferencePostings.of(films), similarities(overlay, films)
    plain, terms = known * (1 - told), list[ScoreTerm]()
    if told:
        half_stars = [profile.ratings.get(film.film_id, 0) for film in films]
        terms = [regression(postings, half_stars, each, THEMED_WEIGHT * known * told)]
    if plain:
        near = neighbours(postings, [gains[film.row] for film in films], each, plain)
        terms += [near, profile_mean(near.gains, each, plain)]
    terms += ease(overlay, gains, known * (1 - told * (1 - _beyond_chance(overlay))))
    terms += [WeightedTerm(term, 1 - own) for term in popularity(overlay)]
    return [*terms, WeightedTerm(regard(overlay), 1 + known)]


def refused(overlay: Overlay, profile: Profile) -> NDArray[np.intp]:
    """Return the rows of the films nearest to those that a member wants never again.

    These are rated a star and a half at most, or marked so. A film that is nearer to one that the
    member likes is not refused.
    """
    low = {film for film, half_stars in profile.ratings.items() if half_stars <= NEVER_AGAIN}
    bad = [row for film in sorted(low | profile.never) if (row := overlay.row_of(film)) >= 0]
    if not bad:
        return np.zeros(0, dtype=np.intp)
    good = [
        row
        for film, half_stars in sorted(profile.ratings.items())
        if is_liked(half_stars) and (row := overlay.row_of(film)) >= 0
    ]
    away = similarities(overlay, reference_films(overlay, bad[:MOST_FILMS]))
    away[np.arange(len(away)), bad[:MOST_FILMS]] = -np.inf
    most = min(NEAREST_REFUSED, away.shape[1])
    nearest = np.argpartition(-away, most - 1, axis=1)[:, :most]
    found = np.unique(nearest)
    if not good:
        return found
    near = similarity_matrix(overlay, good[:MOST_FILMS], found.tolist())
    return np.asarray(found[away[:, found].max(axis=0) > near.max(axis=0)])


def regression(
    postings: ReferencePostings,
    half_stars: Sequence[int],
    each: NDArray[np.float32],
    weight: float,
) -> RegressionTerm:
    """Score by kernel ridge regression of the member's ratings, films alike by their similarity.

    What the member loved adds, what they minded is taken off, and of films that are alike each
    counts the less. Films without a rating are neutral.
    """
    kernel = sharpened(each[:, [film.row for film in postings.films]]).astype(np.float64)
    kernel = (kernel + kernel.T) / 2 + RIDGE * np.eye(len(kernel))
    given = np.array(half_stars, dtype=np.float64)
    above = np.where(given > 0, given - NEUTRAL_HALF_STARS, 0.0)
    found = np.asarray(np.linalg.solve(kernel, above), dtype=np.float64)
    raw = np.asarray(found.astype(np.float32) @ sharpened(each), dtype=np.float64)
    factor = weight / (deviation(raw) or 1.0)
    mean = raw.mean()
    return RegressionTerm(postings, factor * found, factor * (raw - mean))


def neighbours(
    postings: ReferencePostings,
    gains: Sequence[float],
    each: NDArray[np.float32],
    known: float,
) -> NeighboursTerm:
    """Score by the member's films that are nearest to each candidate (item-based kNN)."""
    raw = _mean_of_best(each, gains).astype(np.float64)
    weight = known / (deviation(raw) or 1.0)
    return NeighboursTerm(postings, tuple(gains), weight, weight * raw)


def profile_mean(gains: Sequence[float], each: NDArray[np.float32], known: float) -> LabelledTerm:
    """Score by all of a member's films: near to one of them, a film may be far from the others."""
    shares = np.array(gains, dtype=np.float32) / np.float32(len(gains))
    mean = (shares @ each).astype(np.float64)
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


def _beyond_chance(overlay: Overlay) -> float:
    """Return how far ratings of the club's few members together tell more than chance, 0 to 1."""
    squared = overlay.ratings().raters ** 2
    return squared / (squared + CHANCE_RATERS**2)


class ClubTerms(NamedTuple):
    """Terms that are the same for all members."""

    popularity: ScoreTerm
    prior: ScoreTerm
    regard: ScoreTerm

    @property
    def nbytes(self) -> int:
        """Bytes of their scores."""
        return sum(term.scores.nbytes for term in self)


def popularity(overlay: Overlay) -> list[ScoreTerm]:
    """Score by popularity in the club, and by the prior while the club is small."""
    terms = _club_terms(overlay)
    return [terms.popularity, terms.prior]


def regard(overlay: Overlay) -> ScoreTerm:
    """Score by how well regarded films are: of two that a member may like as well, the better one."""
    return _club_terms(overlay).regard


def _club_terms(overlay: Overlay) -> ClubTerms:
    def compute() -> ClubTerms:
        raters = overlay.ratings().raters
        club = POPULARITY_WEIGHT * raters / (raters + POPULARITY_RATERS)
        prior = PRIOR_WEIGHT * POPULARITY_RATERS / (raters + POPULARITY_RATERS)
        by_club, by_prior = club * club_popularity(overlay), prior * prior_scores(overlay)
        by_regard = REGARD_WEIGHT * regard_scores(overlay)
        return ClubTerms(
            LabelledTerm("club", "watched in the club", "new to the club", by_club),
            LabelledTerm("popularity", "widely seen", "little seen", by_prior),
            LabelledTerm("regard", "well regarded", "less well regarded", by_regard),
        )

    return overlay.cached_whole("club", compute)


def favourites(overlay: Overlay) -> list[ScoreTerm]:
    """Score by the club's mean ratings and popularity, without any member's taste."""
    opinion = OPINION_WEIGHT * club_opinion(overlay)
    return [
        LabelledTerm("club", "rated well in the club", "rated low in the club", opinion),
        *popularity(overlay),
        regard(overlay),
    ]


def _mean_of_best(each: NDArray[np.float32], gains: Sequence[float]) -> NDArray[np.float32]:
    """Return the sum of each column's `NEIGHBOURS` highest positive values, over `NEIGHBOURS`.

    A row's values count times its gain.
    """
    found = np.zeros(each.shape[1], dtype=np.float32)
    for start in range(0, each.shape[1], COLUMNS):
        part = each[:, start : start + COLUMNS]
        best = np.zeros((NEIGHBOURS, part.shape[1]), dtype=np.float32)
        highest, *between, lowest = best
        spare, other, gained = np.empty((3, part.shape[1]), dtype=np.float32)
        for row, factor in zip(part, gains, strict=True):
            values = row if factor == 1 else np.multiply(row, np.float32(factor), out=gained)
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
