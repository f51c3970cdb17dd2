"""The one question: which films, in which order, and why."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import islice
from math import fsum

import numpy as np
from numpy.typing import NDArray

from recommender.answers.quotes import caveat_for, quote_for, review_word_weights
from recommender.answers.reranking import (
    GROUP_DEPTH,
    DiversityFilter,
    diversified,
    fair_choice,
    ranked,
)
from recommender.index.overlay import Overlay
from recommender.scoring import query_terms as wishes
from recommender.scoring import taste
from recommender.scoring.popularity import deviation, prior_scores
from recommender.scoring.query import Contribution, Pick, Query, Recommendation
from recommender.scoring.score_terms import LabelledTerm, Scores, ScoreTerm, WeightedTerm, total
from recommender.text import analyzer

TASTE_WEIGHT = 0.5
"""What a member's taste adds when films are asked for in words or by other films."""


STEERING_WEIGHT, STEERED = 1.0, 20
"""What steering alone moves the films by that it is most about, so many at least: in parts of how far so
many of a taste's best films are above its middle."""

Percentiles = tuple[float | None, ...]
Choice = tuple[int, list[ScoreTerm]]
"""A chosen film's row, and the parts that sum to its score."""


def recommend(overlay: Overlay, query: Query) -> Recommendation:
    """Answer a query from one club's view: picks with reasons that sum to their scores."""
    liked = _rows(overlay, query.like)
    wish = _wish(overlay, query, liked)
    profiles = [each.without(query.unlike) for each in query.profiles]
    known = [taste.personal(overlay, each) for each in profiles]
    tastes = [parts for parts in known if parts]
    candidates = _candidates(overlay, query, wish)
    chosen = choose(overlay, query, wish, tastes, candidates)
    percentiles = _percentiles(known, len(overlay), [row for row, _ in chosen])
    wanted = review_word_weights(overlay, [*wish, *(part for parts in tastes for part in parts)])
    return Recommendation(
        picks=tuple(
            _pick(overlay, row, parts, wanted, query.unlike, each)
            for (row, parts), each in zip(chosen, percentiles, strict=True)
        ),
        mode=_mode(query, bool(liked), bool(tastes)),
        ratings=sum(len(profile.ratings) for profile in query.profiles),
        raters=overlay.ratings().raters,
        reviews=overlay.review_count,
        unknown_films=tuple(film_id for film_id in query.like if overlay.row_of(film_id) < 0),
        unknown_words=wishes.unknown_words(overlay, f"{query.mood} {query.more} {query.less}"),
    )


def choose(
    overlay: Overlay,
    query: Query,
    wish: Sequence[ScoreTerm],
    tastes: Sequence[Sequence[ScoreTerm]],
    candidates: NDArray[np.bool_],
) -> list[Choice]:
    """Choose the films: by one score, or fairly for several members."""
    variety = DiversityFilter(overlay, analyzer.phrase(f"{query.mood} {query.more}"))
    weigh = partial(_steered if _only_steers(query) else _weighed, overlay, wish)
    members = [weigh(tasted) for tasted in tastes]
    if not members:
        members = [weigh(taste.favourites(overlay)) if _only_steers(query) else list(wish)]
    if query.obscurity and (tastes or wish):
        members = [
            [*parts, *wishes.obscurity(overlay, parts, query.obscurity)] for parts in members
        ]
    if len(members) > 1:
        members = [_as_loud(parts, len(overlay)) for parts in members]
    each = np.array([total(parts, len(overlay)) for parts in members])
    np.copyto(each, -np.inf, where=~candidates)
    if len(members) == 1:
        rows = ranked(each[0], overlay, 4 * query.count)
        return [(r, members[0]) for r in diversified(rows, variety, query.allowed, query.count)]
    return _choose_for_group(overlay, query, members, each, variety)


def _as_loud(parts: Sequence[ScoreTerm], films: int) -> list[ScoreTerm]:
    """Give a member's score the spread 1: one of whom much is known has no louder voice."""
    return [WeightedTerm(part, 1.0 / (deviation(total(parts, films)) or 1.0)) for part in parts]


