"""Peers: each prefers the right films for simple tastes; those not installed are skipped."""

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.evaluation import peers
from tests.recommender.samples import FOUR_GENRES


def test_ease_by_woodbury_is_the_closed_form() -> None:
    x = sp.csr_matrix((np.random.default_rng(2).random((9, 6)) < 0.5).astype(np.float32))
    dense = x.toarray().astype(np.float64)
    inverse = np.linalg.inv(dense.T @ dense + peers.RIDGE * np.eye(6))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    assert peers.ease(x)(3) == pytest.approx(dense[3] @ weights)


@pytest.mark.parametrize("name", peers.LIKE_PEERS)
def test_a_peer_prefers_what_like_minded_members_like(name: str) -> None:
    x = np.zeros((12, 10), dtype=np.float32)
    x[:6, :5], x[6:, 5:] = 1, 1
    x[0, 4] = 0
    try:
        scores = peers.LIKE_PEERS[name](sp.csr_matrix(x))(0)
    except ImportError as error:
        pytest.skip(f"{error.name} is not installed")
    assert scores.shape == (10,)
    assert name == "popularity" or scores[4] > scores[5:].max()


@pytest.mark.parametrize("name", peers.TEXT_PEERS)
def test_a_peer_finds_the_same_genre(name: str) -> None:
    try:
        rank = peers.TEXT_PEERS[name](FOUR_GENRES)
    except ImportError as error:
        pytest.skip(f"{error.name} is not installed")
    scores = rank(0)
    assert scores[1:16].mean() > scores[16:].mean()
