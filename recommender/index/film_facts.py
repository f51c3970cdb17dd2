"""Facts of films by row: of the catalogue's films and of a club's own alike."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import UNKNOWN_YEAR
from recommender.index.club.overlay import Overlay
from recommender.text.analyzer import phrase
from recommender.text.fields import THEME_WORDS
from recommender.text.series import NO_SERIES


def has_themes(overlay: Overlay, row: int) -> bool:
    """Tell whether a row's themes are facts: words of predicted ones are not looked up."""
    return bool(len(overlay.terms_in(row, THEME_WORDS)))


def themed(overlay: Overlay) -> NDArray[np.bool_]:
    """Mark the films whose themes are facts, shape (n_films,)."""
    index, marks = overlay.index, np.zeros(len(overlay), dtype=bool)
    low, high = index.terms_of(THEME_WORDS)
    marks[index.postings.ids[index.postings.starts[low] : index.postings.starts[high]]] = True
    marks[len(index) :] = [has_themes(overlay, row) for row in range(len(index), len(overlay))]
    return marks


def among(overlay: Overlay, film_ids: Iterable[str]) -> NDArray[np.bool_]:
    """Mark the films that have one of some ids, shape (n_films,)."""
    marks = np.zeros(len(overlay), dtype=bool)
    marks[[row for film_id in film_ids if (row := overlay.row_of(film_id)) >= 0]] = True
    return marks


def directors(overlay: Overlay, row: int) -> list[str]:
    """Return the directors of a row, as terms."""
    if film := overlay.own_film(row):
        return [phrase(name) for name in film.directors]
    return [overlay.index.terms[term] for term in overlay.terms_in(row, "director").tolist()]


def series(overlay: Overlay, row: int) -> int:
    """Return the number of a row's series, -1 for none; the club's own films have none."""
    return int(overlay.index.series[row]) if row < len(overlay.index) else NO_SERIES


def films_of_series(overlay: Overlay) -> frozenset[str]:
    """Return the ids of all films that are parts of a series."""
    rows = np.flatnonzero(overlay.index.series != NO_SERIES).tolist()
    return frozenset(overlay.film_id(row) for row in rows)


def later_parts(overlay: Overlay) -> frozenset[str]:
    """Return the ids of all films that are parts of a series, but for the first of each."""
    series, parts = overlay.index.series, overlay.index.parts
    rows = np.flatnonzero(series != NO_SERIES)
    first = np.full(series.max(initial=0) + 1, np.iinfo(parts.dtype).max, dtype=parts.dtype)
    np.minimum.at(first, series[rows], parts[rows])
    later = rows[parts[rows] > first[series[rows]]].tolist()
    return frozenset(overlay.film_id(row) for row in later)


def parts(overlay: Overlay, row: int) -> list[int]:
    """Return the rows of a row's series in their order, none without a series."""
    return overlay.index.parts_with(row) if 0 <= row < len(overlay.index) else []


def year(overlay: Overlay, row: int) -> int:
    """Return the year of a row, 0 if unknown."""
    film = overlay.own_film(row)
    return (film.year or UNKNOWN_YEAR) if film else int(overlay.index.years[row])


def years(overlay: Overlay) -> NDArray[np.int16]:
    """Return the years of all films, 0 if unknown. Shape (n_films,)."""
    own = [film.year or UNKNOWN_YEAR for film in overlay.own_films()]
    return np.concatenate([overlay.index.years, np.array(own, dtype=np.int16)])


def popularity(overlay: Overlay) -> NDArray[np.float32]:
    """Return the popularity of all films by the catalogue, 0 if unknown. Shape (n_films,)."""
    own = [max(film.popularity, 0.0) for film in overlay.own_films()]
    return np.concatenate([overlay.index.popularity, np.array(own, dtype=np.float32)])


def regard(overlay: Overlay) -> NDArray[np.uint8]:
    """Return how well regarded all films are by judgement, 1 to 5, 0 if unknown. Shape (n_films,)."""
    own = [film.regard for film in overlay.own_films()]
    return np.concatenate([overlay.index.regard, np.array(own, dtype=np.uint8)])


def films_of_regard(overlay: Overlay, lowest: int, highest: int) -> frozenset[str]:
    """Return the ids of all films of these steps of regard, both included."""
    steps = regard(overlay)
    rows = np.flatnonzero((steps >= lowest) & (steps <= highest)).tolist()
    return frozenset(overlay.film_id(row) for row in rows)


def popularity_prior(overlay: Overlay) -> NDArray[np.float32]:
    """Return the popularity prior of all films, 0 for the club's own. Shape (n_films,)."""
    own = np.zeros(len(overlay) - len(overlay.index), dtype=np.float32)
    return np.concatenate([overlay.index.popularity_prior, own])
