"""Side information for EASE: each common genre and each decade as a virtual rater of all films.

A row of item features stacked under the ratings, as in collective EASE (Jeunen, Van Balen, Goethals
2020).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import UNKNOWN_YEAR, BaseIndex
from recommender.text.analyzer import phrase
from recommender.text.documents import FilmDocument

GENRES = 24
"""The catalogue's commonest genres, this many, are raters."""

DECADES = np.arange(1920, 2050, 10)
DECADE_WIDTH = 8.0
"""Standard deviation in years of the Gaussian by which a decade rates films."""


def traits(
    index: BaseIndex, rows: NDArray[np.intp], own: Sequence[FilmDocument]
) -> NDArray[np.float64]:
    """Return the ratings of films by virtual raters: 0..1, shape (n_traits, n_films).

    The films are the index's `rows`, ascending, then a club's `own`.
    """
    low, high = index.terms_of("genre")
    films = np.diff(index.postings.starts[low : high + 1])
    genres = low + np.argsort(-films, kind="stable")[:GENRES]
    by_genre = np.zeros((len(genres), len(rows) + len(own)))
    for number, term in enumerate(genres.tolist()):
        by_genre[number, : len(rows)] = _is_among(rows, index.postings.row(term)[0])
    for place, film in enumerate(own, start=len(rows)):
        terms = {index.term("genre", phrase(genre)) for genre in film.genres}
        by_genre[:, place] = [term in terms for term in genres.tolist()]
    years = np.concatenate([index.years[rows], [film.year or UNKNOWN_YEAR for film in own]])
    by_decade = np.exp(-(((years - DECADES[:, None]) / DECADE_WIDTH) ** 2) / 2)
    return np.concatenate([by_genre, by_decade])


def _is_among(rows: NDArray[np.intp], wanted: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Mark the rows that are among the wanted ones; both ascending."""
    places = np.minimum(wanted.searchsorted(rows), len(wanted) - 1)
    return np.asarray(wanted[places] == rows)
