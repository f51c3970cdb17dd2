"""Exact scores and exact best rows, in a handful of calls of numpy and scipy."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.index import SparseRows

BLOCK = 64
"""So many rows, spread evenly over all, have their highest score looked at together."""


def accumulate(
    postings: SparseRows, terms: NDArray[np.intp], weights: NDArray[np.float32], films: int
) -> NDArray[np.float32]:
    """Add up the weighted postings of some terms. Returns float32 of shape (films,).

    The postings are the columns of a matrix already, so that they are only laid together: scipy's
    product goes through them once, and casts nothing on the way as `bincount` does.
    """
    if not len(terms):
        return np.zeros(films, dtype=np.float32)
    low, high = postings.starts[terms], postings.starts[terms + 1]
    parts = [slice(a, b) for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    rows = np.concatenate([postings.ids[part] for part in parts])
    values = np.concatenate([postings.weights[part] for part in parts])
    starts = np.zeros(len(terms) + 1, dtype=np.int32)
    np.cumsum(high - low, out=starts[1:])
    columns = sp.csc_array((values, rows, starts), shape=(films, len(terms)))
    return np.asarray(columns @ weights)


def best_rows(
    scores: NDArray[np.floating], order: NDArray[np.float64], depth: int
) -> NDArray[np.intp]:
    """Return the `depth` rows of highest score, ties by `order`; exact, whatever the scores.

    The depth-th highest of all blocks' maxima is at most the depth-th highest score, so that only
    rows from there on are sorted: a scan, however many scores are equal or zero.
    """
    rows = np.flatnonzero(scores >= _threshold(scores, depth))
    if len(rows) > 4 * depth:
        cut = np.partition(scores[rows], len(rows) - depth)[len(rows) - depth]
        rows = rows[scores[rows] >= cut]
    return rows[np.lexsort((order[rows], -scores[rows]))][:depth]


def _threshold(scores: NDArray[np.floating], depth: int) -> float:
    """Return a score that at least `depth` rows reach, if there are so many."""
    whole = len(scores) // BLOCK * BLOCK
    if whole // BLOCK < depth:
        return -np.inf
    # Blocks are columns, not rows: the maxima of long rows are found many at a time.
    peaks = scores[:whole].reshape(BLOCK, -1).max(axis=0)
    return float(np.partition(peaks, len(peaks) - depth)[len(peaks) - depth])
