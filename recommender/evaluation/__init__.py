"""Evaluation of rankings: metrics, peers and experiments."""

from recommender.evaluation.metrics import (
    Estimate,
    estimate,
    ndcg,
    proportion,
    random_halves,
    recall,
    sign_test,
    top_rows,
    z_scores,
)

__all__ = [
    "Estimate",
    "estimate",
    "ndcg",
    "proportion",
    "random_halves",
    "recall",
    "sign_test",
    "top_rows",
    "z_scores",
]
