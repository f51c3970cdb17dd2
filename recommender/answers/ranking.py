"""Recommendations: films ranked by the sum of their score terms, with reasons."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.answers.quotes import caveat_for, minded_themes, quote_for, review_word_weights
from recommender.answers.reranking import (
    GROUP_DEPTH,
    DiversityFilter,
    diversified,
    fair_choice,
    ranked,
)
from recommender.index.overlay import Overlay
from recommender.scoring import query_terms, taste
from recommender.scoring.demands import fit, meeting
from recommender.scoring.free_text import FreeText, unknown_words
from recommender.scoring.popularity import deviation, prior_scores
from recommender.scoring.prediction import predict_ratings
from recommender.scoring.query import Contribution, Pick, Query, Recommendation
from recommender.scoring.score_terms import LabelledTerm, Scores, ScoreTerm, WeightedTerm, total
from recommender.text import analyzer

TASTE_WEIGHT = 0.5
"""Weight of a member's taste beside liked films and moods, in standard deviations of their scores."""

STEERING_WEIGHT, STEERED = 1.0, 20
"""Steering alone moves the films it matches best, this many, by the distance between as many of the
taste's best films and its median, times the weight."""

LIKELY_MINDED, ENOUGH = 6.0, 2
"""Predicted half-stars below which a film is not for a group, if that leaves it twice as many films as
it is to be given."""

Percentiles = tuple[float | None, ...]
Choice = tuple[int, list[ScoreTerm]]
"""A chosen film's row, and the terms that sum to its score."""


class Heard(NamedTuple):
    """Basis of quotes and caveats: weights of review terms, unlike films, themes minded before."""

    wanted: Mapping[int, float]
    unlike: Collection[str]
    minded: Mapping[int, tuple[str, ...]]


def recommend(overlay: Overlay, query: Query) -> Recommendation:
    """Return the picks of a query in one club, with reasons that sum to their scores."""
    liked = _rows(overlay, query.like)
    texts = [FreeText.read(overlay, words) for words in (query.mood, query.more, query.less)]
    intent = _intent(overlay, query, liked, texts)
    profiles = [each.without(query.unlike) for each in query.profiles]
    by_profile = [taste.personal(overlay, each) for each in profiles]
    tastes = [terms for terms in by_profile if terms]
    if len(tastes) < len(by_profile) > 1 and tastes:  # who has rated nothing takes part, too
        tastes += [taste.favourites(overlay)] * (len(by_profile) - len(tastes))
    chosen = choose(overlay, query, intent, tastes, _candidates(overlay, query, intent))
    percentiles = _percentiles(by_profile, len(overlay), [row for row, _ in chosen])
    wanted = review_word_weights(overlay, chain(intent, *tastes))
    minded = minded_themes(overlay, query.profiles[0]) if len(query.profiles) == 1 else {}
    return Recommendation(
        picks=tuple(
            _pick(overlay, row, terms, Heard(wanted, query.unlike, minded), each)
            for (row, terms), each in zip(chosen, percentiles, strict=True)
        ),
        mode=_mode(query, bool(liked), bool(tastes)),
        ratings=sum(len(profile.ratings) for profile in query.profiles),
        raters=overlay.ratings().raters,
        reviews=overlay.review_count,
        unknown_films=tuple(film_id for film_id in query.like if overlay.row_of(film_id) < 0),
        unknown_words=unknown_words(texts),
    )


