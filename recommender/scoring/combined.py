"""Combined scores of a query: its own terms, and those of each member's taste."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.index.club.overlay import Overlay
from recommender.scoring import query_terms, taste
from recommender.scoring.fit import FitTerm
from recommender.scoring.popularity import deviation
from recommender.scoring.query import Query
from recommender.scoring.score_terms import LabelledTerm, Scores, ScoreTerm, WeightedTerm, total

TASTE_WEIGHT = 0.5
"""Weight of a member's taste beside liked films and moods, in standard deviations of their scores."""

STEERING_WEIGHT, STEERED = 1.0, 20
"""Steering alone moves the films it matches best, this many, by the distance between as many of the
taste's best films and its median, times the weight."""


@dataclass(frozen=True, slots=True)
class Combined:
    """Scores of all films for each member, shape (n_members, n_films), and the terms that sum to them.

    `evidence`, shape (n_films,), is above 0 for the films that answer the query at all; None where it
    asks for nothing.
    """

    members: Sequence[Sequence[ScoreTerm]]
    each: Scores
    evidence: Scores | None


def combine(
    overlay: Overlay,
    query: Query,
    intent: Sequence[ScoreTerm],
    tastes: Sequence[Sequence[ScoreTerm]],
    fit: FitTerm | None = None,
) -> Combined:
    """Combine the terms of a query and of each taste; without a taste there is one member without any."""
    films = len(overlay)
    if _only_steers(query):
        members = [
            _steered(intent, terms, films) for terms in tastes or [taste.favourites(overlay)]
        ]
        evidence = None
    else:
        members = [_weighted(intent, terms, films) for terms in tastes or [()]]
        evidence = total([term for term in intent if not isinstance(term, LabelledTerm)], films)
    if query.obscurity and (tastes or intent):
        members = [
            [*terms, *query_terms.obscurity(overlay, terms, query.obscurity)] for terms in members
        ]
    if fit:
        members = [
            [*terms, WeightedTerm(fit, deviation(total(terms, films)) or 1.0)] for terms in members
        ]
    if len(members) > 1:
        members = [_normalised(terms, films) for terms in members]
    return Combined(members, np.array([total(terms, films) for terms in members]), evidence)


def _only_steers(query: Query) -> bool:
    """Tell whether a query names no films and no mood: then it only turns a taste."""
    return not (query.like or query.mood.strip())


def _weighted(
    intent: Sequence[ScoreTerm], taste_terms: Sequence[ScoreTerm], films: int
) -> list[ScoreTerm]:
    """Put the query before the taste, which only decides among films that match the query."""
    unit = deviation(total(intent, films)) if taste_terms else 0.0
    return [*intent, *(WeightedTerm(term, TASTE_WEIGHT * unit) for term in taste_terms)]


def _steered(
    intent: Sequence[ScoreTerm], taste_terms: Sequence[ScoreTerm], films: int
) -> list[ScoreTerm]:
    """Turn a taste: films that match the query best move from its median beyond its best films."""
    if not intent:
        return list(taste_terms)
    scores = total(taste_terms, films)
    best = _nth_best(scores) - float(np.median(scores))
    scale = STEERING_WEIGHT * best / (_nth_best(np.abs(total(intent, films))) or 1.0)
    return [*taste_terms, *(WeightedTerm(term, scale) for term in intent)]


def _nth_best(scores: Scores) -> float:
    """Return the `STEERED`-th best score, or the lowest of the best 5 % if these are fewer."""
    place = len(scores) - min(STEERED, len(scores) // 20 + 1)
    return float(np.partition(scores, place)[place]) if len(scores) else 0.0


def _normalised(terms: Sequence[ScoreTerm], films: int) -> list[ScoreTerm]:
    """Give a member's score the deviation 1: much evidence makes nobody outweigh the others."""
    return [WeightedTerm(term, 1.0 / (deviation(total(terms, films)) or 1.0)) for term in terms]
