"""Hit rate of a club's picks: leave-one-out over the films that members like."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.metrics import Estimate, proportion, sign_test
from recommender.index.club.overlay import Overlay
from recommender.index.club.review_store import PackedReview
from recommender.ratings.profile import Profile, is_liked
from recommender.scoring.popularity import club_popularity, prior_scores
from recommender.scoring.score_terms import total
from recommender.scoring.taste import personal

DEPTH = 10
"""A hidden film among this many picks is a hit."""

FEWEST_TRIALS, FEWEST_MEMBERS, FEWEST_RATINGS = 20, 3, 5
"""Below these there is no hit rate; the last are a member's ratings besides the hidden one."""

MOST_TRIALS = 60
SIGNIFICANCE = 0.05
TIES = 1e-6
"""Weight of the prior, which breaks ties of films that are equally popular in the club."""


@dataclass(frozen=True, slots=True)
class HitRate:
    """Hits among `trials` hidden films of `members` members, by the picks and by popularity.

    `only_picks` are hits of the picks alone, `only_popularity` of popularity alone.
    """

    trials: int
    members: int
    picks: int
    popularity: int
    only_picks: int
    only_popularity: int

    @property
    def picks_share(self) -> Estimate:
        """Hit rate of the picks, 0..1."""
        return proportion(self.picks, self.trials)

    @property
    def popularity_share(self) -> Estimate:
        """Hit rate of popularity, 0..1."""
        return proportion(self.popularity, self.trials)

    @property
    def significant(self) -> bool:
        """Whether a sign test tells the two apart."""
        return sign_test(self.only_picks, self.only_popularity) < SIGNIFICANCE

    @property
    def better(self) -> bool:
        """Whether the picks hit more often."""
        return self.picks > self.popularity


def hit_rate(club: Overlay) -> HitRate | None:
    """Hide each of the members' liked films once, with its review, and look for it in their picks.

    Of many films a sample is taken, the same at every call. None if too little was rated. The
    overlay is changed meanwhile: pass a copy if others use it.
    """
    trials, profiles = _trials(club)
    members = len({review.author_id for review in trials})
    if len(trials) < FEWEST_TRIALS or members < FEWEST_MEMBERS:
        return None
    found = [_found(club, review, profiles[review.author_id]) for review in trials]
    return HitRate(
        trials=len(found),
        members=members,
        picks=sum(picks for picks, _ in found),
        popularity=sum(popularity for _, popularity in found),
        only_picks=sum(picks and not popularity for picks, popularity in found),
        only_popularity=sum(popularity and not picks for picks, popularity in found),
    )


def _trials(overlay: Overlay) -> tuple[list[PackedReview], dict[str, dict[str, int]]]:
    """Return the reviews to hide, and every member's ratings by film id."""
    profiles: dict[str, dict[str, int]] = {}
    rated = list(overlay.rated_reviews())
    for review in rated:
        profiles.setdefault(review.author_id, {})[review.film_id] = review.half_stars or 0
    liked = [
        review
        for review in rated
        if is_liked(review.half_stars)
        and len(profiles[review.author_id]) > FEWEST_RATINGS
        and overlay.row_of(review.film_id) >= 0
    ]
    liked.sort(key=lambda review: (crc32(review.review_id.encode()), review.review_id))
    return liked[:MOST_TRIALS], profiles


def _found(club: Overlay, hidden: PackedReview, rated: dict[str, int]) -> tuple[bool, bool]:
    """Tell whether the picks, and whether popularity, hit a hidden film."""
    club.remove(hidden.review_id)
    profile = Profile({film: stars for film, stars in rated.items() if film != hidden.film_id})
    picks = total(personal(club, profile), len(club))
    popularity = club_popularity(club) + TIES * prior_scores(club)
    found = (
        _is_hit(club, hidden.film_id, profile, picks),
        _is_hit(club, hidden.film_id, profile, popularity),
    )
    club.put(hidden.document())
    return found


def _is_hit(overlay: Overlay, film_id: str, profile: Profile, scores: NDArray[np.float64]) -> bool:
    row, order, open_ = (
        overlay.row_of(film_id),
        overlay.tie_order(),
        np.ones(len(overlay), dtype=bool),
    )
    open_[[seen for each in profile.done() if (seen := overlay.row_of(each)) >= 0]] = False
    before = (scores > scores[row]) | ((scores == scores[row]) & (order < order[row]))
    return int((before & open_).sum()) < DEPTH
