"""Vectors of reviews: a term weighs by the share of the reviews that have it."""

import pytest

from recommender.index.base import BaseIndex
from recommender.index.vectors import REVIEWS, reviews_vector, term_id
from tests.recommender.samples import FILMS


def test_a_word_that_one_of_ten_reviewers_uses_counts_half_of_one_that_all_use() -> None:
    index = BaseIndex.build(FILMS)
    vector = reviews_vector(index, [["gripping", *["zither"] * 10], *[["gripping"]] * 9])
    weights = dict(zip(vector.ids.tolist(), vector.weights.tolist(), strict=True))
    by_one, by_all = (weights[term_id(index, REVIEWS, word)] for word in ("zither", "gripping"))
    assert by_one / by_all == pytest.approx(1 / 2, abs=0.1)
