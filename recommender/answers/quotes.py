"""Quotes for a pick, and caveats against it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from recommender.answers.review_sentences import GOOD, POOR, ReviewSentence, quotable_sentences
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
from recommender.text.endings import reveals_ending
from recommender.text.fields import FIELD_NUMBER

CAVEAT_SHARE = 0.05
"""Share of the score that a word must cost to be a caveat."""

CAVEAT_KINDS = frozenset(("theme", "genre"))
"""Kinds of contribution through unwanted films that are caveats; a country, say, is none."""

NUMERIC_KINDS = frozenset(("club", "baseline", "popularity", "taste", "year", "nearness"))
"""Kinds of contribution that are not words."""

IDENTITY_WORDS = frozenset(
    analyzer.terms(
        "african asian bisexual disability disabled female gay immigrant indigenous jewish latino "
        "lesbian lgbt lgbtq lives male men muslim native queer trans transgender woman women"
    )
)
"""Words for who people are: as caveats they would insult, unless less of them was asked for."""


def quote_for(overlay: Overlay, row: int, wanted: Mapping[int, float]) -> PickQuote | None:
    """Return the sentence with the most weight in the query, from reviews not against the film.

    `wanted` holds the query's weights of review terms by term id.
    """
    found = overlay.cached(row, _sentences)
    good = [each for each in found if (each.review.half_stars or GOOD) >= GOOD]
    weights = _word_weights(overlay, row, wanted) if good else {}

    def strength(sentence: ReviewSentence) -> tuple[float, int]:
        if not weights:
            return 0.0, -sentence.position
        terms = analyzer.terms_among(sentence.words)
        shared = {weights[term] for term in terms if term in weights}
        return sum(weight for _, weight in sorted(shared)), -sentence.position

    return _first(sorted(good, key=strength, reverse=True))


def _word_weights(
    overlay: Overlay, row: int, wanted: Mapping[int, float]
) -> dict[str, tuple[int, float]]:
    """Return the term id and the weight of each wanted word of a film's reviews."""
    shared = wanted.keys() & overlay.overlay_vector(row).ids.tolist() if wanted else ()
    return {
        word: (term, wanted[term] * term_idf(overlay.index, term))
        for term in shared
        for word in words_of(overlay, row, term)
    }


def review_word_weights(overlay: Overlay, terms: Iterable[ScoreTerm]) -> dict[int, float]:
    """Return the weight of each review term, by term id, in the queries of some score terms."""
    ids, weights = stacked([query for term in terms for query in _queries(term)])
    of_reviews = ids >= len(overlay.index.terms)
    return dict(zip(ids[of_reviews].tolist(), weights[of_reviews].tolist(), strict=True))


def _queries(term: ScoreTerm) -> list[SparseVector]:
    """Return the vectors that a score term compares films with."""
    if isinstance(term, WordsTerm):
        return [term.query]
    if isinstance(term, SimilarityTerm | NeighboursTerm):
        return [film.query for film in term.films]
    return _queries(term.term) if isinstance(term, WeightedTerm) else []


def caveat_for(
    overlay: Overlay,
    row: int,
    score: float,
    reasons: Sequence[Contribution],
    unlike: Collection[str] = (),
) -> Caveat | None:
    """Return a sentence of the lowest rating, else the label that cost most, else None.

    Labels come from free words, or are themes and genres of `unlike` films; what one adds to the
    score elsewhere is offset.
    """
    found = overlay.cached(row, _sentences)
    poor = [each for each in found if (each.review.half_stars or GOOD) <= POOR]
    poor.sort(key=lambda each: (each.review.half_stars, each.review.review_id, each.position))
    if quote := _first(poor):
        return Caveat("a member minded", quote)
    if not any(reason.value < 0 and reason.kind not in NUMERIC_KINDS for reason in reasons):
        return None
    costs: dict[str, float] = {}
    for reason in reasons:
        if label := _caveat_label(overlay, row, reason, unlike):
            costs[label] = costs.get(label, 0.0) + reason.value
    worst = min(costs, key=lambda label: (costs[label], label), default=None)
    if worst is not None and costs[worst] < -CAVEAT_SHARE * abs(score):
        return Caveat(worst)
    return None


def _caveat_label(overlay: Overlay, row: int, reason: Contribution, unlike: Collection[str]) -> str:
    """Return the label of a contribution in a caveat, empty if it is none."""
    if reason.kind in NUMERIC_KINDS or (reason.source and reason.source not in unlike):
        return ""
    label = _whole_theme(overlay, row, reason.label) if reason.kind == "theme" else reason.label
    if reason.source and reason.kind not in CAVEAT_KINDS:
        return ""
    insults = reason.source and IDENTITY_WORDS & analyzer.label_terms(label)
    return "" if insults else label


def _whole_theme(overlay: Overlay, row: int, label: str) -> str:
    """Return the whole theme that has a word (`coming of age`, not `age`); empty for several."""
    words = analyzer.label_terms(label)
    larger = [each for each in overlay.cached(row, _themes) if words < analyzer.label_terms(each)]
    return label if not larger else larger[0] if len(larger) == 1 else ""


def _themes(overlay: Overlay, row: int) -> list[str]:
    """Return the labels of a film's themes, and of the words in them."""
    ids = overlay.vector(row).ids
    themed = ids[field_numbers(overlay.index, ids) == FIELD_NUMBER["theme"]]
    return [label_of(overlay, row, term)[1] for term in themed.tolist()]


def _sentences(overlay: Overlay, row: int) -> tuple[ReviewSentence, ...]:
    return tuple(quotable_sentences(overlay.cached(row, reviews_of)))


def _first(sentences: Iterable[ReviewSentence]) -> PickQuote | None:
    """Quote the first sentence that gives no ending away."""
    for each in sentences:
        if not reveals_ending(each.text):
            return PickQuote(each.review.review_id, each.review.author_id, each.text)
    return None
