"""Quotes for a pick, and caveats: a theme that was wanted less, or that the member minded before."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from recommender.answers.review_sentences import LOVED, ReviewSentence, quotable_sentences
from recommender.index import film_facts
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import SparseVector, review_term_ids, stacked, term_idf
from recommender.ratings.profile import Profile
from recommender.scoring.explanation import label_of, reviews_of
from recommender.scoring.query import Caveat, Contribution, PickQuote
from recommender.scoring.score_terms import (
    NeighboursTerm,
    RegressionTerm,
    ScoreTerm,
    SimilarityTerm,
    WeightedTerm,
    WordsTerm,
)
from recommender.text import analyzer
from recommender.text.endings import reveals_ending
from recommender.text.sentiment import sentiment

CAVEAT_SHARE = 0.05
"""Least share of the score that a caveat's word costs."""

SHORT = 80
"""Characters of a sentence that is read at a glance in a list: it stands whole on two lines of a phone."""

MINDED, MIDDLING, FEWEST_MINDED = 4, 6, 2
"""Half-stars up to which a member minded a film, and above which they liked it well enough; and the
films with a theme that they minded from which it is a caveat."""

NUMERIC_KINDS = frozenset(
    ("club", "baseline", "companion", "popularity", "regard", "taste", "year", "nearness")
)
"""Kinds of contribution that are not words."""

IDENTITY_WORDS = frozenset(
    analyzer.terms(
        "african asian bisexual disability disabled female gay immigrant indigenous jewish latino "
        "lesbian lgbt lgbtq lives male men muslim native queer trans transgender woman women"
    )
)
"""Words for groups of people: as caveats they would insult, unless less of them was asked for."""


def quote_for(overlay: Overlay, row: int, wanted: Mapping[int, float]) -> PickQuote | None:
    """Return the sentence for a film with the most weight in the query, members' before critics'.

    `wanted` holds the query's weights of review terms by term id. Reviews that loved the film speak for
    it, and so do praising sentences of unrated and middling ones. Short sentences come first.
    """
    good = [each for each in overlay.cached(row, _sentences) if _speaks_for(each)]

    def strength(sentence: ReviewSentence) -> tuple[bool, bool, float, int]:
        terms = analyzer.terms_among(sentence.words) if wanted else ()
        shared = wanted.keys() & review_term_ids(overlay.index, terms)
        known = sum(wanted[term] * term_idf(overlay.index, term) for term in sorted(shared))
        short = len(sentence.text) <= SHORT
        return not sentence.review.critic, short, known, -sentence.position

    return _first(sorted(good, key=strength, reverse=True))


def _speaks_for(sentence: ReviewSentence) -> bool:
    stars = sentence.review.half_stars
    if sentence.leans or (stars is not None and stars < MIDDLING):
        return False
    return sentiment(sentence.words) >= (0 if stars is not None and stars >= LOVED else 1)


def review_word_weights(overlay: Overlay, terms: Iterable[ScoreTerm]) -> dict[int, float]:
    """Return the weight of each review term, by term id, in the queries of some score terms."""
    ids, weights = stacked([query for term in terms for query in _queries(term)])
    of_reviews = ids >= len(overlay.index.terms)
    return dict(zip(ids[of_reviews].tolist(), weights[of_reviews].tolist(), strict=True))


def _queries(term: ScoreTerm) -> list[SparseVector]:
    """Return the vectors that a score term compares films with."""
    if isinstance(term, WordsTerm):
        return [term.query]
    if isinstance(term, NeighboursTerm | RegressionTerm):
        return [film.query for film in term.postings.films]
    if isinstance(term, SimilarityTerm):
        return [film.query for film in term.films]
    return _queries(term.term) if isinstance(term, WeightedTerm) else []


