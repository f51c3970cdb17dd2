"""Central sentences: LexRank with a preference for comfortable lengths, diversified by MMR."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.text import analyzer

DAMPING = 0.85
STEPS = 30
"""Damping factor and steps of LexRank's random walk."""

REDUNDANCY = 0.3
"""Weight in MMR of similarity to sentences already chosen, against centrality."""

SHORT, COMFORTABLE, LENGTH_DECAY = 6, 10, 6.0
"""Words: shorter sentences than the first are penalised; past the second, the weight falls to 1/e
every `LENGTH_DECAY` more."""

MOST_SENTENCES = 300
"""Of more sentences only those nearest to the centroid are ranked."""


def central_sentences(sentences: Sequence[Sequence[str]], count: int) -> list[int]:
    """Return the indices of the best `count` sentences, best first, given their folded words.

    Stop words count: a sentence of plain words is easier to read than a list of names.
    """
    if not sentences:
        return []
    unit = unit_rows([[analyzer.stem(word) for word in words] for words in sentences])
    kept = _nearest_to_centroid(unit, MOST_SENTENCES)
    order = _ranked(unit[kept], np.array([len(sentences[number]) for number in kept]), count)
    return [int(kept[number]) for number in order]


def _nearest_to_centroid(unit: sp.csr_array, most: int) -> NDArray[np.intp]:
    """Return the indices of the rows nearest to the centroid, ascending."""
    near = unit @ np.asarray(unit.sum(axis=0)).ravel()
    return np.sort(np.argsort(-near, kind="stable")[:most])


def _ranked(unit: sp.csr_array, lengths: NDArray[np.intp], count: int) -> list[int]:
    alike = (unit @ unit.T).toarray()
    scores = _lexrank(alike) * np.exp(-np.maximum(lengths - COMFORTABLE, 0) / LENGTH_DECAY)
    scores *= np.where(lengths < SHORT, 0.7, 1.0)
    return _diverse(scores / (scores.max() or 1.0), alike, count)


def unit_rows(documents: Sequence[Sequence[str]]) -> sp.csr_array:
    """Return the TF-IDF vectors of short documents: float32 CSR, rows of norm 1 or 0."""
    numbers: dict[str, int] = {}
    columns = [numbers.setdefault(term, len(numbers)) for each in documents for term in each]
    starts = np.cumsum([0, *(len(each) for each in documents)])
    ones = np.ones(len(columns), dtype=np.float32)
    shape = (len(documents), max(len(numbers), 1))
    counts = sp.csr_array((ones, np.array(columns, dtype=np.int32), starts), shape=shape)
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=shape[1])
    idf = (np.log((1 + len(documents)) / (1 + frequency)) + 1).astype(np.float32)
    counts.data *= idf[counts.indices]
    norms = np.sqrt(np.asarray((counts * counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.where(norms > 0, norms, 1), np.diff(counts.indptr))
    return counts


def _lexrank(alike: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return each sentence's share of a random walk along similarities."""
    walk = alike / np.maximum(alike.sum(axis=1, keepdims=True), 1e-9)
    share = np.full(len(alike), 1.0 / len(alike))
    for _ in range(STEPS):
        share = (1 - DAMPING) / len(alike) + DAMPING * (share @ walk)
    return share


def _diverse(scores: NDArray[np.float64], alike: NDArray[np.float32], count: int) -> list[int]:
    """Choose by maximal marginal relevance; ties go to the first."""
    chosen: list[int] = []
    left = np.ones(len(scores), dtype=bool)
    redundancy = np.zeros(len(scores))
    while len(chosen) < min(count, len(scores)):
        values = (1 - REDUNDANCY) * scores - REDUNDANCY * redundancy
        best = int(np.argmax(np.where(left, values, -np.inf)))
        chosen.append(best)
        left[best] = False
        redundancy = np.maximum(redundancy, alike[best])
    return chosen
