"""Score terms: addends of all films' scores, each able to explain its part of any score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.index.club.overlay import Overlay
from recommender.index.vectors import SparseVector
from recommender.ratings.ease import Ease
from recommender.ratings.profile import LIKED_GAIN
from recommender.ratings.rating_matrix import RatingMatrix
from recommender.scoring.explanation import shared_terms
from recommender.scoring.query import Contribution
from recommender.scoring.reference_postings import ReferencePostings
from recommender.scoring.similarity import ReferenceFilm

NEIGHBOURS = 5
"""Films of a member, the nearest to a candidate, that count for it."""

TINY = 1e-12
"""Sums below this are 0: they need no explanation."""

Real = TypeVar("Real", bound=np.floating)

Scores = NDArray[np.float64]
"""One number per film, shape (n_films,)."""


class ScoreTerm(Protocol):
    """One additive term of every film's score."""

    @property
    def scores(self) -> Scores:
        """Weighted scores, shape (n_films,)."""

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield contributions that sum to one film's term."""


@dataclass(frozen=True, slots=True)
class WordsTerm:
    """Inner product with free words, times each film's `coverage` of them, if given."""

    query: SparseVector
    scores: Scores
    coverage: Scores | None = None

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield a contribution for each shared term."""
        factor = 1.0 if self.coverage is None else float(self.coverage[row])
        yield from shared_terms(overlay, row, self.query, factor)


@dataclass(frozen=True, slots=True)
class SimilarityTerm:
    """Mean similarity to some films, times `weight`."""

    films: tuple[ReferenceFilm, ...]
    weight: float
    scores: Scores

    @classmethod
    def mean(
        cls, films: tuple[ReferenceFilm, ...], each: NDArray[np.float32], weight: float
    ) -> "SimilarityTerm":
        """Average similarities of shape (len(films), n_films)."""
        return cls(films, weight, weight * each.astype(np.float64).mean(axis=0))

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the contributions of each film's similarity, but for a film's to itself."""
        for film in self.films:
            if film.row != row:
                yield from film.explain(overlay, row, self.weight / len(self.films))


@dataclass(frozen=True, slots=True)
class NeighboursTerm:
    """Mean similarity to the nearest few of a member's films, each times its gain, times `weight`.

    Missing and negative similarities count as 0.
    """

    postings: ReferencePostings
    gains: tuple[float, ...]
    weight: float
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the contributions of the nearest films' similarities."""
        gained = self.postings.similarities(overlay, [row])[:, 0] * self.gains
        order = np.argsort(-gained, kind="stable")[:NEIGHBOURS]
        for number in order[gained[order] > 0].tolist():
            factor = self.weight * self.gains[number] / NEIGHBOURS
            yield from self.postings.films[number].explain(overlay, row, factor)


@dataclass(frozen=True, slots=True)
class RegressionTerm:
    """Sum of sharpened similarities to a member's films, each times its coefficient, less the mean of all.

    `coefficients`, the weight included, of shape (n_rated,), below 0 for disliked films.
    """

    postings: ReferencePostings
    coefficients: NDArray[np.float64]
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the contributions of the films that add most, then the rest as one addend."""
        alike = self.postings.similarities(overlay, [row])[:, 0]
        each = self.coefficients * sharpened(alike)
        order = np.argsort(-each, kind="stable")[:NEIGHBOURS]
        told = [number for number in order.tolist() if each[number] > 0]
        named = [
            reason
            for number in told
            for reason in self.postings.films[number].explain(
                overlay, row, float(each[number] / alike[number])
            )
        ]
        yield from named
        if rest := float(self.scores[row]) - fsum(reason.value for reason in named):
            label = "like your films as a whole" if rest > 0 else "unlike most of your films"
            yield Contribution("taste", label, rest)


@dataclass(frozen=True, slots=True)
class EaseTerm:
    """Damped EASE prediction for a member with these gains by row, weighted."""

    ease: Ease
    gains: Mapping[int, float]
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the share of each liked film through those who liked both films, then the rest."""
        rows, direct, indirect = self.ease.explain(self.gains, row)
        whole = fsum(direct) + fsum(indirect)
        if abs(whole) < TINY:
            return
        factor = float(self.scores[row]) / whole
        liked = {
            other: value
            for other, value in zip(rows, direct, strict=True)
            if value and self.gains[other] >= LIKED_GAIN
        }
        for other, value in liked.items():
            yield from _liked_together(overlay, other, factor * value)
        if rest := factor * (whole - fsum(liked.values())):
            label = "goes with your films" if rest > 0 else "goes less with your films"
            yield Contribution("taste", label, rest)


@dataclass(frozen=True, slots=True)
class CoRatingTerm:
    """Mean similarity to some films by the club's ratings, times `weight`.

    `similarities` are shrunk, damped cosines with all rated films, shape (n_rows, n_rated).
    """

    ratings: RatingMatrix
    rows: tuple[int, ...]
    similarities: NDArray[np.float64]
    weight: float
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield for each film the share due to those who liked both, then the rest."""
        column = self.ratings.column(row)
        if column is None:
            return
        for other, similarity in zip(self.rows, self.similarities[:, column].tolist(), strict=True):
            there = self.ratings.column(other)
            if there is not None and (value := similarity * self.weight / len(self.rows)):
                liked = self.ratings.liked_share(column, there)
                yield from _liked_together(overlay, other, liked * value)
                if liked < 1:
                    yield Contribution("taste", "rated by the same", (1 - liked) * value)


@dataclass(frozen=True, slots=True)
class LabelledTerm:
    """Numbers explained by a label alone, one for each sign."""

    kind: str
    high: str
    low: str
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the film's number, if it is not 0."""
        del overlay
        if value := float(self.scores[row]):
            yield Contribution(self.kind, self.high if value > 0 else self.low, value)


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """Another term times `weight`."""

    term: ScoreTerm
    weight: float

    @property
    def scores(self) -> Scores:
        """Weighted scores, shape (n_films,)."""
        return self.weight * self.term.scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the other term's contributions, weighted."""
        for reason in self.term.explain(overlay, row):
            value = reason.value * self.weight
            yield Contribution(reason.kind, reason.label, value, reason.source)


def sharpened(similarities: NDArray[Real]) -> NDArray[Real]:
    """Raise similarities to the power of 1.5, negative ones being 0.

    In a regression what is much like one loved film then comes before what is a little like all.
    """
    positive = np.maximum(similarities, 0)
    return np.asarray(positive * np.sqrt(positive))


def total(terms: Sequence[ScoreTerm], films: int) -> Scores:
    """Sum score terms. Returns shape (films,)."""
    scores = np.zeros(films)
    for term in terms:
        scores += term.scores
    return scores


def _liked_together(overlay: Overlay, other: int, value: float) -> Iterator[Contribution]:
    if value:
        yield Contribution("club", overlay.title(other), value, overlay.film_id(other))
