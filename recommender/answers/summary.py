"""Extractive summary of several reviews: what members loved, minded and disagree about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.answers.centrality import central_sentences, unit_rows
from recommender.answers.review_sentences import LOVED, MINDED, ReviewSentence, quotable_sentences
from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.endings import reveals_ending
from recommender.text.review_words import plain_terms
from recommender.text.sentiment import contrasted, leaning, sentiment

ALIKE = 0.35
"""Least cosine of two sentences of the same content."""

FAR_APART = 6
"""Least difference, in half-stars, of two members who disagree."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """Whole sentence of a review, and the other authors of similar sentences."""

    review_id: str
    author_id: str
    text: str
    agreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of praise and of complaint, and two on one subject from members who disagree."""

    loved: tuple[SummarySentence, ...] = ()
    minded: tuple[SummarySentence, ...] = ()
    split: tuple[SummarySentence, ...] = ()


def summarise(reviews: Sequence[ReviewDocument], count: int = 2) -> Summary:
    """Return a summary with at most `count` sentences of praise and of complaint.

    A review's rating decides for which of them its sentences qualify; in an unrated or middling
    review, each sentence's own sentiment does. None leans on the one before it.
    """
    ordered = sorted(reviews, key=lambda review: review.review_id)
    found = [
        each
        for each in quotable_sentences(ordered)
        if not each.leans and not reveals_ending(each.text)
    ]
    loved = [each for each in found if _side(each) > 0]
    minded = [each for each in found if _side(each) < 0]
    if not loved and not minded:
        loved = [each for each in found if each.review.half_stars is None]
    chosen = _choose(loved, count, 1), _choose(minded, count, -1)
    said = {(each.review_id, each.text) for quotes in chosen for each in quotes}
    return Summary(*chosen, _divided(found, said))


def _side(sentence: ReviewSentence) -> int:
    """Return 1 for praise, -1 for complaint, 0 for neither."""
    stars, by_words = sentence.review.half_stars, leaning(sentence.words)
    if stars is not None and stars >= LOVED:
        return 1 if by_words >= 0 else 0
    if stars is not None and stars <= MINDED:
        return -1 if by_words <= 0 else 0
    if by_words or stars is None or contrasted(sentence.words):
        return (by_words > 0) - (by_words < 0)
    return (stars > LOVED - 2) - (stars < MINDED + 2)


def _fervour(sentence: ReviewSentence, side: int) -> tuple[bool, int, bool]:
    """Return a key by which the most devoted come first; members before critics."""
    stars = sentence.review.half_stars or LOVED - 1
    beyond = stars - LOVED if side > 0 else MINDED - stars
    devoted = 0 if beyond > 0 else 1 if beyond == 0 else 2
    return sentence.review.critic, devoted, side * sentiment(sentence.words) <= 0


def _divided(
    sentences: Sequence[ReviewSentence], said: Collection[tuple[str, str]]
) -> tuple[SummarySentence, ...]:
    """Quote two members far apart on the subject that they have most in common, not quoted yet."""
    left = [
        each
        for each in sentences
        if not each.review.critic and (each.review.review_id, each.text) not in said
    ]
    loved = [each for each in left if (each.review.half_stars or 0) >= LOVED and _side(each) > 0]
    stars = max((_stars(each) for each in loved), default=0)
    minded = [
        each for each in left if 0 < _stars(each) <= min(MINDED, stars - FAR_APART) and _side(each)
    ]
    if not loved or not minded:
        return ()
    subjects = [
        [term for term in analyzer.terms_among(each.words) if term not in plain_terms()]
        for each in (*loved, *minded)
    ]
    unit = unit_rows(subjects)
    alike = (unit[: len(loved)] @ unit[len(loved) :].T).toarray()
    apart = np.subtract.outer([_stars(each) for each in loved], [_stars(each) for each in minded])
    alike[apart < FAR_APART] = 0.0
    best, worst = np.unravel_index(int(np.argmax(alike)), alike.shape)
    if not alike[best, worst]:
        return ()
    return _quote(loved, int(best)), _quote(minded, int(worst))


def _stars(sentence: ReviewSentence) -> int:
    return sentence.review.half_stars or 0


def _choose(
    sentences: Sequence[ReviewSentence], count: int, side: int
) -> tuple[SummarySentence, ...]:
    """Choose what the most devoted say, the most central of it, no two that say the same.

    Nobody is quoted twice before all have spoken.
    """
    order = central_sentences([each.words for each in sentences], len(sentences))
    order.sort(key=lambda number: _fervour(sentences[number], side))
    unit = unit_rows([analyzer.terms_among(each.words) for each in sentences])
    chosen: dict[int, NDArray[np.intp]] = {}
    for number in _in_turn(sentences, order):
        if len(chosen) == count:
            break
        alike = np.flatnonzero((unit @ unit[[number]].T).toarray().ravel() >= ALIKE)
        if not chosen.keys() & set(alike.tolist()):
            chosen[number] = alike
    return tuple(_quote(sentences, number, alike) for number, alike in chosen.items())


def _in_turn(sentences: Sequence[ReviewSentence], order: Sequence[int]) -> Iterator[int]:
    """Yield each author's first sentence, then all others."""
    firsts: dict[str, int] = {}
    for number in order:
        firsts.setdefault(sentences[number].review.author_id, number)
    heard = set(firsts.values())
    yield from firsts.values()
    yield from (number for number in order if number not in heard)


def _quote(
    sentences: Sequence[ReviewSentence], number: int, alike: NDArray[np.intp] | None = None
) -> SummarySentence:
    """Quote a sentence, and name the other authors of those alike."""
    review = sentences[number].review
    same = [] if alike is None else alike.tolist()
    others = {sentences[other].review.author_id for other in same} - {review.author_id}
    return SummarySentence(
        review.review_id, review.author_id, sentences[number].text, tuple(sorted(others))
    )
