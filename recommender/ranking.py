"""The one question: which films, in which order, and why."""

from collections.abc import Callable, Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

from recommender import composing
from recommender.overlay import Overlay
from recommender.parts import Part, total
from recommender.profile import Profile
from recommender.query import Contribution, Pick, Query, Recommendation
from recommender.quotes import quote_for, watch_out


def recommend(overlay: Overlay, query: Query) -> Recommendation:
    """Answer a query from one club's view: picks with reasons that sum to their scores."""
    liked = [row for film_id in query.like if (row := overlay.number(film_id)) >= 0]
    wish = _wish(overlay, query, liked)
    taste = _taste(overlay, query.profiles)
    parts = [*wish, *taste, *composing.general(overlay, [*wish, *taste])]
    candidates = _candidates(overlay, query, wish)
    rows = rank(total(parts, overlay), candidates, overlay, query.allowed, query.count)
    reviews = list(overlay.reviews())
    return Recommendation(
        picks=tuple(_pick(overlay, row, parts) for row in rows),
        mode=_mode(query, bool(liked), bool(taste)),
        ratings=sum(len(profile.ratings) for profile in query.profiles),
        raters=len({r.author_id for r in reviews if r.half_stars and not r.critic}),
        reviews=len(reviews),
        unknown_films=tuple(film_id for film_id in query.like if overlay.number(film_id) < 0),
        unknown_words=composing.unknown_words(overlay, f"{query.mood} {query.more} {query.less}"),
    )


def rank(
    scores: NDArray[np.float64],
    candidates: NDArray[np.bool_],
    overlay: Overlay,
    allowed: Callable[[str], bool] | None,
    count: int,
) -> list[int]:
    """Return the rows of the best allowed candidates, ties in order of their film ids."""
    rows = np.flatnonzero(candidates)
    order, depth, chosen = overlay.order(), 4 * count, list[int]()
    while True:
        head = _best(scores, order, rows, depth)
        chosen = []
        for row in head.tolist():
            if len(chosen) == count:
                break
            if allowed is None or allowed(overlay.film_id(row)):
                chosen.append(row)
        if len(chosen) == count or depth >= len(rows):
            return chosen
        depth *= 4


def _best(
    scores: NDArray[np.float64], order: NDArray[np.float64], rows: NDArray[np.intp], depth: int
) -> NDArray[np.intp]:
    """Return at most `depth` of the rows, by falling score, then by film id."""
    if len(rows) > depth:
        threshold = np.partition(scores[rows], len(rows) - depth)[len(rows) - depth]
        rows = rows[scores[rows] >= threshold]
    return rows[np.lexsort((order[rows], -scores[rows]))][:depth]


def _wish(overlay: Overlay, query: Query, liked: Sequence[int]) -> list[Part]:
    """Return the parts that say what is asked for now."""
    parts = composing.similar(overlay, liked)
    if query.mood.strip():
        parts.append(composing.words_part(overlay, query.mood))
    if query.more.strip():
        parts.append(composing.words_part(overlay, query.more, composing.STEERING))
    if query.less.strip():
        parts.append(composing.words_part(overlay, query.less, -composing.STEERING))
    return parts


def _taste(overlay: Overlay, profiles: Sequence[Profile]) -> list[Part]:
    return [part for profile in profiles for part in composing.personal(overlay, profile)]


def _candidates(overlay: Overlay, query: Query, wish: Sequence[Part]) -> NDArray[np.bool_]:
    """Mark the films that may be picked: asked for by the wish, and not done with."""
    candidates = np.ones(len(overlay), dtype=bool)
    if query.like or query.mood.strip():
        candidates &= total(wish, overlay) > 0
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


def _mode(query: Query, similar: bool, taste: bool) -> str:  # noqa: FBT001 - two plain facts
    if similar:
        return "similar"
    if query.mood.strip():
        return "mood"
    if len(query.profiles) > 1 and taste:
        return "group"
    return "personal" if taste else "favourites"
