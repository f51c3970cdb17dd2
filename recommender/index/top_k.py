"""Exact scores and exact best rows, in a handful of calls of numpy and scipy."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.index.base import SparseRows

try:
    # The compiled loops behind scipy's matrices. Building matrices around them, with all checks,
    # would take twice as long as their work.
    from scipy.sparse import _sparsetools as loops
except ImportError:  # They are no public names: another scipy may keep them elsewhere.
    loops = None

BLOCK = 64
"""So many rows, spread evenly over all, have their highest score looked at together."""


def accumulate(
    postings: SparseRows, terms: NDArray[np.int32], weights: NDArray[np.float32], films: int
) -> NDArray[np.float32]:
    """Add up the weighted postings of some terms. Returns float32 of shape (films,).

    The terms' postings are laid together as the columns of a matrix, and its product with the
    weights goes through them once.
    """
    if loops is None:
        shape = (len(postings.starts) - 1, films)
        whole = sp.csr_array((postings.weights, postings.ids, postings.starts), shape=shape)
        return np.asarray(weights @ whole[terms])
    scores = np.zeros(films, dtype=np.float32)
    starts = np.zeros(len(terms) + 1, dtype=np.int32)
    np.cumsum(postings.starts[terms + 1] - postings.starts[terms], out=starts[1:])
    rows, values = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    loops.csr_row_index(
        len(terms), terms, postings.starts, postings.ids, postings.weights, rows, values
    )
    loops.csc_matvec(films, len(terms), starts, rows, values, weights, scores)
    return scores


def best_rows(
    scores: NDArray[np.floating], order: NDArray[np.float64], depth: int
) -> NDArray[np.intp]:
    """Return the `depth` rows of highest score, ties by `order`; exact, whatever the scores.

    The depth-th highest of all blocks' maxima is at most the depth-th highest score, so that only
    rows from there on are sorted: a scan, however many scores are equal or zero.
    """
    (rows,) = (scores >= _threshold(scores, depth)).nonzero()
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
    peaks.partition(len(peaks) - depth)
    return float(peaks[len(peaks) - depth])
