"""The members' sentences that speak for a pick, and against it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from recommender import analyzer
from recommender.documents import ReviewDocument
from recommender.endings import reveals_ending
from recommender.overlay import Overlay
from recommender.parts import LikePart, NearestPart, Part, SharePart, WordsPart
from recommender.query import Contribution, Quote, WatchOut
from recommender.sentences import sentences
from recommender.vectors import REVIEWS, SparseVector, term_id, term_idf

GOOD = 7
POOR = 5
SHORTEST, LONGEST = 4, 40
"""Words of a sentence that is worth quoting."""

REMEMBERED = 8_192
"""Reviews whose sentences are kept in memory: the same few speak for a film again and again."""

HEAVY = 0.05
"""A word must cost this share of the score to be warned of."""


def quote_for(overlay: Overlay, row: int, wanted: Mapping[int, float]) -> Quote | None:
    """Return the sentence that carried most of the score, from reviews that did not mind the film.

    `wanted` says what each of the members' words weighed in the query.
    """
    reviews = overlay.reviews_of(overlay.film_id(row))
    return _best(overlay, [r for r in reviews if (r.half_stars or GOOD) >= GOOD], wanted)


def wanted_words(overlay: Overlay, parts: Iterable[Part]) -> dict[int, float]:
    """Return what each word of members' reviews weighs in a query's parts."""
    wanted: dict[int, float] = {}
    for part in parts:
        for query in _queries(part):
            own = slice(int(np.searchsorted(query.ids, len(overlay.index.terms))), None)
            ids, weights = query.ids[own].tolist(), query.weights[own].tolist()
            wanted |= dict(zip(ids, weights, strict=True))
    return wanted


def watch_out(
    overlay: Overlay, row: int, score: float, reasons: Sequence[Contribution]
) -> WatchOut | None:
    """Return a sentence of the lowest rating, else the word that cost most, else nothing."""
    reviews = overlay.reviews_of(overlay.film_id(row))
    poor = sorted((r for r in reviews if (r.half_stars or GOOD) <= POOR), key=_stars)
    for review in poor:
        if quote := _best(overlay, [review], {}):
            return WatchOut("a member minded", quote)
    words = (
        reason for reason in reasons if reason.kind not in {"club", "popularity", "taste", "year"}
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


def _best(
    overlay: Overlay, reviews: Iterable[ReviewDocument], wanted: Mapping[int, float]
) -> Quote | None:
    scored = [
        (_carried(overlay, terms, wanted), -place, review, text)
        for review in reviews
        if review.quotable
        for place, text, terms in worth_quoting(review.text)
    ]
    if not scored:
        return None
    *_, review, text = max(scored, key=lambda entry: entry[:2])
    return Quote(review.review_id, review.author_id, text)


@lru_cache(maxsize=REMEMBERED)
def worth_quoting(text: str) -> tuple[tuple[int, str, frozenset[str]], ...]:
    """Return the sentences of a review that can stand alone: their places, words and terms."""
    return tuple(
        (place, each, frozenset(analyzer.terms(each)))
        for place, each in enumerate(sentences(text))
        if SHORTEST <= len(analyzer.words(each)) <= LONGEST and not reveals_ending(each)
    )


def _carried(overlay: Overlay, terms: Iterable[str], wanted: Mapping[int, float]) -> float:
    """Sum what a sentence's words gave to the score."""
    ids = sorted({term_id(overlay.index, REVIEWS, term) for term in terms})
    return sum(wanted.get(i, 0.0) * term_idf(overlay.index, i) for i in ids)


def _stars(review: ReviewDocument) -> int:
    return review.half_stars or 0
