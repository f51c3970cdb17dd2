"""Postings of reference films: their similarities to one film, without those to all others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.base import UNKNOWN_YEAR
from recommender.index.overlay import Overlay
from recommender.index.vectors import stacked
from recommender.scoring.similarity import ReferenceFilm

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReferencePostings:
    """Reference films by term: `ids` in order, each with the `film` that has it and its `weight`.

    Of each film besides: its weighted point in theme space, the slope of its baseline, and its year with
    the weight and the decay of proximity in time. Explanations need a film's similarities to the few
    that were picked; a matrix of those to all films would take 20 MB a member.
    """

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
            ids[order],
            numbers[order],
            weights[order].astype(np.float64),
            np.array([film.point for film in films]),
            np.array([film.baseline for film in films], dtype=np.float64),
            np.array([film.year for film in films], dtype=np.float64),
            np.array([film.year_weight for film in films]),
            np.array([film.year_decay for film in films]),
        )

    def similarities(self, overlay: Overlay, row: int) -> Numbers:
        """Return the similarities of the films to one, shape (n_films,)."""
        vector = overlay.cached(row, Overlay.vector)
        first = self.ids.searchsorted(vector.ids)
        many = self.ids.searchsorted(vector.ids, "right") - first
        entries = np.arange(many.sum()) + (first - many.cumsum() + many).repeat(many)
        products = self.weight[entries] * vector.weights.repeat(many)
        words = np.bincount(self.film[entries], products, len(self.years))
        near = self.points @ overlay.theme_point(row)
        shared = overlay.baseline().evidence_of(row) * self.baselines
        year = film_facts.year(overlay, row)
        if year == UNKNOWN_YEAR:
            return np.asarray(words + near - shared)
        proximity = self.year_weights * np.exp(-np.abs(self.years - year) / self.year_decays)
        proximity[self.years == UNKNOWN_YEAR] = 0.0
        return np.asarray(words + near - shared + proximity)
