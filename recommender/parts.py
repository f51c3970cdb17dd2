"""The addends of a score: each scores all films at once and explains any one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.index import UNKNOWN_YEAR
from recommender.labels import label_of
from recommender.overlay import Overlay
from recommender.query import Contribution
from recommender.vectors import SparseVector

YEARS_APART = 10.0
"""Two films this many years apart have 1/e of the nearness of two of the same year."""

NEAREST = 5
"""So many of a member's liked films, the nearest to a candidate, speak for it."""


class Part(Protocol):
    """One addend of every film's score."""

    def scores(self, overlay: Overlay) -> NDArray[np.float64]:
        """Score every film. Returns shape (n_films,)."""
        ...

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the addends of one film's score."""
        ...


@dataclass(frozen=True, slots=True)
class TermPart:
    """Inner product with a sparse query; `source` is the film id the query was made of."""

    query: SparseVector
    source: str | None = None

    def scores(self, overlay: Overlay) -> NDArray[np.float64]:
        """Score every film by its shared terms."""
        return overlay.scores(self.query)

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield one addend per shared term."""
        own = overlay.vector(row)
        shared, left, right = np.intersect1d(
            self.query.ids, own.ids, assume_unique=True, return_indices=True
        )
        products = self.query.weights[left].astype(np.float64) * own.weights[right]
        for term, value in zip(shared.tolist(), products.tolist(), strict=True):
            kind, label = label_of(overlay, row, term)
            yield Contribution(kind, label, value, self.source)


@dataclass(frozen=True, slots=True)
class YearPart:
    """Nearness in time to one film: weight * exp(-years apart / 10)."""

    year: int
    weight: float
    source: str | None = None

    def scores(self, overlay: Overlay) -> NDArray[np.float64]:
        """Score every film of a known year."""
        years = overlay.years()
        near = np.exp(-np.abs(years.astype(np.float64) - self.year) / YEARS_APART)
        return np.where(years == UNKNOWN_YEAR, 0.0, self.weight * near)

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the nearness, if the film's year is known."""
        value = float(self.scores(overlay)[row])
        if value:
            yield Contribution("year", f"around {self.year}", value, self.source)


@dataclass(frozen=True, slots=True)
class DensePart:
    """A number for every row, float64 of shape (n_films,), with a label for either sign."""

    kind: str
    label: str
    low_label: str
    values: NDArray[np.float64]

    def scores(self, overlay: Overlay) -> NDArray[np.float64]:
        """Return every film's number."""
        del overlay
        return self.values

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the film's number, if it is not 0."""
        del overlay
        if value := float(self.values[row]):
            yield Contribution(self.kind, self.label if value > 0 else self.low_label, value)


@dataclass(frozen=True, slots=True)
class NearestPart:
    """The mean of the best few among several queries, one per liked film."""

    queries: tuple[tuple[Part, ...], ...]
    weight: float

    def scores(self, overlay: Overlay) -> NDArray[np.float64]:
        """Score every film by the liked films nearest to it."""
        scored = self._each(overlay)
        best = np.sort(scored, axis=0)[-NEAREST:]
        return np.asarray(self.weight * best.sum(axis=0) / NEAREST)

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the addends of the liked films nearest to this one."""
        each = [[r for part in query for r in part.explain(overlay, row)] for query in self.queries]
        scored = np.array([fsum(reason.value for reason in reasons) for reasons in each])
        for number in np.argsort(-scored, kind="stable")[:NEAREST].tolist():
            for reason in each[number]:
                value = reason.value * self.weight / NEAREST
                yield Contribution(reason.kind, reason.label, value, reason.source)

    def _each(self, overlay: Overlay) -> NDArray[np.float64]:
        return np.array([total(query, overlay) for query in self.queries])


def total(parts: Sequence[Part], overlay: Overlay) -> NDArray[np.float64]:
    """Sum the scores of parts. Returns shape (n_films,)."""
    scores = np.zeros(len(overlay))
    for part in parts:
        scores = scores + part.scores(overlay)
    return scores
