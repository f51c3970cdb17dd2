"""How often a club's own picks would have hit: each loved film hidden once, then sought for."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation import Estimate, proportion, sign_test
from recommender.index.overlay import Overlay
from recommender.index.review_store import PackedReview
from recommender.ratings.profile import Profile
from recommender.scoring.popularity import club_popularity, prior_scores
from recommender.scoring.score_terms import total
from recommender.scoring.taste import personal

LOVED = 8
"""Half-stars from which a film is one that ought to have been picked."""

DEPTH = 10
"""A hidden film among so many picks is a hit."""

FEWEST_TRIALS, FEWEST_MEMBERS, FEWEST_RATINGS = 20, 3, 5
"""Below these there is not enough to say; the last is what a member has rated besides."""

MOST_TRIALS = 60
CLEAR = 0.05
TIES = 1e-6
"""Films as popular in the club as each other stand in the order of the catalogue's popularity."""


@dataclass(frozen=True, slots=True)
class HitRate:
    """Of `trials` loved films of `members` members, how many each way of picking found.

    `only_own` were found by the picks alone, `only_popular` by popularity alone.
    """

    trials: int
    members: int
    own: int
    popular: int
    only_picks: int
    only_popularity: int

    @property
    def picks_share(self) -> Estimate:
        """The picks' share, 0..1."""
        return proportion(self.own, self.trials)

    @property
    def popularity_share(self) -> Estimate:
        """Popularity's share, 0..1."""
        return proportion(self.popular, self.trials)

    @property
    def clear(self) -> bool:
        """Whether one of the two is better beyond chance."""
        return sign_test(self.only_picks, self.only_popularity) < CLEAR

    @property
    def better(self) -> bool:
        """Whether the picks found more."""
        return self.own > self.popular


def hit_rate(club: Overlay) -> HitRate | None:
    """Hide each of the club's loved films once, with its review, and seek it in the first ten picks.

    Of many such films a sample is taken, the same at every time. None where too little was rated.
    The overlay is changed meanwhile: where others use it, hand over a copy.
    """
    trials, profiles = _trials(club)
    members = len({review.author_id for review in trials})
    if len(trials) < FEWEST_TRIALS or members < FEWEST_MEMBERS:
        return None
    found = [_found(club, review, profiles[review.author_id]) for review in trials]
    return HitRate(
        trials=len(found),
        members=members,
        own=sum(own for own, _ in found),
        popular=sum(popular for _, popular in found),
        only_picks=sum(own and not popular for own, popular in found),
        only_popularity=sum(popular and not own for own, popular in found),
    )


def _trials(overlay: Overlay) -> tuple[list[PackedReview], dict[str, dict[str, int]]]:
    """Return the reviews to hide, and what every member has rated."""
    profiles: dict[str, dict[str, int]] = {}
    rated = list(overlay.rated_reviews())
    for review in rated:
        profiles.setdefault(review.author_id, {})[review.film_id] = review.half_stars or 0
    loved = [
        review
        for review in rated
        if (review.half_stars or 0) >= LOVED
        and len(profiles[review.author_id]) > FEWEST_RATINGS
        and overlay.row_of(review.film_id) >= 0
    ]
    loved.sort(key=lambda review: (crc32(review.review_id.encode()), review.review_id))
    return loved[:MOST_TRIALS], profiles


def _found(club: Overlay, hidden: PackedReview, rated: dict[str, int]) -> tuple[bool, bool]:
    """Tell whether the picks, and whether popularity alone, hold the hidden film."""
    club.remove(hidden.review_id)
    profile = Profile({film: stars for film, stars in rated.items() if film != hidden.film_id})
    own = total(personal(club, profile), len(club))
    popular = club_popularity(club) + TIES * prior_scores(club)
    found = (
        _is_picked(club, hidden.film_id, profile, own),
        _is_picked(club, hidden.film_id, profile, popular),
    )
    club.put(hidden.document())
    return found


def _is_picked(
    overlay: Overlay, film_id: str, profile: Profile, scores: NDArray[np.float64]
) -> bool:
    row, order, open_ = overlay.row_of(film_id), overlay.tie_order(), np.ones(len(overlay), dtype=bool)
    open_[[seen for each in profile.done() if (seen := overlay.row_of(each)) >= 0]] = False
    before = (scores > scores[row]) | ((scores == scores[row]) & (order < order[row]))
    return int((before & open_).sum()) < DEPTH
