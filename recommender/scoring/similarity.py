"""How like films are: by every field, by year, and by what a club's members wrote."""

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
    REVIEWS: 8.0,
}
"""How much each field counts, each being a cosine.

Found on films without themes, but for the themes' own weight: that comes from the relatives named by
hand for the starter catalogue, `tests/bot/relatives.toml` (0.48 of them in the top ten, 0.35 where themes
hardly count), and from imported lists, whose films have a coarse theme or two (`fields.py` says how little
these tell).
"""

FIELD_WEIGHTS = np.array([WEIGHTS[name] for name in (*FIELD_NUMBER, REVIEWS)])
"""The same by the field's number."""

YEAR_WEIGHT, THEME_DISCOUNT = 0.9, 0.7
YEAR_DECAY = 8.0
"""What nearness in time counts; less by the second number for a film whose themes tell everything. Two
films so many years apart have 1/e of the nearness of two of the same year."""


@dataclass(frozen=True, slots=True)
class ReferenceFilm:
    """One film that others are compared with: its terms and its year, and what these weigh.

    `expected` is the likeness by reviews alone that says nothing, of a film endlessly reviewed.
    """

    film_id: str
    row: int
    query: SparseVector
    year: int
    year_weight: float
    expected: float

    def explain(self, overlay: Overlay, row: int, factor: float) -> Iterator[Contribution]:
        """Yield what another film shares with this one, times `factor`."""
        yield from shared_terms(overlay, row, self.query, factor, self.film_id)
        if told := self.expected and overlay.baseline().evidence_of(row) * self.expected:
            yield Contribution("commonplace", "said of many films", -told * factor, self.film_id)
        year = overlay.year(row)
        if UNKNOWN_YEAR not in (year, self.year):
            near = self.year_weight * math.exp(-abs(year - self.year) / YEAR_DECAY)
            yield Contribution("year", f"around {self.year}", near * factor, self.film_id)


def reference_film(overlay: Overlay, row: int) -> ReferenceFilm:
    """Read a film as what others are compared with."""
    return reference_films(overlay, [row])[0]


def reference_films(overlay: Overlay, rows: Collection[int]) -> tuple[ReferenceFilm, ...]:
    """Read some films as what others are compared with."""
    vectors = [overlay.vector(row) for row in rows]
    ends = np.cumsum([0, *(len(vector.ids) for vector in vectors)])
    ids, own = stacked(vectors)
    fields = field_numbers(overlay.index, ids)
    weights = (own * FIELD_WEIGHTS[fields]).astype(np.float32)
    spoken, themed = fields == len(FIELDS), fields == FIELD_NUMBER["theme"]
    said = unstacked(ids[spoken], weights[spoken], _marked_before(spoken, ends))
    themes = np.split(own[themed], _marked_before(themed, ends)[:-1])[1:]
    return tuple(
        ReferenceFilm(
            overlay.film_id(row),
            row,
            query,
            overlay.year(row),
            YEAR_WEIGHT - THEME_DISCOUNT * float(theme @ theme),
            expected,
        )
        for row, query, theme, expected in zip(
            rows,
            unstacked(ids, weights, ends),
            themes,
            overlay.baseline().expected(rows, said),
            strict=True,
        )
    )


def similarities(overlay: Overlay, films: Sequence[ReferenceFilm]) -> NDArray[np.float32]:
    """Compare some films with all. Returns float32 of shape (len(films), n_films)."""
    found = np.empty((len(films), len(overlay)), dtype=np.float32)
    catalogue = len(overlay.index)
    own_years = overlay.years()[catalogue:]
    for number, film in enumerate(films):
        found[number, :catalogue] = _catalogue_likeness(overlay, film)
        found[number, catalogue:] = year_proximity(own_years, film)
    overlay.add_overlay(found, [film.query for film in films])
    common = overlay.baseline()
    expected = [film.expected for film in films]
    found[:, common.rows] -= np.outer(expected, common.evidence).astype(np.float32)
    return found


def year_proximity(years: NDArray[np.int16], film: ReferenceFilm) -> NDArray[np.float32]:
    """Return how near years are to a film's, weighted; 0 where either is unknown."""
    year = film.year
    if year == UNKNOWN_YEAR:
        return np.zeros(len(years), dtype=np.float32)
    # An unknown year is 0, two thousand years away: its nearness underflows to 0 by itself.
    by_distance = film.year_weight * np.exp(-np.arange(year + 300) / YEAR_DECAY)
    by_distance[300:] = 0.0
    return np.asarray(by_distance.astype(np.float32).take(np.abs(years - np.int16(year))))


def _marked_before(marks: NDArray[np.bool_], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count the marks before some places."""
    return np.concatenate([[0], np.cumsum(marks)])[places]


def _catalogue_likeness(overlay: Overlay, film: ReferenceFilm) -> NDArray[np.float32]:
    """Compare with the catalogue's own fields: remembered, for they never change."""
    index = overlay.index
    known = index.memory.get(film.row) if film.row < len(index) else None
    if known is None:
        known = overlay.catalogue_scores(film.query)
        known += year_proximity(index.years, film)
        if film.row < len(index):
            index.memory.put(film.row, known)
    return known
