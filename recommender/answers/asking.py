"""Question answering over a club's reviews: ranks their sentences by how much of the question they match.

A question's words are compared with each sentence by BM25. A word counts for the words that club
members use for the same (`near_words.toml`) and for other forms of itself, at less weight; what its review
says beside a sentence, and the film's name, count a little, too.
"""

import math
import operator
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from recommender.answers.question_words import (
    alike,
    asking_words,
    named_films,
    near_words,
    title_words,
)
from recommender.answers.review_sentences import LOVED, MINDED, ReviewSentence, quotable_sentences
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import review_term_ids
from recommender.text import analyzer
from recommender.text.endings import reveals_ending
from recommender.text.sentiment import leaning

BESIDE, TITLE = 0.35, 0.9
"""Weight of a match in the same review's other sentences, and in the film's title."""

SATURATION, LENGTH = 1.2, 0.4
"""BM25's k1 and b."""

LEAST = 0.3
"""Least share of a question's weight that an answer matches."""

UNHEARD = 1.0
"""Most idf of a word, that of words no review has: rarer ones would outweigh all others."""

AGAINST = 0.75
"""Factor of a sentence whose sentiment is opposite to the question's."""

DENIED = 1.25
"""Factor of a sentence with a negation, where the question has one: `a film without music`."""

SHORTEST, LONGEST = 2, 60
"""Fewest and most words of an answer."""

MOST_REVIEWS = 1_000
"""Most reviews read for one question: those of the films whose reviews have most of its words."""


class Answer(NamedTuple):
    """Sentence that answers a question, with the id of its review."""

    review_id: str
    film_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers, best first; `beside`: they match the film that was named, but not the question."""

    found: tuple[Answer, ...] = ()
    beside: bool = False


def ask(
    overlay: Overlay,
    question: str,
    *,
    may_read: Callable[[str], bool] = lambda _: True,
    authors: Collection[str] = (),
    names: Collection[str] = (),
    count: int = 5,
) -> Answers:
    """Return the sentences of a club's reviews that answer a question, best first, one a review.

    Of a film that is named, two a review. `may_read` tells of a film id whether its reviews may be read;
    `authors`: only theirs, where any are given, and `names`, their folded names, say nothing more. No
    sentence that gives an ending away.
    """
    asked = analyzer.words(question)
    titles = {each: analyzer.words(_title(overlay, each)) for each in overlay.reviewed_films()}
    named, words = named_films(question, titles)
    idle = asking_words() | _DENIALS | _COMPLAINING | set(names)
    wanted = list(dict.fromkeys(word for word in words if word not in idle))
    films = [each for each in sorted(named or titles) if may_read(each)]
    reviews = (
        review
        for film_id in _likeliest(overlay, films, wanted)
        for review in overlay.reviews_of(film_id)
        if not authors or review.author_id in authors
    )
    read = islice(reviews, MOST_REVIEWS)
    sentences = list(quotable_sentences(read, SHORTEST, LONGEST))
    best = _ranked(sentences, wanted, titles, asked)
    most = 2 if named else 1
    answers = _first(best, count, most)
    if answers or not (named or authors):
        return Answers(tuple(answers))
    firsts = _first(sentences, count, 1)
    return Answers(tuple(firsts), beside=bool(wanted))


def _title(overlay: Overlay, film_id: str) -> str:
    row = overlay.row_of(film_id)
    return overlay.title(row) if row >= 0 else ""


def _ranked(
    sentences: Sequence[ReviewSentence],
    wanted: Sequence[str],
    titles: Mapping[str, Sequence[str]],
    asked: Sequence[str],
) -> list[ReviewSentence]:
    """Return the sentences that answer, best first."""
    if not sentences or not wanted:
        return []
    films = {each.review.film_id for each in sentences}
    names = {film_id: title_words(titles[film_id]) for film_id in films}
    known = {word for each in sentences for word in each.words}
    known |= {word for each in names.values() for word in each}
    same = alike(wanted, known)
    own = [_matches(each.words, same, len(wanted)) for each in sentences]
    of_film = {film_id: _matches(each, same, len(wanted)) for film_id, each in names.items()}
    named = [of_film[each.review.film_id] for each in sentences]
    rarity = [
        _rarity([max(mine[place], name[place]) for mine, name in zip(own, named, strict=True)])
        for place in range(len(wanted))
    ]
    whole = math.fsum(rarity)
    side, denies = _side(asked), not _DENIALS.isdisjoint(asked)
    average = sum(len(each.words) for each in sentences) / len(sentences)
    beside = _beside(sentences, own)
    found: list[tuple[float, ReviewSentence]] = []
    for number, each in enumerate(sentences):
        values = [
            max(value, BESIDE * beside[number][place], TITLE * named[number][place])
            for place, value in enumerate(own[number])
        ]
        values = _with_rating(values, wanted, each)
        share = math.fsum(map(operator.mul, values, rarity)) / whole
        if share < LEAST:
            continue
        length = 1 - LENGTH + LENGTH * len(each.words) / average
        score = share * (SATURATION + 1) / (SATURATION * length + 1)
        score *= AGAINST if side * leaning(each.words) < 0 else 1.0
        score *= DENIED if denies and not _DENIALS.isdisjoint(each.words) else 1.0
        found.append((score, each))
    found.sort(key=lambda pair: (-pair[0], pair[1].review.review_id, pair[1].position))
    return [each for _, each in found]


def _matches(
    words: Iterable[str], same: Mapping[str, Sequence[tuple[int, float]]], count: int
) -> list[float]:
    """Return for each word of the question how much the nearest of some words says the same, 0..1."""
    found = [0.0] * count
    for word in words:
        for place, value in same.get(word, ()):
            found[place] = max(found[place], value)
    return found


def _rarity(values: Sequence[float]) -> float:
    """Return BM25's idf of a word of the question; half matches count half."""
    known = math.fsum(values)
    if not known:
        return UNHEARD
    return math.log(1 + (len(values) - known + 0.5) / (known + 0.5))


