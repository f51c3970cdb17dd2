"""Postings of reference films: their similarities to a few films, without those to all others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.base import UNKNOWN_YEAR
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import stacked
from recommender.scoring.similarity import ReferenceFilm, reference_films

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReferencePostings:
    """Reference films by term: `ids` in order, each with the `film` that has it and its `weight`.

    Of each film besides: its weighted point in theme space, the slope of its baseline, and its year with
    the weight and the decay of proximity in time. Explanations need a film's similarities to the few
    that were picked; a matrix of those to all films would take 20 MB a member.
    """

    films: Sequence[ReferenceFilm]
    ids: NDArray[np.uint32]
    film: NDArray[np.intp]
    weight: Numbers
    points: NDArray[np.float32]
    baselines: Numbers
    years: Numbers
    year_weights: Numbers
    year_decays: Numbers

    @classmethod
    def of(cls, films: Sequence[ReferenceFilm]) -> "ReferencePostings":
        """Lay some films' terms together."""
        ids, weights = stacked([film.query for film in films])
        numbers = np.arange(len(films)).repeat([len(film.query.ids) for film in films])
        order = np.argsort(ids, kind="stable")
        return cls(
            films,
            ids[order],
            numbers[order],
            weights[order].astype(np.float64),
            np.array([film.point for film in films]),
            np.array([film.baseline for film in films], dtype=np.float64),
            np.array([film.year for film in films], dtype=np.float64),
            np.array([film.year_weight for film in films]),
            np.array([film.year_decay for film in films]),
        )

    def similarities(self, overlay: Overlay, rows: Sequence[int]) -> Numbers:
        """Return the similarities of the films and some others, shape (n_films, n_rows)."""
        vectors = [overlay.cached(row, Overlay.vector) for row in rows]
        ids, weights = stacked(vectors)
        first = self.ids.searchsorted(ids)
        many = self.ids.searchsorted(ids, "right") - first
        entries = np.arange(many.sum()) + (first - many.cumsum() + many).repeat(many)
        products = self.weight[entries] * weights.repeat(many)
        columns = np.arange(len(rows)).repeat([len(vector.ids) for vector in vectors]).repeat(many)
        shape = (len(self.films), len(rows))
        cells = self.film[entries] * len(rows) + columns
        found = np.bincount(cells, products, len(self.films) * len(rows)).reshape(shape)
        near = self.points @ np.array([overlay.theme_point(row) for row in rows]).T
        evidence = [overlay.baseline().evidence_of(row) for row in rows]
        return np.asarray(
            found + near - np.outer(self.baselines, evidence) + self._proximity(overlay, rows)
        )

    def _proximity(self, overlay: Overlay, rows: Sequence[int]) -> Numbers:
        years = np.array([film_facts.year(overlay, row) for row in rows], dtype=np.float64)
        apart = np.abs(self.years[:, None] - years)
        found = self.year_weights[:, None] * np.exp(-apart / self.year_decays[:, None])
        found[self.years == UNKNOWN_YEAR] = 0.0
        found[:, years == UNKNOWN_YEAR] = 0.0
        return np.asarray(found)


def similarity_matrix(overlay: Overlay, rows: Sequence[int], others: Sequence[int]) -> Numbers:
    """Return the similarities of some films, as reference films, and some others. Shape (n_rows, n_others)."""
    return ReferencePostings.of(reference_films(overlay, rows)).similarities(overlay, others)
