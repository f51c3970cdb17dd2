"""Exact scores and exact best rows, ties included."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from recommender.index import top_k
from recommender.index.storage.sparse_rows import SparseRows
from recommender.index.top_k import accumulate, best_rows
from tests.recommender.samples import unhurried


@given(
    st.lists(st.sampled_from((0.0, 0.5, 1.0, -2.0, -np.inf)), min_size=1, max_size=3_000),
    st.integers(1, 20),
    st.randoms(),
)
@unhurried
def test_best_rows_are_those_of_a_stable_sort(
    values: list[float], depth: int, random: st.DataObject
) -> None:
    del random
    scores = np.array(values)
    order = np.arange(len(scores), dtype=np.float64)
    candidates = [row for row in range(len(scores)) if scores[row] > -np.inf]
    expected = sorted(candidates, key=lambda row: (-scores[row], row))[:depth]
    assert best_rows(scores, order, depth).tolist() == expected


@given(st.integers(0, 2**32 - 1), st.integers(1, 400), st.integers(1, 12))
@unhurried
def test_scores_and_best_rows_are_those_of_the_whole_product(
    seed: int, films: int, depth: int
) -> None:
    random = np.random.default_rng(seed)
    dense = random.integers(0, 3, (films, 30)).astype(np.float32) / 2  # few values: many ties
    by_term = sp.csr_array(dense.T)
    postings = SparseRows(
        by_term.indptr.astype(np.int32), by_term.indices.astype(np.int32), by_term.data
    )
    terms = np.sort(random.choice(30, random.integers(0, 8), replace=False)).astype(np.int32)
    weights = random.integers(1, 4, len(terms)).astype(np.float32)
    scores = accumulate(postings, terms, weights, films)
    expected = dense[:, terms] @ weights
    assert scores.tolist() == expected.tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(top_k, "loops", None)  # a scipy that keeps its loops elsewhere
        assert accumulate(postings, terms, weights, films).tolist() == expected.tolist()
    order = np.arange(films, dtype=np.float64)
    best = sorted(range(films), key=lambda row: (-expected[row], row))[:depth]
    assert best_rows(scores, order, depth).tolist() == best
