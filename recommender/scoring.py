"""Exact scores and exact best rows, in a handful of numpy calls."""

import numpy as np
from numpy.typing import NDArray

from recommender.index import SparseRows

BLOCK = 64
"""Rows whose highest score is looked at together when the best rows are sought."""


def accumulate(
    postings: SparseRows, terms: NDArray[np.intp], weights: NDArray[np.float32], films: int
) -> NDArray[np.float64]:
    """Add up the weighted postings of some terms. Returns float64 of shape (films,)."""
    if not len(terms):
        return np.zeros(films)
    low, high = postings.starts[terms].tolist(), postings.starts[terms + 1].tolist()
    parts = [slice(a, b) for a, b in zip(low, high, strict=True)]
    rows = np.concatenate([postings.ids[part] for part in parts])
    products = np.concatenate([postings.weights[part] for part in parts])
    products *= np.repeat(weights, np.subtract(high, low))
    return np.asarray(np.bincount(rows, weights=products, minlength=films), dtype=np.float64)


def best_rows(
    scores: NDArray[np.float64], order: NDArray[np.float64], depth: int
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


def _threshold(scores: NDArray[np.float64], depth: int) -> float:
    """Return a score that at least `depth` rows reach, if there are so many."""
    whole = len(scores) // BLOCK * BLOCK
    if whole // BLOCK < depth:
        return -np.inf
    peaks = scores[:whole].reshape(-1, BLOCK).max(axis=1)
    return float(np.partition(peaks, len(peaks) - depth)[len(peaks) - depth])
