"""The members' sentences that speak for a pick, and against it."""

from collections.abc import Iterable, Mapping, Sequence

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
    words = (reason for reason in reasons if reason.kind not in {"club", "popularity", "year"})
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
        (_carried(overlay, text, wanted), -place, review, text)
        for review in reviews
        if review.quotable
        for place, text in enumerate(sentences(review.text))
        if SHORTEST <= len(analyzer.words(text)) <= LONGEST and not reveals_ending(text)
    ]
    if not scored:
        return None
    *_, review, text = max(scored, key=lambda entry: entry[:2])
    return Quote(review.review_id, review.author_id, text)


def _carried(overlay: Overlay, text: str, wanted: Mapping[int, float]) -> float:
    """Sum what a sentence's words gave to the score."""
    ids = {term_id(overlay.index, REVIEWS, term) for term in analyzer.terms(text)}
    return sum(wanted.get(i, 0.0) * term_idf(overlay.index, i) for i in ids)


def _stars(review: ReviewDocument) -> int:
    return review.half_stars or 0