def _choose_for_group(
    overlay: Overlay,
    query: Query,
    members: Sequence[Sequence[ScoreTerm]],
    each: Scores,
    variety: DiversityFilter,
) -> list[Choice]:
    permitted = (
        row
        for row in ranked(each.mean(axis=0), overlay, GROUP_DEPTH)
        if query.allowed is None or query.allowed(overlay.film_id(row))
    )
    rows = list(islice(permitted, GROUP_DEPTH))
    return [
        (
            row,
            [
                WeightedTerm(p, float(w))
                for parts, w in zip(members, weights, strict=True)
                for p in parts
            ],
        )
        for row, weights in fair_choice(each, rows, variety.admits, query.count)
    ]


def _wish(overlay: Overlay, query: Query, liked: Sequence[int]) -> list[ScoreTerm]:
    """Return the parts that say what is asked for now."""
    parts = wishes.similar(overlay, liked)
    parts += wishes.mood(overlay, query.mood)
    parts += wishes.steering(overlay, query.more, wishes.STEERING)
    parts += wishes.steering(overlay, query.less, -wishes.STEERING)
    return parts + wishes.unlike(overlay, _rows(overlay, query.unlike))


def _rows(overlay: Overlay, film_ids: Sequence[str]) -> list[int]:
    return [row for film_id in film_ids if (row := overlay.row_of(film_id)) >= 0]


def _only_steers(query: Query) -> bool:
    """Tell whether no films and no mood are asked for: what is wished only turns a taste."""
    return not (query.like or query.mood.strip())


def _weighed(
    overlay: Overlay, wish: Sequence[ScoreTerm], tasted: Sequence[ScoreTerm]
) -> list[ScoreTerm]:
    """Put the wish before the taste: taste only decides among films that answer the wish."""
    unit = deviation(total(wish, len(overlay)))
    return [*wish, *(WeightedTerm(part, TASTE_WEIGHT * unit) for part in tasted)]


def _steered(
    overlay: Overlay, wish: Sequence[ScoreTerm], tasted: Sequence[ScoreTerm]
) -> list[ScoreTerm]:
    """Turn a taste: films that the wish is about move from the middle beyond the best, or back."""
    taste_scores = total(tasted, len(overlay))
    best = _nth_best(taste_scores) - float(np.median(taste_scores))
    scale = STEERING_WEIGHT * best / (_nth_best(np.abs(total(wish, len(overlay)))) or 1.0)
    return [*tasted, *(WeightedTerm(part, scale) for part in wish)]


def _nth_best(scores: Scores) -> float:
    """Return the score that `STEERED` films reach, or one in twenty if these are fewer."""
    place = len(scores) - min(STEERED, len(scores) // 20 + 1)
    return float(np.partition(scores, place)[place]) if len(scores) else 0.0


def _candidates(overlay: Overlay, query: Query, wish: Sequence[ScoreTerm]) -> NDArray[np.bool_]:
    """Mark the films that may be picked: asked for by the wish, and not done with.

    Whoever turns to little seen films gets none of the better known half, and the other way round.
    """
    candidates = np.ones(len(overlay), dtype=bool)
    if query.like or query.mood.strip():
        evidence = [part for part in wish if not isinstance(part, LabelledTerm)]
        candidates &= total(evidence, len(overlay)) > 0
    if query.obscurity:
        known = prior_scores(overlay) * np.sign(query.obscurity)
        candidates &= known <= np.median(known)
    done = {film_id for profile in query.profiles for film_id in profile.done()}
    for film_id in {*query.like, *query.unlike, *query.exclude, *done}:
        if (row := overlay.row_of(film_id)) >= 0:
            candidates[row] = False
    return candidates


def _percentiles(
    tastes: Sequence[Sequence[ScoreTerm]], films: int, rows: Sequence[int]
) -> list[Percentiles]:
    """Say of each chosen film what share of all films each member of a group likes less."""
    if len(tastes) < 2:
        return [() for _ in rows]
    each = [total(parts, films) if parts else None for parts in tastes]
    return [
        tuple(None if scores is None else float(np.mean(scores < scores[row])) for scores in each)
        for row in rows
    ]


def _pick(
    overlay: Overlay,
    row: int,
    parts: Sequence[ScoreTerm],
    wanted: Mapping[int, float],
    unlike: Collection[str],
    percentiles: Percentiles,
) -> Pick:
    found = [reason for part in parts for reason in part.explain(overlay, row)]
    reasons = tuple(sorted(found, key=_strength))
    score = fsum(reason.value for reason in reasons)
    return Pick(
        film_id=overlay.film_id(row),
        score=score,
        reasons=reasons,
        quote=quote_for(overlay, row, wanted),
        caveat=caveat_for(overlay, row, score, reasons, unlike),
        percentiles=percentiles,
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
