"""Fit of films to demands: how much they have of what is asked for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.index.club.overlay import Overlay
from recommender.index.vectors import SparseVector
from recommender.scoring.demands import having, is_rare, number_of
from recommender.scoring.query import SAID, Contribution, Demand, Term
from recommender.scoring.score_terms import Scores

FIT = 4.5
"""Weight, in deviations of the other terms, of how much a film has of what each demand names."""

BEST_TERM = 2.0
"""Weight of a demand's first term, by which the notion is called, against each of the others."""

TYPED_TERM, RARE_TERM = 1.5, 4.0
"""Weight of a typed word in a film's text, and of one that few texts have."""

HALF_FIT = 2.0
"""Weight of terms at which half of the fit is reached: one more says ever less."""

_IN_ORDER = {"tag": "tag", "genre": "leading genre"}
"""Fields of terms of which a film's first tells most, and where they stand in that order."""

_KINDS = {"tag": "theme", SAID: "text"}
"""Kinds of reasons by the fields of terms, where they differ."""

_NAMES = frozenset({"country", "origin", "language", "director", "cast", "writer", "author"})
"""Fields of which a film is not the better for having more of those asked for."""


@dataclass(frozen=True, slots=True)
class FitTerm:
    """How well films fit the demands that name terms: the more of them and the earlier, the better.

    `parts` hold for each term its field, its label, and the share of the score that it has by film.
    """

    parts: tuple[tuple[str, str, Scores], ...]
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the contribution of each term that the film has."""
        del overlay
        for field, label, values in self.parts:
            if value := float(values[row]):
                yield Contribution(_KINDS.get(field, field), label, value)


def fit(overlay: Overlay, demands: Iterable[Demand]) -> FitTerm | None:
    """Score films by how well they fit the demands that name terms, in deviations of the other scores.

    None where the demands name none.
    """
    wished = [(*demand.any_of, *demand.wide) for demand in _asked(demands)]
    wished = [terms for terms in wished if terms and terms[0][0] not in _NAMES]
    strengths = _strengths(overlay, {each for terms in wished for each in terms})
    parts: list[tuple[str, str, Scores]] = []
    for asked in wished:
        has = [
            BEST_TERM * strengths[term] if place == 0 else strengths[term]
            for place, term in enumerate(asked)
        ]
        factor = FIT / (_sum(has) + HALF_FIT)
        parts += [
            (field, label, factor * each) for (field, label), each in zip(asked, has, strict=True)
        ]
    if not parts:
        return None
    return FitTerm(tuple(parts), _sum([values for _, _, values in parts]))


def _strengths(overlay: Overlay, terms: Collection[Term]) -> Mapping[Term, Scores]:
    """Return how much of each term films have, by its kind."""
    ordered = [each for each in terms if each[0] in _IN_ORDER]
    others = {each: _strength(overlay, each) for each in terms if each[0] not in _IN_ORDER}
    return {**others, **_strengths_in_order(overlay, ordered)}


def _strength(overlay: Overlay, term: Term) -> Scores:
    """Return whether films have a term: 1, or what a rare or a typed word counts; 0 where not."""
    if term[0] == SAID:
        said = np.zeros(len(overlay))
        for rows in overlay.postings({number_of(overlay, term)}).values():
            said[rows] = RARE_TERM if is_rare(overlay, len(rows)) else TYPED_TERM
        return said
    return having(overlay, (term,)).astype(np.float64)


def _strengths_in_order(overlay: Overlay, terms: Collection[Term]) -> Mapping[Term, Scores]:
    """Return how much of each theme or genre films have: 1 of their first one, less of every later one.

    All at once: what the club added is looked through a single time.
    """
    one = np.ones(1, np.float32)
    numbers = [number_of(overlay, (_IN_ORDER[field], label)) for field, label in terms]
    queries = [SparseVector(np.array([each], np.uint32), one) for each in numbers]
    if not queries:
        return {}
    scores = np.zeros((len(queries), len(overlay)), dtype=np.float32)
    for row, query in zip(scores, queries, strict=True):
        row[: len(overlay.index)] = overlay.catalogue_scores(query)
    if overlay.own_films():  # reviews have neither
        overlay.add_shared(scores, overlay.shared_with(queries).T)
    return dict(zip(terms, scores.astype(np.float64), strict=True))


def _sum(scores: Sequence[Scores]) -> Scores:
    """Return the sum of some scores, at least one, which numpy would first copy into one matrix."""
    found = scores[0].copy()
    for each in scores[1:]:
        found += each
    return found


def _asked(demands: Iterable[Demand]) -> Iterator[Demand]:
    """Yield the demands for what films have, those of which one has to be met included."""
    for demand in demands:
        if not demand.excluded:
            yield demand
            yield from _asked(each for group in demand.either for each in group)
