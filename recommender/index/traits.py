"""What films are, as would-be raters of them: each of the commonest genres, and each decade.

A fan of horror would love all horror: what such a rater would tell is known without having one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import UNKNOWN_YEAR, BaseIndex
from recommender.text.analyzer import phrase
from recommender.text.documents import FilmDocument

GENRES = 24
"""So many genres, the catalogue's commonest, are raters."""

DECADES = np.arange(1920, 2050, 10)
DECADE_WIDTH = 8.0
"""A decade rates a film by a bell around its own year, so many years wide (standard deviation)."""


def traits(
    index: BaseIndex, rows: NDArray[np.intp], own: Sequence[FilmDocument]
) -> NDArray[np.float64]:
    """Return what every trait rates some films: 0..1, shape (n_traits, n_films).

    The films are those of the index's `rows`, ascending, and then a club's `own`.
    """
    low, high = index.terms_of("genre")
    films = np.diff(index.postings.starts[low : high + 1])
    genres = low + np.argsort(-films, kind="stable")[:GENRES]
    by_genre = np.zeros((len(genres), len(rows) + len(own)))
    for number, term in enumerate(genres.tolist()):
        by_genre[number, : len(rows)] = _among(rows, index.postings.row(term)[0])
    for place, film in enumerate(own, start=len(rows)):
        terms = {index.term("genre", phrase(genre)) for genre in film.genres}
        by_genre[:, place] = [term in terms for term in genres.tolist()]
    years = np.concatenate([index.years[rows], [film.year or UNKNOWN_YEAR for film in own]])
    by_decade = np.exp(-(((years - DECADES[:, None]) / DECADE_WIDTH) ** 2) / 2)
    return np.concatenate([by_genre, by_decade])


def _among(rows: NDArray[np.intp], wanted: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Mark which rows are among wanted ones, ascending."""
    places = np.minimum(wanted.searchsorted(rows), len(wanted) - 1)
    return np.asarray(wanted[places] == rows)
