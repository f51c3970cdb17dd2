"""Sparse rows: a float32 matrix in CSR, as arrays that can be memory-mapped."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Sparse float32 matrix in CSR: row i holds `ids[starts[i]:starts[i + 1]]`, ascending.

    Fewer than 2**31 entries, so that `starts` and `ids` have one type, as scipy's loops require.
    """

    starts: NDArray[np.int32]
    ids: NDArray[np.int32]
    weights: NDArray[np.float32]

    def row(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return one row's ids and weights, as views."""
        part = slice(self.starts[number], self.starts[number + 1])
        return self.ids[part], self.weights[part]

    @classmethod
    def of(cls, matrix: sp.csr_matrix) -> "SparseRows":
        """Return the rows of a matrix of scipy's, whose indices are sorted in place."""
        matrix.sort_indices()
        return cls(
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(np.float32),
        )