def choose(
    overlay: Overlay,
    query: Query,
    intent: Sequence[ScoreTerm],
    tastes: Sequence[Sequence[ScoreTerm]],
    candidates: NDArray[np.bool_],
) -> list[Choice]:
    """Choose films by the terms of the query and of each taste: by score, or fairly for a group."""
    people = [
        v for d in query.demands for f, v in (*d.any_of, *d.every) if f in {"director", "cast"}
    ]
    asked = analyzer.phrase(" ".join([query.mood, query.more, *people]))
    diversity = DiversityFilter(overlay, asked)
    weigh = partial(_steered if _only_steers(query) else _weighted, overlay, intent)
    members = [weigh(terms) for terms in tastes]
    if not members:
        members = [weigh(taste.favourites(overlay)) if _only_steers(query) else list(intent)]
    if query.obscurity and (tastes or intent):
        members = [
            [*terms, *query_terms.obscurity(overlay, terms, query.obscurity)] for terms in members
        ]
    if query.demands:
        members = [
            [*terms, *fit(overlay, query.demands, _unit(overlay, terms))] for terms in members
        ]
    if len(members) > 1:
        members = [_normalised(terms, len(overlay)) for terms in members]
    each = np.array([total(terms, len(overlay)) for terms in members])
    np.copyto(each, -np.inf, where=~candidates)
    if len(members) == 1:
        best = ranked(each[0], overlay, 4 * query.count)
        rows = diversity.in_order(best, candidates, _seen(overlay, query), each[0])
        fill = bool(query.demands)  # a narrow wish may leave but the films of one director
        found = diversified(rows, diversity, query.allowed, query.count, fill=fill)
        if fill and len(found) < query.count:  # or of sequels to films that it rules out
            rest = ranked(each[0], overlay, 4 * query.count)
            left = (row for row in rest if row not in found and _allowed(query, overlay, row))
            found = [*found, *islice(left, query.count - len(found))]
        return [(row, members[0]) for row in found]
    mean = each.mean(axis=0)
    best = ranked(mean, overlay, GROUP_DEPTH)
    in_order = diversity.in_order(best, candidates, _seen(overlay, query), mean)
    return _choose_for_group(overlay, query, members, each, diversity, in_order)


def _allowed(query: Query, overlay: Overlay, row: int) -> bool:
    return query.allowed is None or query.allowed(overlay.film_id(row))


def _unit(overlay: Overlay, terms: Sequence[ScoreTerm]) -> float:
    return deviation(total(terms, len(overlay))) or 1.0


def _normalised(terms: Sequence[ScoreTerm], films: int) -> list[ScoreTerm]:
    """Give a member's score the deviation 1: much evidence makes nobody outweigh the others."""
    return [WeightedTerm(term, 1.0 / (deviation(total(terms, films)) or 1.0)) for term in terms]


def _choose_for_group(
    overlay: Overlay,
    query: Query,
    members: Sequence[Sequence[ScoreTerm]],
    each: Scores,
    diversity: DiversityFilter,
    ordered: Iterator[int],
) -> list[Choice]:
    permitted = (row for row in ordered if _allowed(query, overlay, row))
    rows = _spared(overlay, query, list(islice(permitted, GROUP_DEPTH)))
    return [
        (
            row,
            [
                WeightedTerm(term, float(weight))
                for terms, weight in zip(members, weights, strict=True)
                for term in terms
            ],
        )
        for row, weights in fair_choice(each, rows, diversity.admits, query.count)
    ]


def _spared(overlay: Overlay, query: Query, rows: Sequence[int]) -> Sequence[int]:
    """Leave out films that some member is likely to mind, as long as enough others are left."""
    film_ids = [overlay.film_id(row) for row in rows]
    minded = {
        film_id
        for profile in query.profiles
        for film_id, guess in predict_ratings(overlay, profile, film_ids).items()
        if guess.half_stars < LIKELY_MINDED
    }
    left = [row for row, film_id in zip(rows, film_ids, strict=True) if film_id not in minded]
    return left if len(left) >= ENOUGH * query.count else rows


def _intent(
    overlay: Overlay, query: Query, liked: Sequence[int], texts: Sequence[FreeText]
) -> list[ScoreTerm]:
    """Return the score terms of the query itself, without its profiles."""
    mood, more, less = texts
    return [
        *query_terms.similar(overlay, liked),
        *query_terms.mood(overlay, mood),
        *query_terms.steering(overlay, more, query_terms.STEERING),
        *query_terms.steering(overlay, less, -query_terms.STEERING),
        *query_terms.unlike(overlay, _rows(overlay, query.unlike)),
    ]


