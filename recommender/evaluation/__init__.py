"""How good rankings are: metrics and splits; the peers and the questions stand beside them."""

from recommender.evaluation.metrics import (
    Estimate,
    estimate,
    halves,
    ndcg,
    recall,
    share,
    sign_test,
    standardized,
    top,
)

__all__ = [
    "Estimate",
    "estimate",
    "halves",
    "ndcg",
    "recall",
    "share",
    "sign_test",
    "standardized",
    "top",
]
