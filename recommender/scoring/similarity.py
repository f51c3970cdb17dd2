"""Similarity of films: weighted cosines of all fields, reviews included, and proximity in time."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.base import UNKNOWN_YEAR
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import REVIEWS, SparseVector, field_numbers
from recommender.scoring.explanation import shared_terms
from recommender.scoring.query import Contribution
from recommender.text.fields import FIELD_NUMBER, FIELDS, THEME_WORDS

PLAIN_WEIGHTS: Mapping[str, float] = {
    "title": 0.13,
    "director": 0.25,
    "writer": 0.25,
    "cast": 0.75,
    "genre": 0.5,
    "theme": 4.0,
    "country": 0.15,
    "language": 0.1,
    "text": 2.0,
    "tag": 0.0,
    "leading genre": 0.0,
    "origin": 0.0,
    "author": 0.0,
    "companion": 4.0,
    THEME_WORDS: 0.0,
    REVIEWS: 8.0,
}
THEMED_WEIGHTS: Mapping[str, float] = {
    **PLAIN_WEIGHTS,
    "title": 0.2,
    "director": 1.2,
    "writer": 1.2,
    "cast": 2.2,
    "genre": 0.4,
    "theme": 4.0,
    "country": 0.05,
    "language": 0.6,
    "text": 1.5,
    REVIEWS: 8.0,
}
"""Weight of each field's cosine, of a film without themes and of one whose themes tell most.

The first were tuned on co-likes of films without themes; the second on judgements of film lovers,
by cross-validation (`benchmarks/judged.py`).
"""

FIELD_WEIGHTS, THEMED_FIELD_WEIGHTS = (
    np.array([by_field[name] for name in (*FIELD_NUMBER, REVIEWS)])
    for by_field in (PLAIN_WEIGHTS, THEMED_WEIGHTS)
)
"""The same, indexed as `FIELDS`, reviews last."""

NEAR_WEIGHT = 3.8
"""Weight of nearness in theme space."""

TELLING = 0.6
"""Squared norm of a film's themes from which on they tell as much as any."""

MOST_REFERENCES = 512
"""Films that are kept as queries: those that a club's members have rated are asked for again and again."""

YEAR_WEIGHT, THEMED_YEAR_WEIGHT = 0.9, 0.6
YEAR_DECAY, THEMED_YEAR_DECAY = 8.0, 25.0
"""Weight of proximity in time, and the difference in years at which it falls to 1/e: of a film
without themes, and of one whose themes tell most."""


@dataclass(frozen=True, slots=True)
class ReferenceFilm:
    """Film that others are compared with, as a query: weighted terms, year, weighted themes' point.

    `told`, 0 to 1, is how much its themes tell. `baseline` is the slope of its baseline similarity, to
    be multiplied by another film's evidence. `shared` holds its inner products with the films of the
    overlay's matrix.
    """

    film_id: str
    row: int
    query: SparseVector
    year: int
    point: NDArray[np.float32]
    told: float
    baseline: float
    shared: NDArray[np.float32]

    @property
    def year_weight(self) -> float:
        """Weight of proximity in time."""
        return YEAR_WEIGHT + self.told * (THEMED_YEAR_WEIGHT - YEAR_WEIGHT)

    @property
    def year_decay(self) -> float:
        """Difference in years at which proximity in time falls to 1/e."""
        return YEAR_DECAY + self.told * (THEMED_YEAR_DECAY - YEAR_DECAY)

    def explain(self, overlay: Overlay, row: int, factor: float) -> Iterator[Contribution]:
        """Yield the contributions to another film's similarity, times `factor`."""
        yield from shared_terms(overlay, row, self.query, factor, self.film_id)
        if self.told and (near := float(self.point @ overlay.theme_point(row))):
            yield Contribution("nearness", "near in themes", near * factor, self.film_id)
        if shared := self.baseline and overlay.baseline().evidence_of(row) * self.baseline:
            yield Contribution("baseline", "said of many films", -shared * factor, self.film_id)
        year = film_facts.year(overlay, row)
        if UNKNOWN_YEAR not in (year, self.year):
            proximity = self.year_weight * math.exp(-abs(year - self.year) / self.year_decay)
            yield Contribution("year", f"around {self.year}", proximity * factor, self.film_id)


