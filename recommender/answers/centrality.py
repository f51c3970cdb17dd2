"""Which of many sentences say what most say, without saying it twice."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.text import analyzer

DAMPING = 0.85
STEPS = 30
REDUNDANCY = 0.3
"""What likeness to a sentence already chosen costs, against centrality."""

SHORT, COMFORTABLE, LENGTH_DECAY = 6, 10, 6.0
"""Words: below the first a sentence says little; past the second its weight falls by 1/e every
`PATIENCE` more."""


MOST_SENTENCES = 300
"""Of more sentences only those nearest to what all say are looked at."""


def central_sentences(sentences: Sequence[Sequence[str]], count: int) -> list[int]:
    """Return the numbers of at most `count` sentences, given by their folded words.

    LexRank, length and MMR together. Function words count here: a sentence of plain words is easier
    to read than a list of names.
    """
    if not sentences:
        return []
    unit = unit_rows([[analyzer.stem(word) for word in words] for words in sentences])
    kept = _nearest_to_all(unit, MOST_SENTENCES)
    order = _central(unit[kept], np.array([len(sentences[number]) for number in kept]), count)
    return [int(kept[number]) for number in order]


def _nearest_to_all(unit: sp.csr_array, most: int) -> NDArray[np.intp]:
    """Return the numbers of the rows that are most like the sum of all, in order."""
    near = unit @ np.asarray(unit.sum(axis=0)).ravel()
    return np.sort(np.argsort(-near, kind="stable")[:most])


def _central(unit: sp.csr_array, lengths: NDArray[np.intp], count: int) -> list[int]:
    alike = (unit @ unit.T).toarray()
    scores = _lexrank(alike) * np.exp(-np.maximum(lengths - COMFORTABLE, 0) / LENGTH_DECAY)
    scores *= np.where(lengths < SHORT, 0.7, 1.0)
    return _diverse(scores / (scores.max() or 1.0), alike, count)


def cosine_matrix(documents: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Compare short documents by TF-IDF cosine. Returns float32 of shape (n, n)."""
    unit = unit_rows(documents)
    return np.asarray((unit @ unit.T).toarray())


def unit_rows(documents: Sequence[Sequence[str]]) -> sp.csr_array:
    """Weigh short documents by TF-IDF. Returns float32 CSR, rows of length 1 or 0."""
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
    lengths = np.sqrt(np.asarray((counts * counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(counts.indptr))
    return counts


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
