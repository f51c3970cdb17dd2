"""Similarity of films: weighted cosines of all fields, reviews included, and proximity in time."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import UNKNOWN_YEAR
from recommender.index.overlay import Overlay
from recommender.index.vectors import REVIEWS, SparseVector, field_numbers, stacked, unstacked
from recommender.scoring.explanation import shared_terms
from recommender.scoring.query import Contribution
from recommender.text.fields import FIELD_NUMBER, FIELDS

WEIGHTS: Mapping[str, float] = {
    "title": 0.13,
    "director": 0.25,
    "cast": 0.75,
    "genre": 0.5,
    "theme": 4.0,
    "country": 0.15,
    "language": 0.1,
    "text": 2.0,
    "tag": 0.0,
    REVIEWS: 8.0,
}
"""Weight of each field's cosine.

Tuned on films without themes, but for the themes' own weight: that comes from the similar films
named by hand for the starter catalogue, `tests/bot/features/picks/relatives.toml` (0.48 of them in
the top ten, 0.35 where themes hardly count), and from imported lists, whose films have a coarse
theme or two (shrunk, see `fields.py`).
"""

FIELD_WEIGHTS = np.array([WEIGHTS[name] for name in (*FIELD_NUMBER, REVIEWS)])
"""The same, indexed as `FIELDS`, reviews last."""

YEAR_WEIGHT, THEME_DISCOUNT = 0.9, 0.7
YEAR_DECAY = 8.0
"""Weight of proximity in time, less the discount times the squared norm of the film's themes; and
the difference in years at which proximity falls to 1/e."""


@dataclass(frozen=True, slots=True)
class ReferenceFilm:
    """Film that others are compared with, as a query: weighted terms and year.

    `baseline` is the slope of its baseline similarity, to be multiplied by another film's evidence.
    """

    film_id: str
    row: int
    query: SparseVector
    year: int
    year_weight: float
    baseline: float

    def explain(self, overlay: Overlay, row: int, factor: float) -> Iterator[Contribution]:
        """Yield the contributions to another film's similarity, times `factor`."""
        yield from shared_terms(overlay, row, self.query, factor, self.film_id)
        if shared := self.baseline and overlay.baseline().evidence_of(row) * self.baseline:
            yield Contribution("baseline", "said of many films", -shared * factor, self.film_id)
        year = overlay.year(row)
        if UNKNOWN_YEAR not in (year, self.year):
            proximity = self.year_weight * math.exp(-abs(year - self.year) / YEAR_DECAY)
            yield Contribution("year", f"around {self.year}", proximity * factor, self.film_id)


def reference_films(overlay: Overlay, rows: Collection[int]) -> tuple[ReferenceFilm, ...]:
    """Return some films as queries."""
    vectors = [overlay.vector(row) for row in rows]
    ends = np.cumsum([0, *(len(vector.ids) for vector in vectors)])
    ids, own = stacked(vectors)
    fields = field_numbers(overlay.index, ids)
    weights = (own * FIELD_WEIGHTS[fields]).astype(np.float32)
    of_reviews, themed = fields == len(FIELDS), fields == FIELD_NUMBER["theme"]
    reviews = unstacked(ids[of_reviews], weights[of_reviews], _marked_before(of_reviews, ends))
    themes = np.split(own[themed], _marked_before(themed, ends)[:-1])[1:]
    return tuple(
        ReferenceFilm(
            overlay.film_id(row),
            row,
            query,
            overlay.year(row),
            YEAR_WEIGHT - THEME_DISCOUNT * float(theme @ theme),
            baseline,
        )
        for row, query, theme, baseline in zip(
            rows,
            unstacked(ids, weights, ends),
            themes,
            overlay.baseline().slopes(rows, reviews),
            strict=True,
        )
    )


def similarities(overlay: Overlay, films: Sequence[ReferenceFilm]) -> NDArray[np.float32]:
    """Return the similarities of some films and all, float32 of shape (len(films), n_films)."""
    found = np.empty((len(films), len(overlay)), dtype=np.float32)
    catalogue = len(overlay.index)
    own_years = overlay.years()[catalogue:]
    for number, film in enumerate(films):
        found[number, :catalogue] = _catalogue_similarities(overlay, film)
        found[number, catalogue:] = year_proximity(own_years, film)
    overlay.add_overlay(found, [film.query for film in films])
    baseline = overlay.baseline()
    slopes = [film.baseline for film in films]
    found[:, baseline.rows] -= np.outer(slopes, baseline.evidence).astype(np.float32)
    return found


def year_proximity(years: NDArray[np.int16], film: ReferenceFilm) -> NDArray[np.float32]:
    """Return the weighted proximity of years to a film's, 0 where either is unknown."""
    year = film.year
    if year == UNKNOWN_YEAR:
        return np.zeros(len(years), dtype=np.float32)
    # An unknown year is 0, two thousand years away: its proximity underflows to 0.
    by_difference = film.year_weight * np.exp(-np.arange(year + 300) / YEAR_DECAY)
    by_difference[300:] = 0.0
    return np.asarray(by_difference.astype(np.float32).take(np.abs(years - np.int16(year))))


def _marked_before(marks: NDArray[np.bool_], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count the marks before each of some positions."""
    return np.concatenate([[0], np.cumsum(marks)])[ends]


def _catalogue_similarities(overlay: Overlay, film: ReferenceFilm) -> NDArray[np.float32]:
    """Return the similarities by the base's fields; of the base's films they are cached."""
    index = overlay.index

    def compute() -> NDArray[np.float32]:
        found = overlay.catalogue_scores(film.query)
        found += year_proximity(index.years, film)
        return found

    return index.similarities_of(film.row, compute) if film.row < len(index) else compute()