def reference_films(overlay: Overlay, rows: Collection[int]) -> tuple[ReferenceFilm, ...]:
    """Return some films as queries."""
    known = [overlay.cached(row, _facts, MOST_REFERENCES) for row in rows]
    by_reviews = shared = overlay.shared_with([facts.reviews for facts in known])
    if overlay.own_films():  # these share other fields with films, too
        shared = overlay.shared_with([facts.query for facts in known])
    slopes = overlay.baseline().slopes(rows, [facts.length for facts in known], by_reviews)
    return tuple(
        ReferenceFilm(
            overlay.film_id(row),
            row,
            facts.query,
            film_facts.year(overlay, row),
            facts.point,
            facts.told,
            baseline,
            own,
        )
        for row, facts, baseline, own in zip(rows, known, slopes, shared.T, strict=True)
    )


class Facts(NamedTuple):
    """What a reference film is but for the club's other reviews; `length` is that of `reviews`."""

    query: SparseVector
    reviews: SparseVector
    length: float
    point: NDArray[np.float32]
    told: float


def _facts(overlay: Overlay, row: int) -> Facts:
    vector = overlay.vector(row)
    fields = field_numbers(overlay.index, vector.ids)
    themes = vector.weights[fields == FIELD_NUMBER["theme"]].astype(np.float64)
    told = min(float(themes @ themes) / TELLING, 1.0)
    by_field = FIELD_WEIGHTS + told * (THEMED_FIELD_WEIGHTS - FIELD_WEIGHTS)
    query = SparseVector(vector.ids, (vector.weights * by_field[fields]).astype(np.float32))
    of_reviews = fields == len(FIELDS)
    reviews = SparseVector(query.ids[of_reviews], query.weights[of_reviews])
    length = float(np.linalg.norm(reviews.weights.astype(np.float64)))
    point = overlay.theme_point(row) * np.float32(NEAR_WEIGHT * told)
    return Facts(query, reviews, length, point, told)


def similarities(overlay: Overlay, films: Sequence[ReferenceFilm]) -> NDArray[np.float32]:
    """Return the similarities of some films and all, float32 of shape (len(films), n_films)."""
    found = np.empty((len(films), len(overlay)), dtype=np.float32)
    catalogue = len(overlay.index)
    own_years = film_facts.years(overlay)[catalogue:]
    for number, film in enumerate(films):
        found[number, :catalogue] = _catalogue_similarities(overlay, film)
        if len(own_years):
            found[number, catalogue:] = year_proximity(own_years, film)
            if film.told:
                found[number, catalogue:] += overlay.own_theme_points() @ film.point
    if films and len(films[0].shared):
        overlay.add_shared(found, np.array([film.shared for film in films]))
        baseline = overlay.baseline()
        slopes = np.array([film.baseline for film in films], dtype=np.float32)
        found[:, baseline.rows] -= np.outer(slopes, baseline.evidence.astype(np.float32))
    return found


def year_proximity(years: NDArray[np.int16], film: ReferenceFilm) -> NDArray[np.float32]:
    """Return the weighted proximity of years to a film's, 0 where either is unknown."""
    year = film.year
    if year == UNKNOWN_YEAR:
        return np.zeros(len(years), dtype=np.float32)
    # An unknown year is 0, two thousand years away: its proximity underflows to 0.
    by_difference = film.year_weight * np.exp(-np.arange(year + 300) / film.year_decay)
    by_difference[300:] = 0.0
    return np.asarray(by_difference.astype(np.float32).take(np.abs(years - np.int16(year))))


def _catalogue_similarities(overlay: Overlay, film: ReferenceFilm) -> NDArray[np.float32]:
    """Return the similarities by the base's fields; of the base's films they are cached."""
    index = overlay.index

    def compute() -> NDArray[np.float32]:
        found = overlay.catalogue_scores(film.query)
        found += year_proximity(index.years, film)
        if film.told:
            found[index.theme_space.rows] += index.theme_space.points @ film.point
        found.flags.writeable = film.row >= len(index)
        return found

    return index.similarities.get(film.row, compute) if film.row < len(index) else compute()
