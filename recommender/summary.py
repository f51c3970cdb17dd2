"""Several reviews in a few of their own sentences: what was loved, minded, and what splits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender import analyzer
from recommender.documents import ReviewDocument
from recommender.endings import reveals_ending
from recommender.sentences import sentences

LOVED_FROM = 7
MINDED_TO = 5
SHORTEST, LONGEST = 4, 40
"""Words of a sentence that is worth quoting."""

ALIKE = 0.35
"""Sentences of two members with at least this cosine say the same."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A whole sentence of a review, and the other members who say the same."""

    review_id: str
    author_id: str
    text: str
    agreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What members loved and minded, and, where they differ, who stands furthest apart."""

    loved: tuple[SummarySentence, ...] = ()
    minded: tuple[SummarySentence, ...] = ()
    split: tuple[SummarySentence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    review: ReviewDocument
    text: str
    place: int


def summarise(reviews: Sequence[ReviewDocument], count: int = 2) -> Summary:
    """Choose at most `count` sentences for what was loved and for what was minded."""
    ordered = sorted(reviews, key=lambda review: review.review_id)
    loved = _choose([r for r in ordered if (r.half_stars or LOVED_FROM) >= LOVED_FROM], count)
    minded = _choose([r for r in ordered if (r.half_stars or LOVED_FROM) <= MINDED_TO], count)
    return Summary(loved, minded, _furthest_apart(ordered))


def _furthest_apart(reviews: Sequence[ReviewDocument]) -> tuple[SummarySentence, ...]:
    """Quote the highest and the lowest rating where at least three stars lie between them."""
    rated = sorted((r for r in reviews if r.half_stars and _candidates([r])), key=_stars)
    if len(rated) < 2 or _stars(rated[-1]) - _stars(rated[0]) < 6:
        return ()
    return tuple(sentence for r in (rated[-1], rated[0]) for sentence in _choose([r], 1))


def _stars(review: ReviewDocument) -> int:
    return review.half_stars or 0


def _candidates(reviews: Sequence[ReviewDocument]) -> list[_Candidate]:
    return [
        _Candidate(review, text, place)
        for review in reviews
        if review.quotable
        for place, text in enumerate(sentences(review.text))
        if SHORTEST <= len(analyzer.words(text)) <= LONGEST and not reveals_ending(text)
    ]


def _choose(reviews: Sequence[ReviewDocument], count: int) -> tuple[SummarySentence, ...]:
    candidates = _candidates(reviews)
    if not candidates:
        return ()
    alike = _similarities([analyzer.terms(candidate.text) for candidate in candidates])
    order = np.argsort(-alike.mean(axis=0), kind="stable")
    chosen: list[int] = []
    for number in order.tolist():
        if len(chosen) < count and all(alike[number, other] < ALIKE for other in chosen):
            chosen.append(number)
    return tuple(_quote(candidates, alike, number) for number in chosen)


def _quote(
    candidates: Sequence[_Candidate], alike: NDArray[np.float64], number: int
) -> SummarySentence:
    review = candidates[number].review
    others = {
        candidate.review.author_id
        for other, candidate in enumerate(candidates)
        if alike[number, other] >= ALIKE
    } - {review.author_id}
    return SummarySentence(
        review.review_id, review.author_id, candidates[number].text, tuple(sorted(others))
    )


def _similarities(documents: Sequence[list[str]]) -> NDArray[np.float64]:
    """Compare all sentences by TF-IDF cosine. Returns shape (n, n)."""
    vocabulary = {term: i for i, term in enumerate(sorted({t for d in documents for t in d}))}
    counts = np.zeros((len(documents), max(len(vocabulary), 1)))
    for row, document in enumerate(documents):
        for term in document:
            counts[row, vocabulary[term]] += 1
    idf = np.log((1 + len(documents)) / (1 + (counts > 0).sum(axis=0))) + 1
    weighted = np.log1p(counts) * idf
    lengths = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit = weighted / np.where(lengths > 0, lengths, 1)
    return np.asarray(unit @ unit.T)
