"""Demands: conditions that cut the films before they are scored, so that no pick breaks one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    terms = {
        term_id(overlay.index, field, analyzer.phrase(value)) for field, value in demand.any_of
    }
    for rows in overlay.postings(terms).values():
        marks[rows] = True
    if demand.years is not None:
        years = overlay.years()
        marks |= (years >= demand.years[0]) & (years <= demand.years[1])
    if demand.film_ids is not None:
        rows_of = [overlay.row_of(film_id) for film_id in demand.film_ids]
        marks[[row for row in rows_of if row >= 0]] = True
    return ~marks if demand.excluded else marks


def relaxed(
    overlay: Overlay, demands: Sequence[Demand], least: int
) -> tuple[tuple[Demand, ...], tuple[Demand, ...]]:
    """Fit the soft demands to the films there are: strict where enough films meet all.

    A soft demand is first read narrowly, as the very word it is named by; then as all its terms; then
    dropped, the last one first. Returns the demands kept and the demands dropped.
    """
    kept, dropped = [_narrowed(demand) for demand in demands], []
    wide = dict(zip(kept, demands, strict=True))
    while meeting(overlay, kept).sum() < least:
        narrow = [demand for demand in kept if wide[demand] != demand]
        soft = [demand for demand in kept if demand.soft]
        if narrow:
            place = kept.index(narrow[-1])
            kept[place] = wide[narrow[-1]]
            wide[kept[place]] = kept[place]
        elif soft:
            kept.remove(soft[-1])
            dropped.append(soft[-1])
        else:
            break
    return tuple(kept), tuple(dropped)


def _narrowed(demand: Demand) -> Demand:
    """Return a soft demand with only the theme that it is named by, where it has that."""
    head = ("tag", demand.label)
    if not demand.soft or head not in demand.any_of:
        return demand
    return replace(demand, any_of=(head,), years=None)
