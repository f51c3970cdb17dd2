"""Bridges between two films: chains in which neighbours are similar."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.club.overlay import Overlay
from recommender.scoring.reference_postings import similarity_matrix
from recommender.scoring.similarity import reference_films, similarities

NEAREST = 80
"""Candidates of a bridge: the most similar films to each end, and to both."""

APART = 0.02
"""Least progress of a step towards the end, as a share of the whole way."""

Matrix = NDArray[np.float64]


def bridge(overlay: Overlay, first: str, last: str, count: int = 3) -> tuple[str, ...]:
    """Return a bridge of at most `count` films between two, in order; empty where there is none.

    Their steps are as alike as can be: the product of the similarities along the way is the
    greatest. No two films of one series, and no two in a row by one director.
    """
    ends = [overlay.row_of(first), overlay.row_of(last)]
    if min(ends) < 0 or ends[0] == ends[1]:
        return ()
    rows = _candidates(overlay, ends)
    alike = _told_apart(links(overlay, [*ends, *rows]), overlay, rows)
    for steps in range(count, 0, -1):
        if chain := _chain(alike, steps):
            return tuple(overlay.film_id(rows[place]) for place in chain)
    return ()


def _candidates(overlay: Overlay, ends: Sequence[int]) -> list[int]:
    """Return the films near to one end or to both, without those that belong to an end."""
    near = similarities(overlay, reference_films(overlay, ends)).astype(np.float64)
    own = {part for row in ends for part in (row, *film_facts.parts(overlay, row))}
    near[:, sorted(own)] = -np.inf
    near[:, film_facts.among(overlay, overlay.hidden)] = -np.inf
    scaled = near / np.maximum(near.max(axis=1, keepdims=True), 1e-9)
    orders = (scaled.min(axis=0), scaled[0], scaled[1])
    found = [
        row for order in orders for row in np.argsort(-order, kind="stable")[:NEAREST].tolist()
    ]
    series: set[int] = set()
    kept: list[int] = []
    for row in dict.fromkeys(found):
        number = film_facts.series(overlay, row)
        if scaled[:, row].min() <= 0 or (number >= 0 and number in series):
            continue
        series.add(number)
        kept.append(row)
    return kept


def links(overlay: Overlay, rows: Sequence[int]) -> Matrix:
    """Return the similarity matrix of some films, symmetric, 0..1."""
    found = similarity_matrix(overlay, rows, rows)
    own = np.sqrt(np.maximum(np.diag(found), 1e-9))
    links = np.maximum(found / np.outer(own, own), 0.0)
    return np.asarray((links + links.T) / 2)


def _told_apart(alike: Matrix, overlay: Overlay, rows: Sequence[int]) -> Matrix:
    """Cut the links between films on the way that have a director in common."""
    makers = [set(film_facts.directors(overlay, row)) for row in rows]
    same = [[bool(one & other) for other in makers] for one in makers]
    alike[2:, 2:][np.array(same, dtype=bool)] = 0.0
    return alike


def _chain(links: Matrix, steps: int) -> list[int]:
    """Return the best way over `steps` films, from row 0 to row 1 of `links`, as places after these two."""
    count = len(links) - 2
    if count < steps:
        return []
    with np.errstate(divide="ignore"):
        length = np.log(links)
    way = links[0] / np.maximum(links[0] + links[1], 1e-9)  # 1 at the first end, 0 at the last
    way = way[2:]
    onward = way[:, None] - way[None, :] > APART
    between = np.where(onward, length[2:, 2:], -np.inf)
    best, before = length[0, 2:], list[NDArray[np.intp]]()
    for _ in range(steps - 1):
        through = best[:, None] + between
        before.append(through.argmax(axis=0))
        best = through.max(axis=0)
    total = best + length[2:, 1]
    at = int(total.argmax())
    if not math.isfinite(total[at]):
        return []
    chain = [at]
    for step in reversed(before):
        chain.append(int(step[chain[-1]]))
    return chain[::-1]