def _rows(overlay: Overlay, film_ids: Sequence[str]) -> list[int]:
    return [row for film_id in film_ids if (row := overlay.row_of(film_id)) >= 0]


def _only_steers(query: Query) -> bool:
    """Tell whether a query names no films and no mood: then it only turns a taste."""
    return not (query.like or query.mood.strip())


def _weighted(
    overlay: Overlay, intent: Sequence[ScoreTerm], taste_terms: Sequence[ScoreTerm]
) -> list[ScoreTerm]:
    """Put the query before the taste, which only decides among films that match the query."""
    unit = deviation(total(intent, len(overlay)))
    return [*intent, *(WeightedTerm(term, TASTE_WEIGHT * unit) for term in taste_terms)]


def _steered(
    overlay: Overlay, intent: Sequence[ScoreTerm], taste_terms: Sequence[ScoreTerm]
) -> list[ScoreTerm]:
    """Turn a taste: films that match the query best move from its median beyond its best films."""
    if not intent:
        return list(taste_terms)
    scores = total(taste_terms, len(overlay))
    best = _nth_best(scores) - float(np.median(scores))
    scale = STEERING_WEIGHT * best / (_nth_best(np.abs(total(intent, len(overlay)))) or 1.0)
    return [*taste_terms, *(WeightedTerm(term, scale) for term in intent)]


def _nth_best(scores: Scores) -> float:
    """Return the `STEERED`-th best score, or the lowest of the best 5 % if these are fewer."""
    place = len(scores) - min(STEERED, len(scores) // 20 + 1)
    return float(np.partition(scores, place)[place]) if len(scores) else 0.0


def _candidates(overlay: Overlay, query: Query, intent: Sequence[ScoreTerm]) -> NDArray[np.bool_]:
    """Mark the films that may be picked: they match the query, and no member is done with them.

    With `obscurity`, the better or the less known half of all films is left out.
    """
    candidates = meeting(overlay, query.demands)
    if query.like or query.mood.strip():
        evidence = [term for term in intent if not isinstance(term, LabelledTerm)]
        candidates &= total(evidence, len(overlay)) > 0
    if query.obscurity:
        known = prior_scores(overlay) * np.sign(query.obscurity)
        candidates &= known <= np.median(known)
    if len(query.profiles) > 1:
        for profile in query.profiles:
            candidates[taste.refused(overlay, profile)] = False
    done = {film_id for profile in query.profiles for film_id in profile.done()}
    for film_id in {*query.like, *query.unlike, *query.exclude, *done}:
        if (row := overlay.row_of(film_id)) >= 0:
            candidates[row] = False
    return candidates


def _seen(overlay: Overlay, query: Query) -> set[int]:
    """Return the rows of the films that are liked in the query, or seen by half of the members."""
    done = Counter(film_id for profile in query.profiles for film_id in profile.done())
    seen = [film_id for film_id, members in done.items() if 2 * members >= len(query.profiles)]
    return set(_rows(overlay, [*query.like, *query.unlike, *seen]))


def _percentiles(
    tastes: Sequence[Sequence[ScoreTerm]], films: int, rows: Sequence[int]
) -> list[Percentiles]:
    """Return the percentiles of each chosen film in each taste of a group; none for one member."""
    if len(tastes) < 2:
        return [() for _ in rows]
    each = [total(terms, films) if terms else None for terms in tastes]
    return [
        tuple(None if scores is None else float(np.mean(scores < scores[row])) for scores in each)
        for row in rows
    ]


def _pick(
    overlay: Overlay,
    row: int,
    terms: Sequence[ScoreTerm],
    heard: Heard,
    percentiles: Percentiles,
) -> Pick:
    found = [reason for term in terms for reason in term.explain(overlay, row)]
    reasons = tuple(sorted(found, key=_strength))
    score = fsum(reason.value for reason in reasons)
    return Pick(
        film_id=overlay.film_id(row),
        score=score,
        reasons=reasons,
        quote=quote_for(overlay, row, heard.wanted),
        caveat=caveat_for(overlay, row, score, reasons, heard.unlike, heard.minded),
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
