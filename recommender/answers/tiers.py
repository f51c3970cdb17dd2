"""Tiers of candidates: films that meet a whole query, then those that meet less and less of it."""

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np

from recommender.index import film_facts
from recommender.index.club.overlay import Overlay
from recommender.scoring import taste
from recommender.scoring.demands import Marks, steps
from recommender.scoring.popularity import prior_scores
from recommender.scoring.query import Demand, Query


class Tier(NamedTuple):
    """Films to pick from, shape (n_films,), and the demands that these need not meet.

    `worded`: they have the mood's words, which otherwise only count in their favour. `bare`: no demand
    is left that names what they should be.
    """

    films: Marks
    missing: tuple[Demand, ...]
    worded: bool
    bare: bool


def tiers(overlay: Overlay, query: Query) -> Iterator[Tier]:
    """Yield the tiers of a query: films of a later one are picked where the earlier ones have too few.

    Of each, the films that are preferred come first.
    """
    free = _free(overlay, query)
    preferred = [film_facts.among(overlay, each) for each in query.preferred] or [free]
    for step in steps(overlay, query.demands):
        named = any(not each.excluded for each in step.kept)
        bare = bool(step.dropped) and not named
        # Where a demand names films, the mood's words may be missing, and are once a demand is given up.
        both = named and bool(query.mood.strip())
        ways = ((False,) if step.dropped else (True, False)) if both else (True,)
        for worded, each in product(ways, preferred):
            yield Tier(step.films & free & each, step.dropped, worded, bare)


def _free(overlay: Overlay, query: Query) -> Marks:
    """Mark the films that no member is done with, and that are not asked about.

    For a group, what is nearest to a film that somebody wants never again is left out; with
    `obscurity`, the better or the less known half of all films is.
    """
    free = np.ones(len(overlay), dtype=bool)
    if query.among is not None:
        free &= film_facts.among(overlay, query.among)
    if query.obscurity:
        known = prior_scores(overlay) * np.sign(query.obscurity)
        free &= known <= np.median(known)
    if len(query.profiles) > 1:
        for profile in query.profiles:
            refused = partial(taste.refused, overlay, profile)
            free[overlay.cached_whole(("refused", profile.key()), refused)] = False
    done = {film_id for profile in query.profiles for film_id in profile.done()}
    free &= ~film_facts.among(
        overlay, {*query.like, *query.unlike, *query.exclude, *done, *overlay.hidden}
    )
    return free
