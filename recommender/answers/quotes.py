"""The members' sentences that speak for a pick, and against it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from recommender.index.overlay import Overlay
from recommender.index.vectors import SparseVector, field_numbers, stacked, term_idf
from recommender.scoring.explanation import label_of, reviews_of, words_of
from recommender.scoring.query import Caveat, Contribution, PickQuote
from recommender.scoring.score_terms import (
    NeighboursTerm,
    ScoreTerm,
    SimilarityTerm,
    WeightedTerm,
    WordsTerm,
)
from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.endings import reveals_ending
from recommender.text.fields import FIELD_NUMBER
from recommender.text.sentences import sentences

GOOD = 7
POOR = 5
SHORTEST, LONGEST = 4, 40
"""Words of a sentence that is worth quoting."""

CAVEAT_SHARE = 0.05
"""A word must cost this share of the score to be warned of."""

CAVEAT_KINDS = frozenset(("theme", "genre"))
"""Kinds that films to turn away from warn of: nobody is put off by a country or a word of the text."""

NUMERIC_KINDS = frozenset(("club", "commonplace", "popularity", "taste", "year"))
"""Kinds that are no words."""

IDENTITY_WORDS = frozenset(
    analyzer.terms(
        "african asian bisexual disability disabled female gay immigrant indigenous jewish latino "
        "lesbian lgbt lgbtq lives male men muslim native queer trans transgender woman women"
    )
)
"""Words for who people are: a warning of them would be an insult, unless somebody asked for it."""


def quote_for(overlay: Overlay, row: int, wanted: Mapping[int, float]) -> PickQuote | None:
    """Return the sentence that carried most of the score, from reviews that did not mind the film.

    `wanted` says what each of the members' words weighed in the query.
    """
    said = overlay.cached(row, sayings)
    good = [each for each in said if (each.review.half_stars or GOOD) >= GOOD]
    told = _told(overlay, row, wanted) if good else {}

    def strength(saying: Saying) -> tuple[float, int]:
        if not told:
            return 0.0, -saying.place
        said = {told[term] for term in analyzer.terms_among(saying.words) if term in told}
        return sum(value for _, value in sorted(said)), -saying.place

    return _first(sorted(good, key=strength, reverse=True))


def _told(overlay: Overlay, row: int, wanted: Mapping[int, float]) -> dict[str, tuple[int, float]]:
    """Return what a film's own words have to say of what is wanted: their numbers and weights."""
    shared = wanted.keys() & overlay.overlay_vector(row).ids.tolist() if wanted else ()
    return {
        word: (number, wanted[number] * term_idf(overlay.index, number))
        for number in shared
        for word in words_of(overlay, row, number)
    }


def review_word_weights(overlay: Overlay, parts: Iterable[ScoreTerm]) -> dict[int, float]:
    """Return what each word of members' reviews weighs in a query's parts."""
    catalogue = len(overlay.index.terms)
    queries = [query for part in parts for query in _queries(part)]
    ids, weights = stacked(queries)
    own = ids >= catalogue
    return dict(zip(ids[own].tolist(), weights[own].tolist(), strict=True))


def caveat_for(
    overlay: Overlay,
    row: int,
    score: float,
    reasons: Sequence[Contribution],
    unlike: Collection[str] = (),
) -> Caveat | None:
    """Return a sentence of the lowest rating, else the words that cost most, else nothing.

    Of words only those count that the member wants less of, and the themes and genres of films that
    picks are to be `unlike`. What speaks for the film as well counts only for the rest.
    """
    said = overlay.cached(row, sayings)
    poor = [each for each in said if (each.review.half_stars or GOOD) <= POOR]
    poor.sort(key=lambda each: (each.review.half_stars, each.review.review_id, each.place))
    if quote := _first(poor):
        return Caveat("a member minded", quote)
    if not any(reason.value < 0 and reason.kind not in NUMERIC_KINDS for reason in reasons):
        return None
    costs: dict[str, float] = {}
    for reason in reasons:
        if label := _warning(overlay, row, reason, unlike):
            costs[label] = costs.get(label, 0.0) + reason.value
    worst = min(costs, key=lambda label: (costs[label], label), default=None)
    if worst is not None and costs[worst] < -CAVEAT_SHARE * abs(score):
        return Caveat(worst)
    return None


def _warning(overlay: Overlay, row: int, reason: Contribution, unlike: Collection[str]) -> str:
    """Return what a reason would be called in a warning, empty where it is none."""
    if reason.kind in NUMERIC_KINDS or (reason.source and reason.source not in unlike):
        return ""
    label = _whole(overlay, row, reason.label) if reason.kind == "theme" else reason.label
    if not reason.source or (
        reason.kind in CAVEAT_KINDS and not IDENTITY_WORDS & analyzer.label_terms(label)
    ):
        return label
    return ""


def _whole(overlay: Overlay, row: int, label: str) -> str:
    """Name a theme whole where only a word of it counts: `coming of age`, not `age`.

    Empty where the word stands in different themes.
    """
    words = analyzer.label_terms(label)
    larger = [
        each for each in overlay.cached(row, _themes) if words < analyzer.label_terms(each)
    ]
    return label if not larger else larger[0] if len(larger) == 1 else ""


def _themes(overlay: Overlay, row: int) -> list[str]:
    """Read the labels of a film's themes, and of the words in them."""
    ids = overlay.vector(row).ids
    themed = ids[field_numbers(overlay.index, ids) == FIELD_NUMBER["theme"]]
    return [label_of(overlay, row, term)[1] for term in themed.tolist()]


def _queries(part: ScoreTerm) -> list[SparseVector]:
    """Return the words that a part looked for."""
    if isinstance(part, WordsTerm):
        return [part.query]
    if isinstance(part, SimilarityTerm | NeighboursTerm):
        return [film.query for film in part.films]
    return _queries(part.part) if isinstance(part, WeightedTerm) else []


class Saying(NamedTuple):
    """One sentence of a review, its place in it, and its folded words."""

    review: ReviewDocument
    place: int
    text: str
    words: list[str]


def sayings(overlay: Overlay, row: int) -> tuple[Saying, ...]:
    """Read the sentences of a film's reviews that are long enough to quote, and short enough."""
    return tuple(
        Saying(review, place, text, words)
        for review in overlay.cached(row, reviews_of)
        if review.quotable
        for place, text in enumerate(sentences(review.text))
        if SHORTEST <= len(words := analyzer.words(text)) <= LONGEST
    )


def _first(said: Iterable[Saying]) -> PickQuote | None:
    """Quote the first sentence that gives no ending away."""
    for each in said:
        if not reveals_ending(each.text):
            return PickQuote(each.review.review_id, each.review.author_id, each.text)
    return None
