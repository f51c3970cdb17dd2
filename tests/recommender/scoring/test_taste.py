"""A member's taste: only the few nearest of their films count for a candidate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.scoring import taste
from recommender.scoring.score_terms import NEIGHBOURS


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 9))
def test_the_mean_of_the_best_is_that_of_a_sort(seed: int, liked: int, films: int) -> None:
    each = np.random.default_rng(seed).integers(0, 9, (liked, films)).astype(np.float32)
    expected = np.sort(each, axis=0)[-NEIGHBOURS:].sum(axis=0) / NEIGHBOURS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(taste, "COLUMNS", 4)  # so that more films come than are sorted at a time
        assert taste._mean_of_best(each) == pytest.approx(expected)
