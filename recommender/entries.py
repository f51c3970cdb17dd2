"""What an overlay adds to the base, in one block that many queries are compared with at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.vectors import HASHED, SparseVector


@dataclass(frozen=True, slots=True)
class Entries:
    """Film `rows[i]` has the entries `starts[i]` to `starts[i + 1]`; `terms` are all their ids."""

    rows: NDArray[np.intp]
    starts: NDArray[np.int64]
    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]
    terms: frozenset[int]


def columns_of(
    queries: Sequence[SparseVector], wanted: NDArray[np.uint32], known: int
) -> tuple[NDArray[np.intp], sp.csr_matrix]:
    """Return each wanted term's row in a matrix of (1 + n_terms, n_queries); row 0 is empty."""
    together = np.concatenate([query.ids for query in queries])
    ids, terms = np.unique(together, return_inverse=True)
    numbers = np.repeat(np.arange(len(queries)), [len(query.ids) for query in queries])
    weights = np.concatenate([query.weights for query in queries])
    asked = sp.csr_matrix((weights, (terms + 1, numbers)), shape=(len(ids) + 1, len(queries)))
    split = int(np.searchsorted(ids, HASHED))
    places = np.zeros(known + 1, dtype=np.intp)
    places[ids[:split]] = np.arange(1, split + 1)
    columns = places[np.minimum(wanted, known)]
    hashed = np.flatnonzero(wanted >= HASHED) if split < len(ids) else columns[:0]
    found = np.minimum(np.searchsorted(ids, wanted[hashed]), len(ids) - 1)
    columns[hashed] = np.where(ids[found] == wanted[hashed], found + 1, 0)
    return columns, asked
