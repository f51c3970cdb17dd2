"""Sentences of reviews that may be quoted."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.sentences import sentences

GOOD, POOR = 7, 5
"""Half-stars from which a review speaks for its film, and up to which it speaks against it."""

SHORTEST, LONGEST = 4, 40
"""Words of a sentence that is worth quoting."""


class ReviewSentence(NamedTuple):
    """Sentence of a review, its position there, and its folded words."""

    review: ReviewDocument
    position: int
    text: str
    words: list[str]


def quotable_sentences(reviews: Iterable[ReviewDocument]) -> Iterator[ReviewSentence]:
    """Yield the sentences of quotable reviews that are neither too short nor too long to quote."""
    for review in reviews:
        for position, text in enumerate(sentences(review.text) if review.quotable else ()):
            if SHORTEST <= len(words := analyzer.words(text)) <= LONGEST:
                yield ReviewSentence(review, position, text, words)
