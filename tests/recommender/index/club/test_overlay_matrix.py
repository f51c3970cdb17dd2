"""Overlay matrix: look-up of terms, and products with queries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.index.club.overlay_matrix import EMPTY_MATRIX, LAST_BITS, OverlayMatrix
from recommender.index.vectors import FIRST_HASH, SparseVector

beyond = int(LAST_BITS) + 1
terms = st.sampled_from([2, 3, 2 + beyond, 2 + 2 * beyond, FIRST_HASH + 2, FIRST_HASH + 5])
"""Term ids most of which share their last bits."""

vectors = st.dictionaries(terms, st.sampled_from([0.5, 1.0, 2.0]), max_size=5).map(
    lambda weights: SparseVector(
        np.array(sorted(weights), dtype=np.uint32),
        np.array([weights[term] for term in sorted(weights)], dtype=np.float32),
    )
)
matrices = st.dictionaries(st.integers(0, 9), vectors).map(EMPTY_MATRIX.updated)


@given(matrices, st.sets(terms).map(sorted))
def test_the_entries_of_terms_are_found(matrix: OverlayMatrix, wanted: list[int]) -> None:
    places, found = matrix.find(np.array(wanted, dtype=np.uint32))
    expected = [place for place, term in enumerate(matrix.ids.tolist()) if term in wanted]
    assert places.tolist() == expected
    assert [wanted[each] for each in found.tolist()] == matrix.ids[places].tolist()


@given(matrices, st.lists(vectors, max_size=3))
def test_products_are_those_of_the_vectors(
    matrix: OverlayMatrix, queries: list[SparseVector]
) -> None:
    products = matrix.products(queries)
    assert products.shape == (len(matrix.rows), len(queries))
    for row, of_row in zip(matrix.rows.tolist(), products, strict=True):
        own = _weights(matrix.vector(row))
        for query, product in zip(queries, of_row.tolist(), strict=True):
            shared = own.keys() & (asked := _weights(query)).keys()
            assert product == pytest.approx(sum(own[term] * asked[term] for term in shared))


def _weights(vector: SparseVector) -> dict[int, float]:
    return dict(zip(vector.ids.tolist(), vector.weights.tolist(), strict=True))
