"""Disagreement: the two sentences about a film that are furthest apart on the same subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from recommender.answers.question_words import alike
from recommender.text import analyzer
from recommender.text.endings import reveals_ending
from recommender.text.review_words import plain_terms
from recommender.text.sentences import sentences
from recommender.text.sentiment import leaning
from recommender.text.stopwords import STOP_WORDS

FURTHER = 1.0
"""Least distance of two stances that is a disagreement: one word of praise or complaint."""

_MIDDLE, _SPREAD = 5.5, 9
"""Middle of ratings in half-stars, and their spread: all of it weighs as much as one word of sentiment."""

_SHORTEST = 3
"""Fewest letters of a word that is a subject."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What somebody wrote about a film, without spoilers, and their rating in half-stars."""

    member_id: str
    text: str
    rating: int


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """Two sentences of different people about one subject, the more pleased first; who said each."""

    subject: str
    pleased: tuple[str, str]
    displeased: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    member_id: str
    text: str
    words: tuple[str, ...]
    stance: float

    @property
    def subjects(self) -> list[str]:
        """Words that a sentence may be about, in their order."""
        empty = plain_terms()
        return [
            word
            for word in self.words
            if len(word) >= _SHORTEST
            and word not in STOP_WORDS
            and analyzer.stem(word) not in empty
        ]


def disagreement(said: Sequence[Remarks]) -> TalkingPoint | None:
    """Return the sentences that are furthest apart on a subject that both name; None where none are.

    How far apart they are comes from their words of praise and complaint, and a little from the ratings.
    Of pairs that are as far apart, those come first that were said first.
    """
    found = [each for one in said for each in _sentences(one)]
    best: tuple[float, TalkingPoint] | None = None
    for one, other in combinations(found, 2):
        apart = abs(one.stance - other.stance)
        if one.member_id == other.member_id or apart < FURTHER or (best and apart <= best[0]):
            continue
        if subject := _shared(one, other):
            high, low = (one, other) if one.stance > other.stance else (other, one)
            pair = ((high.member_id, high.text), (low.member_id, low.text))
            best = apart, TalkingPoint(subject, *pair)
    return best[1] if best else None


def _sentences(said: Remarks) -> list[_Sentence]:
    found = []
    for text in sentences(said.text):
        if not reveals_ending(text):
            words = tuple(analyzer.words(text))
            stance = leaning(words) + (said.rating - _MIDDLE) / _SPREAD
            found.append(_Sentence(said.member_id, text, words, stance))
    return found


def _shared(one: _Sentence, other: _Sentence) -> str:
    """Return the first word of a sentence that another one speaks of, too; with its article, if it has one."""
    there = other.subjects
    for place, word in enumerate(one.words):
        if word in one.subjects and alike([word], there):
            article = place > 0 and one.words[place - 1] == "the"
            return f"the {word}" if article else word
    return ""
