"""Overlay matrix: sparse vectors of a club's reviews and own films."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.index.vectors import EMPTY, SparseVector, stacked

LAST_BITS = np.uint32((1 << 16) - 1)
"""Bits of a term id that a look-up table is indexed by. With 12, a fifth of all entries collide
with one of some thousand terms and have to be searched for; with 16, one in a hundred. The table
then takes 256 KiB, which stay in the processor's cache; a larger one takes longer to clear."""


@dataclass(frozen=True, slots=True)
class OverlayMatrix:
    """Sparse matrix in CSR of some films: film `rows[i]`, ascending, is row i of the matrix."""

    rows: NDArray[np.intp]
    starts: NDArray[np.int64]
    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def vector(self, row: int) -> SparseVector:
        """Return a film's vector, as views; empty if it has no row."""
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            return EMPTY
        part = slice(self.starts[place], self.starts[place + 1])
        return SparseVector(self.ids[part], self.weights[part])

    def find(self, terms: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Find the entries of some terms, ascending. Returns indices of entries and of terms."""
        # A hash table by a term's last bits; the few collisions are searched for.
        table = np.zeros(LAST_BITS + 1, dtype=np.int32)
        table[terms & LAST_BITS] = np.arange(1, len(terms) + 1)
        guessed = table.take(self.ids & LAST_BITS)
        entries = np.flatnonzero(guessed > 0)
        ids, columns = self.ids.take(entries), guessed.take(entries).astype(np.intp) - 1
        collided = np.flatnonzero(terms[columns] != ids)
        columns[collided] = np.minimum(terms.searchsorted(ids[collided]), len(terms) - 1)
        found = terms[columns] == ids
        return entries[found], columns[found]

    def films_of(self, entries: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the films that some entries, given by their indices, belong to."""
        return self.rows[self.starts.searchsorted(entries, side="right") - 1]

    def products(self, queries: Sequence[SparseVector]) -> NDArray[np.float32]:
        """Return the inner products of all films and some queries, shape (n_rows, n_queries)."""
        ids, weights = stacked(queries)
        terms, columns = np.unique(ids, return_inverse=True)
        numbers = np.repeat(np.arange(len(queries)), [len(query.ids) for query in queries])
        dense = np.zeros((len(terms), len(queries)), dtype=np.float32)
        dense[columns, numbers] = weights
        entries, of_terms = self.find(terms)
        found = (self.weights[entries], of_terms, entries.searchsorted(self.starts))
        return np.asarray(sp.csr_array(found, shape=(len(self.rows), len(terms))) @ dense)

    def before(self, row: int) -> "OverlayMatrix":
        """Return the part of the films before a row."""
        films = int(np.searchsorted(self.rows, row))
        end = self.starts[films]
        return OverlayMatrix(
            self.rows[:films], self.starts[: films + 1], self.ids[:end], self.weights[:end]
        )

    def updated(self, vectors: Mapping[int, SparseVector]) -> "OverlayMatrix":
        """Return the matrix with some films' vectors replaced; an empty vector removes the film."""
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
        return OverlayMatrix(
            np.concatenate(rows),
            starts.astype(np.int64),
            np.concatenate(ids),
            np.concatenate(weights),
        )


EMPTY_MATRIX = OverlayMatrix(np.zeros(0, np.intp), np.zeros(1, np.int64), EMPTY.ids, EMPTY.weights)
