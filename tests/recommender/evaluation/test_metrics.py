"""Metrics: worked examples, and properties of any ranking."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation import metrics

rankings = st.lists(st.integers(0, 30), unique=True, max_size=20)


def test_ndcg_of_a_worked_example() -> None:
    ideal = 1 + 1 / np.log2(3)
    assert metrics.ndcg([4, 9, 7], {4, 7}, 3) == pytest.approx((1 + 1 / np.log2(4)) / ideal)
    assert metrics.ndcg([1], set()) == 0


@given(rankings, st.sets(st.integers(0, 30), min_size=1))
def test_metrics_lie_between_nothing_and_all(ranked: list[int], relevant: set[int]) -> None:
    assert 0 <= metrics.ndcg(ranked, relevant) <= 1 + 1e-12
    assert 0 <= metrics.recall(ranked, relevant) <= 1
    assert metrics.ndcg(sorted(relevant), relevant) == pytest.approx(1)


def test_recall_counts_the_first_only() -> None:
    assert metrics.recall([1, 2, 3, 4], {2, 4}, 3) == 0.5
    assert metrics.recall([1], set()) == 0


def test_an_estimate_holds_its_mean() -> None:
    found = metrics.estimate([0.0, 1.0, 1.0, 0.0] * 25)
    assert found.low < found.mean == 0.5 < found.high
    assert str(found).startswith("0.500 (")
    assert metrics.estimate([]).mean == 0


def test_top_leaves_the_excluded_out_and_breaks_ties_by_row() -> None:
    assert metrics.top_rows(np.array([1.0, 3.0, 3.0, 2.0]), [1], 3) == [2, 3, 0]


def test_halves_are_the_same_for_the_same_seed() -> None:
    first, second = metrics.random_halves(range(9), 3)
    assert sorted(first + second) == list(range(9))
    assert metrics.random_halves(range(9), 3) == (first, second)


def test_standardized_scores_have_mean_zero_and_spread_one() -> None:
    scores = metrics.z_scores(np.array([1.0, 2.0, 6.0]))
    assert (scores.mean(), scores.std()) == (pytest.approx(0), pytest.approx(1))
    assert metrics.z_scores(np.ones(3)).tolist() == [0, 0, 0]