def _beside(
    sentences: Sequence[ReviewSentence], own: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Return for each sentence the best match of each word in its review's other sentences."""
    of_review: dict[str, list[int]] = {}
    for number, each in enumerate(sentences):
        of_review.setdefault(each.review.review_id, []).append(number)
    found: list[list[float]] = []
    for number, each in enumerate(sentences):
        others = [own[other] for other in of_review[each.review.review_id] if other != number]
        found.append(
            [max(column) for column in zip(*others, strict=True)] or [0.0] * len(own[number])
        )
    return found


_DENIALS = frozenset("no not never none nobody nothing hardly almost nearly without".split())
_COMPLAINING = frozenset("complain complained complains criticised criticized minded".split())
_LIKING = frozenset(
    "like liked likes love loved loves enjoy enjoyed adore adored praise praised".split()
)
_DISLIKING = frozenset("hate hated hates dislike disliked loathe loathed mind minded".split())


def _side(asked: Sequence[str]) -> int:
    """Return above 0 for a question about praise, below 0 for one about complaints."""
    said = sum((word in _LIKING) - (word in _COMPLAINING or word in _DISLIKING) for word in asked)
    return said or leaning(asked)


_BY_RATING = 0.5
"""How much a rating says that somebody liked a film, or did not, where their words do not."""


def _with_rating(
    values: Sequence[float], wanted: Sequence[str], sentence: ReviewSentence
) -> list[float]:
    stars = sentence.review.half_stars
    if stars is None:
        return list(values)
    tells = _LIKING if stars >= LOVED else _DISLIKING if stars <= MINDED else frozenset[str]()
    return [
        max(value, _BY_RATING) if word in tells else value
        for word, value in zip(wanted, values, strict=True)
    ]


def _first(ranked: Iterable[ReviewSentence], count: int, most: int) -> list[Answer]:
    """Return the first sentences, at most so many a review, without those that give an ending away."""
    answers: list[Answer] = []
    of_review: Counter[str] = Counter()
    for each in ranked:
        review = each.review
        if of_review[review.review_id] == most or reveals_ending(each.text):
            continue
        of_review[review.review_id] += 1
        answers.append(Answer(review.review_id, review.film_id, each.text))
        if len(answers) == count:
            break
    return answers


def _likeliest(overlay: Overlay, films: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return the films in whose reviews most of the words stand first, where a club has written much."""
    if overlay.review_count <= MOST_REVIEWS:
        return list(films)
    hits: Counter[int] = Counter()
    for word in wanted:
        near = {analyzer.stem(each) for each in (word, *near_words().get(word, ()))}
        having = overlay.postings(review_term_ids(overlay.index, near)).values()
        hits.update({int(row) for rows in having for row in rows})
    return sorted(films, key=lambda each: (-hits[overlay.row_of(each)], each))
