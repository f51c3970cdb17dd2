"""The one question: which films, in which order, and why."""

from collections.abc import Callable, Sequence
from itertools import islice
from math import fsum

import numpy as np
from numpy.typing import NDArray

from recommender import taste, wishes
from recommender.overlay import Overlay
from recommender.parts import NumberPart, Part, Scores, SharePart, total
from recommender.query import Contribution, Pick, Query, Recommendation
from recommender.quotes import quote_for, watch_out
from recommender.scoring import best_rows

TASTE_WEIGHT = 0.5
"""What a member's taste adds when films are asked for in words or by other films."""


def recommend(overlay: Overlay, query: Query) -> Recommendation:
    """Answer a query from one club's view: picks with reasons that sum to their scores."""
    liked = [row for film_id in query.like if (row := overlay.number(film_id)) >= 0]
    wish = _wish(overlay, query, liked)
    tasted = taste.group(overlay, query.profiles)
    parts = _weighed(wish, tasted) or taste.favourites(overlay)
    scores = total(parts, len(overlay))
    scores[~_candidates(overlay, query, wish)] = -np.inf
    rows = rank(scores, overlay, query.allowed, query.count)
    reviews = list(overlay.reviews())
    return Recommendation(
        picks=tuple(_pick(overlay, row, parts) for row in rows),
        mode=_mode(query, bool(liked), bool(tasted)),
        ratings=sum(len(profile.ratings) for profile in query.profiles),
        raters=overlay.ratings().raters,
        reviews=len(reviews),
        unknown_films=tuple(film_id for film_id in query.like if overlay.number(film_id) < 0),
        unknown_words=wishes.unknown_words(overlay, f"{query.mood} {query.more} {query.less}"),
    )


def rank(
    scores: Scores, overlay: Overlay, allowed: Callable[[str], bool] | None, count: int
) -> list[int]:
    """Return the rows of the best allowed films, ties in order of their film ids.

    A film whose score is minus infinity is no candidate.
    """
    order, depth = overlay.order(), 4 * count
    while True:
        head = [row for row in best_rows(scores, order, depth).tolist() if scores[row] > -np.inf]
        permitted = (row for row in head if allowed is None or allowed(overlay.film_id(row)))
        chosen = list(islice(permitted, count))
        if len(chosen) == count or len(head) < depth:
            return chosen
        depth *= 4


def _wish(overlay: Overlay, query: Query, liked: Sequence[int]) -> list[Part]:
    """Return the parts that say what is asked for now."""
    parts = wishes.similar(overlay, liked)
    if query.mood.strip():
        parts.append(wishes.words_part(overlay, query.mood))
    if query.more.strip():
        parts.append(wishes.words_part(overlay, query.more, wishes.STEERING))
    if query.less.strip():
        parts.append(wishes.words_part(overlay, query.less, -wishes.STEERING))
    return parts


def _weighed(wish: Sequence[Part], tasted: Sequence[Part]) -> list[Part]:
    """Put the wish before the taste: taste only decides among films that answer the wish."""
    if not wish:
        return list(tasted)
    unit = float(np.std(sum(part.scores for part in wish)))
    return [*wish, *(SharePart(part, TASTE_WEIGHT * unit) for part in tasted)]


def _candidates(overlay: Overlay, query: Query, wish: Sequence[Part]) -> NDArray[np.bool_]:
    """Mark the films that may be picked: asked for by the wish, and not done with."""
    candidates = np.ones(len(overlay), dtype=bool)
    if query.like or query.mood.strip():
        evidence = [part for part in wish if not isinstance(part, NumberPart)]
        candidates &= total(evidence, len(overlay)) > 0
    done = {film_id for profile in query.profiles for film_id in profile.done()}
    for film_id in {*query.like, *query.exclude, *done}:
        if (row := overlay.number(film_id)) >= 0:
            candidates[row] = False
    return candidates


def _pick(overlay: Overlay, row: int, parts: Sequence[Part]) -> Pick:
    found = [reason for part in parts for reason in part.explain(overlay, row)]
    reasons = tuple(sorted(found, key=_strength))
    score = fsum(reason.value for reason in reasons)
    return Pick(
        film_id=overlay.film_id(row),
        score=score,
        reasons=reasons,
        quote=quote_for(overlay, row, parts),
        watch_out=watch_out(overlay, row, score, reasons),
    )


def _strength(reason: Contribution) -> tuple[float, str, str, str]:
    return (-reason.value, reason.kind, reason.label, reason.source or "")


def _mode(query: Query, similar: bool, tasted: bool) -> str:  # noqa: FBT001 - two plain facts
    if similar:
        return "similar"
    if query.mood.strip():
        return "mood"
    if len(query.profiles) > 1 and tasted:
        return "group"
    return "personal" if tasted else "favourites"
