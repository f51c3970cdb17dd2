"""Which of many sentences say what most say, without saying it twice."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender import analyzer

DAMPING = 0.85
STEPS = 30
REDUNDANCY = 0.3
"""What likeness to a sentence already chosen costs, against centrality."""

SHORT, COMFORTABLE, PATIENCE = 6, 10, 6.0
"""Words: below the first a sentence says little; past the second its weight falls by 1/e every
`PATIENCE` more."""


def central(sentences: Sequence[str], count: int) -> list[int]:
    """Return the numbers of at most `count` sentences: LexRank, length and MMR together.

    Function words count here: a sentence of plain words is easier to read than a list of names.
    """
    if not sentences:
        return []
    words = [analyzer.words(sentence) for sentence in sentences]
    alike = similarities([[analyzer.stem(word) for word in each] for each in words])
    lengths = np.array([len(each) for each in words], dtype=np.float64)
    scores = _lexrank(alike) * np.exp(-np.maximum(lengths - COMFORTABLE, 0) / PATIENCE)
    scores *= np.where(lengths < SHORT, 0.7, 1.0)
    return _diverse(scores / (scores.max() or 1.0), alike, count)


def similarities(documents: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Compare short documents by TF-IDF cosine. Returns float32 of shape (n, n)."""
    numbers: dict[str, int] = {}
    columns = [numbers.setdefault(term, len(numbers)) for each in documents for term in each]
    rows = np.repeat(np.arange(len(documents)), [len(each) for each in documents])
    width = max(len(numbers), 1)
    places = rows * width + np.array(columns, dtype=np.intp)
    flat = np.bincount(places, minlength=len(documents) * width).astype(np.float32)
    counts = flat.reshape(len(documents), width)
    frequency = (counts > 0).sum(axis=0)
    weighted = counts * (np.log((1 + len(documents)) / (1 + frequency)) + 1).astype(np.float32)
    lengths = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit = weighted / np.where(lengths > 0, lengths, 1)
    return np.asarray(unit @ unit.T, dtype=np.float32)


def _lexrank(alike: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return each sentence's share of a random walk along likeness."""
    walk = alike / np.maximum(alike.sum(axis=1, keepdims=True), 1e-9)
    share = np.full(len(alike), 1.0 / len(alike))
    for _ in range(STEPS):
        share = (1 - DAMPING) / len(alike) + DAMPING * (share @ walk)
    return share


def _diverse(scores: NDArray[np.float64], alike: NDArray[np.float32], count: int) -> list[int]:
    """Choose by maximal marginal relevance; ties go to the first."""
    chosen: list[int] = []
    left = np.ones(len(scores), dtype=bool)
    said = np.zeros(len(scores))
    while len(chosen) < min(count, len(scores)):
        values = (1 - REDUNDANCY) * scores - REDUNDANCY * said
        best = int(np.argmax(np.where(left, values, -np.inf)))
        chosen.append(best)
        left[best] = False
        said = np.maximum(said, alike[best])
    return chosen
