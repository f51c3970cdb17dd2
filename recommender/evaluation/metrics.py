"""Ranking metrics, random splits and confidence intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean with its 95 % confidence interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.low:.3f}-{self.high:.3f})"


def estimate(values: Sequence[float], seed: int = 0) -> Estimate:
    """Return the mean of one value per query, with a bootstrap interval over the queries."""
    if not values:
        return Estimate(0.0, 0.0, 0.0)
    array = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.percentile(array[picks].mean(axis=1), (2.5, 97.5))
    return Estimate(float(array.mean()), float(low), float(high))


def proportion(hits: int, trials: int) -> Estimate:
    """Return the proportion of hits with Wilson's 95 % interval, which holds for few trials."""
    if not trials:
        return Estimate(0.0, 0.0, 1.0)
    rate, z2 = hits / trials, NORMAL_95**2
    middle = (rate + z2 / (2 * trials)) / (1 + z2 / trials)
    reach = NORMAL_95 * math.sqrt(rate * (1 - rate) / trials + z2 / (4 * trials**2))
    reach /= 1 + z2 / trials
    return Estimate(rate, max(middle - reach, 0.0), min(middle + reach, 1.0))


def sign_test(wins: int, losses: int) -> float:
    """Return the two-sided p-value of a sign test, 0..1."""
    trials = wins + losses
    tail = sum(math.comb(trials, k) for k in range(max(wins, losses), trials + 1))
    return min(1.0, float(2 * tail / 2**trials))


def ndcg(ranked: Sequence[int], relevant: set[int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `depth`, 0..1, binary gains."""
    if not relevant:
        return 0.0
    discounts = 1.0 / np.log2(np.arange(2, depth + 2))
    hits = np.array([row in relevant for row in ranked[:depth]], dtype=np.float64)
    return float(hits @ discounts[: len(hits)] / discounts[: len(relevant)].sum())


def recall(ranked: Sequence[int], relevant: set[int], depth: int = 20) -> float:
    """Return the recall of the first `depth`, 0..1."""
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def top_rows(scores: NDArray[np.floating], excluded: Sequence[int], depth: int = 20) -> list[int]:
    """Return the rows of the `depth` highest scores, without the excluded, ties by row."""
    masked = np.array(scores, dtype=np.float64)
    masked[list(excluded)] = -np.inf
    best = np.argpartition(-masked, min(depth, len(masked) - 1))[: depth + 1]
    return [int(row) for row in best[np.lexsort((best, -masked[best]))][:depth]]


def random_halves(items: Sequence[int], seed: int) -> tuple[list[int], list[int]]:
    """Split into two random halves, the same for the same seed."""
    mixed = np.random.default_rng(seed).permutation(sorted(items)).tolist()
    return sorted(mixed[: len(mixed) // 2]), sorted(mixed[len(mixed) // 2 :])


def z_scores(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Standardise scores to mean 0 and deviation 1; all 0 if they are equal."""
    values = np.asarray(scores, dtype=np.float64)
    deviation = float(values.std())
    return (values - values.mean()) / deviation if deviation else np.zeros_like(values)
