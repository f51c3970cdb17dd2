"""Demands: conditions that cut the films before they are scored, so that no pick breaks one."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.index.vectors import term_id
from recommender.scoring.query import Demand
from recommender.text import analyzer


def meeting(overlay: Overlay, demands: Iterable[Demand]) -> NDArray[np.bool_]:
    """Mark the films that meet all demands, shape (n_films,)."""
    marks = np.ones(len(overlay), dtype=bool)
    for demand in demands:
        marks &= _meeting(overlay, demand)
    return marks


def _meeting(overlay: Overlay, demand: Demand) -> NDArray[np.bool_]:
    marks = np.zeros(len(overlay), dtype=bool)
    terms = {term_id(overlay.index, field, _term(field, value)) for field, value in demand.any_of}
    for rows in overlay.postings(terms).values():
        marks[rows] = True
    if demand.years is not None:
        years = overlay.years()
        marks |= (years >= demand.years[0]) & (years <= demand.years[1])
    if demand.film_ids is not None:
        rows_of = [overlay.row_of(film_id) for film_id in demand.film_ids]
        marks[[row for row in rows_of if row >= 0]] = True
    return ~marks if demand.excluded else marks


def _term(field: str, value: str) -> str:
    """Return the term of a value in its field: themes are stemmed, names and codes are folded."""
    if field == "theme":
        return " ".join(analyzer.terms(value)) or analyzer.phrase(value)
    return analyzer.phrase(value)


def relaxed(
    overlay: Overlay, demands: Sequence[Demand], least: int
) -> tuple[tuple[Demand, ...], tuple[Demand, ...]]:
    """Drop soft demands, the last first, until at least so many films meet the rest.

    Returns the demands kept and the demands dropped.
    """
    kept, dropped = list(demands), []
    while meeting(overlay, kept).sum() < least:
        soft = [demand for demand in kept if demand.soft]
        if not soft:
            break
        kept.remove(soft[-1])
        dropped.append(soft[-1])
    return tuple(kept), tuple(dropped)
