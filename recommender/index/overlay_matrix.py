"""What an overlay adds to the base, in one block that many queries are compared with at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.index.vectors import EMPTY, SparseVector, stacked

LAST_BITS = np.uint32((1 << 16) - 1)
"""16 of them: of fewer, many more entries share them with a term by chance (at 12 every fifth, where
thousands of terms are asked for, at 16 about one in a hundred) and have to be searched for; a table
of more (at 16 it has 256 KiB, and stays in the processor's cache) takes longer to clear each time."""


@dataclass(frozen=True, slots=True)
class OverlayMatrix:
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

    def holding(self, terms: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Find the entries of some terms, given ascending. Returns their places, and their terms'."""
        # A term's last bits tell it from nearly all others: only those they do not are searched for.
        places = np.zeros(LAST_BITS + 1, dtype=np.int32)
        places[terms & LAST_BITS] = np.arange(1, len(terms) + 1)
        guessed = places.take(self.ids & LAST_BITS)
        near = np.flatnonzero(guessed > 0)
        ids, found = self.ids.take(near), guessed.take(near).astype(np.intp) - 1
        other = np.flatnonzero(terms[found] != ids)
        found[other] = np.minimum(terms.searchsorted(ids[other]), len(terms) - 1)
        there = terms[found] == ids
        return near[there], found[there]

    def films(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the rows of the films that some entries, given by their places, belong to."""
        return self.rows[self.starts.searchsorted(places, side="right") - 1]

    def products(self, queries: Sequence[SparseVector]) -> NDArray[np.float32]:
        """Return every film's inner product with some queries, shape (n_rows, n_queries)."""
        ids, weights = stacked(queries)
        terms, columns = np.unique(ids, return_inverse=True)
        numbers = np.repeat(np.arange(len(queries)), [len(query.ids) for query in queries])
        asked = np.zeros((len(terms), len(queries)), dtype=np.float32)
        asked[columns, numbers] = weights
        held, wanted = self.holding(terms)
        rows = (self.weights[held], wanted, held.searchsorted(self.starts))
        return np.asarray(sp.csr_array(rows, shape=(len(self.rows), len(terms))) @ asked)

    def below(self, row: int) -> "OverlayMatrix":
        """Return the entries of the films before a row."""
        films = int(np.searchsorted(self.rows, row))
        end = self.starts[films]
        return OverlayMatrix(
            self.rows[:films], self.starts[: films + 1], self.ids[:end], self.weights[:end]
        )

    def changed(self, vectors: Mapping[int, SparseVector]) -> "OverlayMatrix":
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
        return OverlayMatrix(
            np.concatenate(rows),
            starts.astype(np.int64),
            np.concatenate(ids),
            np.concatenate(weights),
        )


EMPTY_MATRIX = OverlayMatrix(np.zeros(0, np.intp), np.zeros(1, np.int64), EMPTY.ids, EMPTY.weights)
