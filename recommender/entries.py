"""What an overlay adds to the base, in one block that many queries are compared with at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.vectors import EMPTY, HASHED, SparseVector


@dataclass(frozen=True, slots=True)
class Entries:
    """Film `rows[i]`, ascending, has the entries `starts[i]` to `starts[i + 1]`."""

    rows: NDArray[np.intp]
    starts: NDArray[np.int64]
    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def vector(self, row: int) -> SparseVector:
        """Return what a film has here, as views."""
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            return EMPTY
        part = slice(self.starts[place], self.starts[place + 1])
        return SparseVector(self.ids[part], self.weights[part])

    def below(self, row: int) -> "Entries":
        """Return the entries of the films before a row."""
        films = int(np.searchsorted(self.rows, row))
        end = self.starts[films]
        return Entries(
            self.rows[:films], self.starts[: films + 1], self.ids[:end], self.weights[:end]
        )

    def changed(self, vectors: Mapping[int, SparseVector]) -> "Entries":
        """Return these entries with some films' own replaced; an empty vector takes a film out."""
        rows, lengths = [self.rows[:0]], [self.starts[:0]]
        ids, weights, at = [EMPTY.ids], [EMPTY.weights], 0
        for row in (*sorted(vectors), None):
            place = len(self.rows) if row is None else int(np.searchsorted(self.rows, row))
            kept = slice(self.starts[at], self.starts[place])
            rows.append(self.rows[at:place])
            lengths.append(np.diff(self.starts[at : place + 1]))
            ids.append(self.ids[kept])
            weights.append(self.weights[kept])
            if row is None:
                break
            at = place + (place < len(self.rows) and bool(self.rows[place] == row))
            if len(vectors[row].ids):
                rows.append(np.array([row], dtype=np.intp))
                lengths.append(np.array([len(vectors[row].ids)]))
                ids.append(vectors[row].ids)
                weights.append(vectors[row].weights)
        starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
        return Entries(
            np.concatenate(rows),
            starts.astype(np.int64),
            np.concatenate(ids),
            np.concatenate(weights),
        )


NOTHING = Entries(np.zeros(0, np.intp), np.zeros(1, np.int64), EMPTY.ids, EMPTY.weights)


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
