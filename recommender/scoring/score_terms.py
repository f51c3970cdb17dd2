"""The addends of a score: each has scored all films and can explain any one of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.index.vectors import SparseVector
from recommender.ratings.ease import Ease
from recommender.ratings.rating_matrix import LIKED, RatingMatrix
from recommender.scoring.explanation import shared_terms
from recommender.scoring.query import Contribution
from recommender.scoring.similarity import ReferenceFilm

NEIGHBOURS = 5
"""So many of a member's films, the nearest to a candidate, speak for it."""

TINY = 1e-12
"""What cancels out to less than this needs no reason."""

Scores = NDArray[np.float64]
"""One number per film, shape (n_films,)."""


class ScoreTerm(Protocol):
    """One addend of every film's score."""

    @property
    def scores(self) -> Scores:
        """Every film's number."""
        ...

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the addends of one film's number."""
        ...


@dataclass(frozen=True, slots=True)
class WordsTerm:
    """Inner product with free words, times a share per film, if any, of shape (n_films,)."""

    query: SparseVector
    scores: Scores
    shares: Scores | None = None

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield one addend per shared term."""
        share = 1.0 if self.shares is None else float(self.shares[row])
        yield from shared_terms(overlay, row, self.query, share)


@dataclass(frozen=True, slots=True)
class SimilarityTerm:
    """The mean likeness to some films, times `weight`; a film's own to itself does not count."""

    films: tuple[ReferenceFilm, ...]
    weight: float
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield what each film shares with this one."""
        for film in self.films:
            if film.row != row:
                yield from film.explain(overlay, row, self.weight / len(self.films))


@dataclass(frozen=True, slots=True)
class NeighboursTerm:
    """The mean of the best few likenesses to a member's films, each weighted by its gain.

    Fewer than so many, and those below 0, count as 0. `likenesses` float32 of shape (n_liked, n_films),
    gains included.
    """

    films: tuple[ReferenceFilm, ...]
    gains: tuple[float, ...]
    similarities: NDArray[np.float32]
    weight: float
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield what the nearest of the member's films share with this one."""
        order = np.argsort(-self.similarities[:, row], kind="stable")[:NEIGHBOURS]
        for number in order[self.similarities[order, row] > 0].tolist():
            factor = self.weight * self.gains[number] / NEIGHBOURS
            yield from self.films[number].explain(overlay, row, factor)


@dataclass(frozen=True, slots=True)
class EaseTerm:
    """What the club's ratings predict for a member with these gains by row, damped."""

    ease: Ease
    gains: Mapping[int, float]
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Share the score out: to films the member liked, by who liked both, and to roundabout ways."""
        given = list(self.ease.explain(self.gains, row))
        together = fsum(value for _, *values in given for value in values)
        if abs(together) < TINY:
            return
        share = float(self.scores[row]) / together
        liked = {other: members for other, members, _ in given if self.gains[other] >= LIKED}
        for other, members in liked.items():
            yield from _club(overlay, other, share * members)
        if rest := share * (together - fsum(liked.values())):
            label = "goes with your films" if rest > 0 else "goes less with your films"
            yield Contribution("taste", label, rest)


@dataclass(frozen=True, slots=True)
class CoRatingTerm:
    """How much the club's members rate some films and this one together, times `weight`.

    `alike` holds each film's shrunk cosines with all that are rated, shape (n_rows, n_rated).
    """

    ratings: RatingMatrix
    rows: tuple[int, ...]
    similarity: NDArray[np.float64]
    weight: float
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield each film's shrunk cosine with this one: what those who liked both give, and the rest."""
        place = self.ratings.place(row)
        if place is None:
            return
        for other, alike in zip(self.rows, self.similarity[:, place].tolist(), strict=True):
            there = self.ratings.place(other)
            if there is not None and (value := alike * self.weight / len(self.rows)):
                liked = self.ratings.liked_share(place, there)
                yield from _club(overlay, other, liked * value)
                if liked < 1:
                    yield Contribution("taste", "rated by the same", (1 - liked) * value)


@dataclass(frozen=True, slots=True)
class LabelledTerm:
    """A number that needs no explanation but a name, one for each sign."""

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
    """Another part, times `weight`: one member's say in a group."""

    part: ScoreTerm
    weight: float

    @property
    def scores(self) -> Scores:
        """Every film's number."""
        return self.weight * self.part.scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the other part's addends, made smaller."""
        for reason in self.part.explain(overlay, row):
            value = reason.value * self.weight
            yield Contribution(reason.kind, reason.label, value, reason.source)


def total(parts: Sequence[ScoreTerm], films: int) -> Scores:
    """Sum the scores of parts. Returns shape (films,)."""
    scores = np.zeros(films)
    for part in parts:
        scores += part.scores
    return scores


def _club(overlay: Overlay, other: int, value: float) -> Iterator[Contribution]:
    if value:
        yield Contribution("club", overlay.title(other), value, overlay.film_id(other))
