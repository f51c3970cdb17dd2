"""Score accumulation over postings and exact top-k selection, in a few numpy and scipy calls."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.index.storage.sparse_rows import SparseRows

try:
    # scipy's compiled loops, called directly: building checked matrices takes twice their time.
    from scipy.sparse import _sparsetools as loops
except ImportError:  # private names: another scipy may have them elsewhere
    loops = None

BLOCK = 64
"""Rows per block, spread evenly over all: only a block's maximum is looked at first."""


def accumulate(
    postings: SparseRows, terms: NDArray[np.int32], weights: NDArray[np.float32], films: int
) -> NDArray[np.float32]:
    """Accumulate the weighted postings of some terms. Returns float32 scores of shape (films,).

    The terms' postings are gathered as the columns of a CSC matrix, which is multiplied by the
    weights.
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
    """Return the `depth` rows of highest score, ties by `order`; exact for any scores.

    Rows of minus infinity are no candidates and left out. The depth-th highest block maximum is at most
    the depth-th highest score, so only rows from there on are sorted: one scan, even if many scores are
    equal or zero.
    """
    least = _threshold(scores, depth)
    (rows,) = (scores >= least if least > -np.inf else scores > least).nonzero()
    if len(rows) > 4 * depth:
        cut = np.partition(scores[rows], len(rows) - depth)[len(rows) - depth]
        rows = rows[scores[rows] >= cut]
    return rows[np.lexsort((order[rows], -scores[rows]))][:depth]


def _threshold(scores: NDArray[np.floating], depth: int) -> float:
    """Return a score that at least `depth` rows reach, -inf for few rows."""
    whole = len(scores) // BLOCK * BLOCK
    if whole // BLOCK < depth:
        return -np.inf
    # Blocks are columns: numpy then takes the maxima of many blocks at a time.
    peaks = scores[:whole].reshape(BLOCK, -1).max(axis=0)
    peaks.partition(len(peaks) - depth)
    return float(peaks[len(peaks) - depth])
