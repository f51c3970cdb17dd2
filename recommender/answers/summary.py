"""Several reviews in a few of their own sentences: what was loved, minded, and what splits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.answers.centrality import central_sentences, unit_rows
from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.endings import reveals_ending
from recommender.text.sentences import sentences
from recommender.text.sentiment import sentiment

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
    """A sentence that may be quoted, and its folded words."""

    review: ReviewDocument
    text: str
    words: tuple[str, ...]


def summarise(reviews: Sequence[ReviewDocument], count: int = 2) -> Summary:
    """Choose at most `count` sentences for what was loved and for what was minded.

    A rating decides which of the two a review's sentences may be; in an unrated or middling review
    each sentence speaks by its own words, or stays out.
    """
    ordered = sorted(reviews, key=lambda review: review.review_id)
    candidates = _candidates(ordered)
    loved = [each for each in candidates if _side(each) > 0]
    minded = [each for each in candidates if _side(each) < 0]
    if not loved and not minded:
        loved = [each for each in candidates if each.review.half_stars is None]
    return Summary(_choose(loved, count), _choose(minded, count), _furthest_apart(candidates))


def _side(candidate: _Candidate) -> int:
    """Return 1 for praise, -1 for complaint, 0 for a sentence that is neither."""
    stars, words = candidate.review.half_stars, sentiment(candidate.words)
    if stars is not None and stars >= LOVED_FROM:
        return 1 if words >= 0 else 0
    if stars is not None and stars <= MINDED_TO:
        return -1 if words <= 0 else 0
    return (words > 0) - (words < 0)


def _furthest_apart(candidates: Sequence[_Candidate]) -> tuple[SummarySentence, ...]:
    """Quote the highest and the lowest rating where at least three stars lie between them."""
    said: dict[str, list[_Candidate]] = {}
    for each in candidates:
        said.setdefault(each.review.review_id, []).append(each)
    rated = sorted((each for each in said.values() if _stars(each)), key=_stars)
    if len(rated) < 2 or _stars(rated[-1]) - _stars(rated[0]) < 6:
        return ()
    return tuple(quote for each in (rated[-1], rated[0]) for quote in _choose(each, 1))


def _stars(candidates: Sequence[_Candidate]) -> int:
    return candidates[0].review.half_stars or 0


def _candidates(reviews: Sequence[ReviewDocument]) -> list[_Candidate]:
    return [
        _Candidate(review, text, words)
        for review in reviews
        if review.quotable
        for text in sentences(review.text)
        if SHORTEST <= len(words := tuple(analyzer.words(text))) <= LONGEST
        if not reveals_ending(text)
    ]


def _choose(candidates: Sequence[_Candidate], count: int) -> tuple[SummarySentence, ...]:
    """Choose the most central sentences, no two that say the same, and who agrees with each."""
    order = central_sentences([each.words for each in candidates], len(candidates))
    unit = unit_rows([analyzer.terms_among(each.words) for each in candidates])
    chosen: dict[int, NDArray[np.intp]] = {}
    for number in order:
        if len(chosen) == count:
            break
        alike = np.flatnonzero((unit @ unit[[number]].T).toarray().ravel() >= ALIKE)
        if not chosen.keys() & set(alike.tolist()):
            chosen[number] = alike
    return tuple(_quote(candidates, number, alike) for number, alike in chosen.items())


def _quote(
    candidates: Sequence[_Candidate], number: int, alike: NDArray[np.intp]
) -> SummarySentence:
    """Quote a sentence, and name who says the same."""
    review = candidates[number].review
    others = {candidates[other].review.author_id for other in alike.tolist()} - {review.author_id}
    return SummarySentence(
        review.review_id, review.author_id, candidates[number].text, tuple(sorted(others))
    )
