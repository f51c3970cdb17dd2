"""The members' sentences that speak for a pick, and against it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq

import numpy as np

from recommender import analyzer
from recommender.documents import ReviewDocument
from recommender.endings import reveals_ending
from recommender.overlay import Overlay
from recommender.parts import LikePart, NearestPart, Part, SharePart, WordsPart
from recommender.query import Contribution, Quote, WatchOut
from recommender.sentences import sentences
from recommender.vectors import EMPTY, REVIEWS, SparseVector, term_id, term_idf

GOOD = 7
POOR = 5
SHORTEST, LONGEST = 4, 40
"""Words of a sentence that is worth quoting."""

Judge = Callable[[ReviewDocument], bool]

HEAVY = 0.05
"""A word must cost this share of the score to be warned of."""


def quote_for(overlay: Overlay, row: int, wanted: Mapping[int, float]) -> Quote | None:
    """Return the sentence that carried most of the score, from reviews that did not mind the film.

    `wanted` says what each of the members' words weighed in the query.
    """
    return _best(overlay, row, lambda review: (review.half_stars or GOOD) >= GOOD, wanted)


def wanted_words(overlay: Overlay, parts: Iterable[Part]) -> dict[int, float]:
    """Return what each word of members' reviews weighs in a query's parts."""
    catalogue = len(overlay.index.terms)
    queries = [query for part in parts for query in _queries(part)]
    own = [slice(int(query.ids.searchsorted(catalogue)), None) for query in queries]
    both = list(zip(queries, own, strict=True))
    ids = np.concatenate([EMPTY.ids, *(query.ids[part] for query, part in both)])
    weights = np.concatenate([EMPTY.weights, *(query.weights[part] for query, part in both)])
    return dict(zip(ids.tolist(), weights.tolist(), strict=True))


def watch_out(
    overlay: Overlay, row: int, score: float, reasons: Sequence[Contribution]
) -> WatchOut | None:
    """Return a sentence of the lowest rating, else the word that cost most, else nothing."""
    said = overlay.remembered(row, sayings)
    poor = {each.review for each in said if (each.review.half_stars or GOOD) <= POOR}
    for review in sorted(poor, key=lambda each: (_stars(each), each.review_id)):
        if quote := _best(overlay, row, partial(eq, review), {}):
            return WatchOut("a member minded", quote)
    words = (
        reason
        for reason in reasons
        if reason.kind not in {"club", "commonplace", "popularity", "taste", "year"}
    )
    worst = min(words, key=lambda reason: reason.value, default=None)
    if worst is not None and worst.value < -HEAVY * abs(score):
        return WatchOut(worst.label)
    return None


def _queries(part: Part) -> list[SparseVector]:
    """Return the words that a part looked for."""
    if isinstance(part, WordsPart):
        return [part.query]
    if isinstance(part, LikePart | NearestPart):
        return [film.query for film in part.films]
    return _queries(part.part) if isinstance(part, SharePart) else []


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of a review, its place in it, and its words with their idf."""

    review: ReviewDocument
    place: int
    text: str
    words: tuple[tuple[int, float], ...]


def sayings(overlay: Overlay, row: int) -> tuple[Saying, ...]:
    """Read the sentences of a film's reviews that are long enough to quote, and short enough."""
    return tuple(
        Saying(review, place, text, _idfs(overlay, words))
        for review in overlay.reviews_of(overlay.film_id(row))
        if review.quotable
        for place, text in enumerate(sentences(review.text))
        if SHORTEST <= len(words := analyzer.words(text)) <= LONGEST
    )


def _idfs(overlay: Overlay, words: Sequence[str]) -> tuple[tuple[int, float], ...]:
    terms = set(analyzer.terms_among(words))
    ids = sorted({term_id(overlay.index, REVIEWS, term) for term in terms})
    return tuple((number, term_idf(overlay.index, number)) for number in ids)


def _best(overlay: Overlay, row: int, fits: Judge, wanted: Mapping[int, float]) -> Quote | None:
    """Return the sentence whose words gave most to the score, and that gives no ending away."""

    def strength(saying: Saying) -> tuple[float, int]:
        return sum(wanted.get(n, 0.0) * idf for n, idf in saying.words), -saying.place

    said = [saying for saying in overlay.remembered(row, sayings) if fits(saying.review)]
    for saying in sorted(said, key=strength, reverse=True):
        if not reveals_ending(saying.text):
            return Quote(saying.review.review_id, saying.review.author_id, saying.text)
    return None


def _stars(review: ReviewDocument) -> int:
    return review.half_stars or 0