def minded_themes(overlay: Overlay, profile: Profile) -> dict[int, tuple[str, ...]]:
    """Return the themes of films that a member rated low, by term id, with these films.

    At least `FEWEST_MINDED` of these have the theme, and none of the films that they like.
    """
    low = [film for film, stars in sorted(profile.ratings.items()) if stars <= MINDED]
    films: dict[int, list[str]] = {}
    for film_id in low if len(low) >= FEWEST_MINDED else ():
        for term in _theme_terms(overlay, film_id):
            films.setdefault(term, []).append(film_id)
    found = {term: tuple(each) for term, each in films.items() if len(each) >= FEWEST_MINDED}
    for film_id in (each for each, stars in profile.ratings.items() if stars > MIDDLING):
        if not found:
            break
        for term in _theme_terms(overlay, film_id):
            found.pop(term, None)
    return found


def _theme_terms(overlay: Overlay, film_id: str) -> list[int]:
    """Return the term ids of a film's themes, none for an unknown film."""
    row = overlay.row_of(film_id)
    return overlay.cached(row, _themed_ids) if row >= 0 else []


def caveat_for(
    overlay: Overlay,
    row: int,
    score: float,
    reasons: Sequence[Contribution],
    minded: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
) -> Caveat | None:
    """Return the caveat of a pick: the label that cost most, else the theme minded in most films, else None.

    Labels that cost come from what was wanted less; what one adds to the score elsewhere is offset.
    `minded` is as `minded_themes` returns it.
    """
    return _costly(overlay, row, score, reasons) or _minded(overlay, row, minded)


def _minded(overlay: Overlay, row: int, minded: Mapping[int, tuple[str, ...]]) -> Caveat | None:
    shared = [term for term in overlay.cached(row, _themed_ids) if term in minded] if minded else []
    for term in sorted(shared, key=lambda term: (-len(minded[term]), term)):
        label = label_of(overlay, row, term)[1]
        if not IDENTITY_WORDS & analyzer.label_terms(label):
            return Caveat(label, minded[term])
    return None


def _costly(
    overlay: Overlay, row: int, score: float, reasons: Sequence[Contribution]
) -> Caveat | None:
    if not any(reason.value < 0 and reason.kind not in NUMERIC_KINDS for reason in reasons):
        return None
    costs: dict[str, float] = {}
    for reason in reasons:
        if label := _caveat_label(overlay, row, reason):
            costs[label] = costs.get(label, 0.0) + reason.value
    worst = min(costs, key=lambda label: (costs[label], label), default=None)
    if worst is not None and costs[worst] < -CAVEAT_SHARE * abs(score):
        return Caveat(worst)
    return None


def _caveat_label(overlay: Overlay, row: int, reason: Contribution) -> str:
    """Return the label of a contribution in a caveat, empty if it is none."""
    if reason.kind in NUMERIC_KINDS or reason.source:
        return ""
    return _whole_theme(overlay, row, reason.label) if reason.kind == "theme" else reason.label


def _whole_theme(overlay: Overlay, row: int, label: str) -> str:
    """Return the whole theme that has a word (`coming of age`, not `age`); empty for several."""
    words = analyzer.label_terms(label)
    larger = [each for each in overlay.cached(row, _themes) if words < analyzer.label_terms(each)]
    return label if not larger else larger[0] if len(larger) == 1 else ""


def _themes(overlay: Overlay, row: int) -> list[str]:
    """Return the labels of a film's themes."""
    return [label_of(overlay, row, term)[1] for term in overlay.cached(row, _themed_ids)]


def _themed_ids(overlay: Overlay, row: int) -> list[int]:
    """Return the term ids of a film's themes; predicted ones are no facts to warn of."""
    if not film_facts.has_themes(overlay, row):
        return []
    return [int(term) for term in overlay.terms_in(row, "theme")]


def _sentences(overlay: Overlay, row: int) -> tuple[ReviewSentence, ...]:
    return tuple(quotable_sentences(overlay.cached(row, reviews_of)))


def _first(sentences: Iterable[ReviewSentence]) -> PickQuote | None:
    """Quote the first sentence that gives no ending away."""
    for each in sentences:
        if not reveals_ending(each.text):
            return PickQuote(each.review.review_id, each.review.author_id, each.text)
    return None
