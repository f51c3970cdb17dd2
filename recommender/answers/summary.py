"""Extractive summary of several reviews: what members loved, minded and disagree about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.answers.centrality import central_sentences, unit_rows
from recommender.answers.review_sentences import GOOD, POOR, ReviewSentence, quotable_sentences
from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.endings import reveals_ending
from recommender.text.sentiment import sentiment

ALIKE = 0.35
"""Cosine from which two sentences say the same."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """Whole sentence of a review, and the other members who say the same."""

    review_id: str
    author_id: str
    text: str
    agreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences on what members loved and minded, and those of the two ratings furthest apart."""

    loved: tuple[SummarySentence, ...] = ()
    minded: tuple[SummarySentence, ...] = ()
    split: tuple[SummarySentence, ...] = ()


def summarise(reviews: Sequence[ReviewDocument], count: int = 2) -> Summary:
    """Choose at most `count` sentences for what was loved and for what was minded.

    A review's rating decides for which of them its sentences qualify; in an unrated or middling
    review, each sentence's own sentiment does.
    """
    ordered = sorted(reviews, key=lambda review: review.review_id)
    found = [each for each in quotable_sentences(ordered) if not reveals_ending(each.text)]
    loved = [each for each in found if _side(each) > 0]
    minded = [each for each in found if _side(each) < 0]
    if not loved and not minded:
        loved = [each for each in found if each.review.half_stars is None]
    return Summary(_choose(loved, count), _choose(minded, count), _furthest_apart(found))


def _side(sentence: ReviewSentence) -> int:
    """Return 1 for praise, -1 for complaint, 0 for neither."""
    stars, by_words = sentence.review.half_stars, sentiment(sentence.words)
    if stars is not None and stars >= GOOD:
        return 1 if by_words >= 0 else 0
    if stars is not None and stars <= POOR:
        return -1 if by_words <= 0 else 0
    return (by_words > 0) - (by_words < 0)


def _furthest_apart(sentences: Sequence[ReviewSentence]) -> tuple[SummarySentence, ...]:
    """Quote the highest and the lowest rating if at least three stars lie between them."""
    by_review: dict[str, list[ReviewSentence]] = {}
    for each in sentences:
        by_review.setdefault(each.review.review_id, []).append(each)
    rated = sorted((each for each in by_review.values() if _stars(each)), key=_stars)
    if len(rated) < 2 or _stars(rated[-1]) - _stars(rated[0]) < 6:
        return ()
    return tuple(quote for each in (rated[-1], rated[0]) for quote in _choose(each, 1))


def _stars(sentences: Sequence[ReviewSentence]) -> int:
    return sentences[0].review.half_stars or 0


def _choose(sentences: Sequence[ReviewSentence], count: int) -> tuple[SummarySentence, ...]:
    """Choose the most central sentences, no two that say the same."""
    order = central_sentences([each.words for each in sentences], len(sentences))
    unit = unit_rows([analyzer.terms_among(each.words) for each in sentences])
    chosen: dict[int, NDArray[np.intp]] = {}
    for number in order:
        if len(chosen) == count:
            break
        alike = np.flatnonzero((unit @ unit[[number]].T).toarray().ravel() >= ALIKE)
        if not chosen.keys() & set(alike.tolist()):
            chosen[number] = alike
    return tuple(_quote(sentences, number, alike) for number, alike in chosen.items())


def _quote(
    sentences: Sequence[ReviewSentence], number: int, alike: NDArray[np.intp]
) -> SummarySentence:
    """Quote a sentence, and name the other authors of those alike."""
    review = sentences[number].review
    others = {sentences[other].review.author_id for other in alike.tolist()} - {review.author_id}
    return SummarySentence(
        review.review_id, review.author_id, sentences[number].text, tuple(sorted(others))
    )
