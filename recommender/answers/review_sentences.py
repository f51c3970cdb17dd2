"""Sentences of reviews that may be quoted."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recommender.text import analyzer
from recommender.text.documents import GAP, ReviewDocument
from recommender.text.sentences import sentences

LOVED, MINDED = 8, 4
"""Half-stars from which a review speaks for its film, and up to which it speaks against it: four stars
and two. What lies between leans by its words."""

SHORTEST, LONGEST = 4, 40
"""Fewest and most words of a sentence that is quoted."""


_LEANING = frozenset(
    """
    also and anyway besides but except furthermore he hence her him his however instead meanwhile
    moreover nevertheless nonetheless nor or otherwise plus she so still such their them then
    therefore these they though thus which who whereas yet
    """.split()
)
"""First words of a sentence that depends on the one before it."""


class ReviewSentence(NamedTuple):
    """Sentence of a review, its position there, and its folded words."""

    review: ReviewDocument
    position: int
    text: str
    words: list[str]

    @property
    def leans(self) -> bool:
        """Tell whether it depends on the sentence before it: "Still, the score is lovely." """
        return self.position > 0 and self.words[0] in _LEANING


def quotable_sentences(
    reviews: Iterable[ReviewDocument], shortest: int = SHORTEST, longest: int = LONGEST
) -> Iterator[ReviewSentence]:
    """Yield the sentences of quotable reviews that have a quotable number of words."""
    for review in reviews:
        for position, text in enumerate(sentences(review.text) if review.quotable else ()):
            if GAP not in text and shortest <= len(words := analyzer.words(text)) <= longest:
                yield ReviewSentence(review, position, text, words)
