"""Score terms of a query: films like these, in this mood, more of this, less of that."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from recommender.index.club.overlay import Overlay
from recommender.index.top_k import best_rows
from recommender.index.vectors import REVIEWS, SparseVector
from recommender.scoring.free_text import FreeText
from recommender.scoring.popularity import (
    club_popularity,
    deviation,
    prior_scores,
    regard_scores,
)
from recommender.scoring.score_terms import (
    CoRatingTerm,
    LabelledTerm,
    Scores,
    ScoreTerm,
    SimilarityTerm,
    WordsTerm,
    total,
)
from recommender.scoring.similarity import reference_films, similarities
from recommender.text.fields import THEME_WORDS

WORD_WEIGHTS: Mapping[str, float] = {
    "title": 0.15,
    "director": 1.0,
    "writer": 1.0,
    "cast": 1.0,
    "genre": 0.7,
    THEME_WORDS: 1.0,
    "text": 1.0,
    REVIEWS: 1.0,
}
"""Weight of each field when films are compared with free words."""

STEERING_WEIGHTS = {**WORD_WEIGHTS, "title": 0.0}
"""The same for `more` and `less`: more funny films are not films called so."""

TITLE_ONLY = 0.5
"""Share of a match for a film that has a word in its title only."""

STEERING = 1.5
"""Weight of `more` and `less` against one liked film."""

UNLIKE = 0.5
"""Weight of similarity to unwanted films against similarity to liked ones."""

FEEDBACK_FILMS = 5
FEEDBACK_WEIGHT = 0.2
"""Pseudo-relevance feedback: films that match words best, and the weight of similarity to them."""

OBSCURITY = 0.75
"""Weight of a full wish for little or widely seen films, in deviations of the score."""

POPULARITY_BOOST = 0.5
LEAST_BOOSTED, MOST_BOOSTED = -1.5, 3.0
"""Growth of a mood's score per unit of popularity, which is clipped to these bounds."""

HALF_TRUST_RATERS, HALF_CO_RATING_RATERS = 20, 40
THEMED_CO_RATING_RATERS = 60
"""Raters at which the club's terms reach half of their weight. Co-ratings, which among few raters
are chance, have half of that at the second number, and at the third more where themes tell most."""

PRIOR_WEIGHT, PRIOR_DISTANCE = 1.5, 0.5
CLUB_WEIGHT, CLUB_DISTANCE = 0.25, 1.3
TIE_BREAK = 0.95
"""Weights, in deviations of the similarity, of popularity and of the distance in it from the liked
films: by the prior while nobody has rated, and in a club of endless raters. Being better known
helps, but little beyond the films that were named. Where a film's themes tell most, this share is
taken off: popularity then breaks ties among films that are alike."""


REGARD_WEIGHT = 0.3
"""Weight of a step of regard, in deviations of the similarity, where a film's themes tell most: of films
that are as much alike, the better one."""


def similar(overlay: Overlay, rows: Sequence[int]) -> list[ScoreTerm]:
    """Score by similarity to some films, by co-ratings with them, and by popularity."""
    if not rows:
        return []
    films = reference_films(overlay, rows)
    similarity = SimilarityTerm.mean(films, similarities(overlay, films), 1.0)
    unit, ratings = deviation(similarity.scores) or 1.0, overlay.ratings()
    trust = ratings.raters / (ratings.raters + HALF_TRUST_RATERS)
    each = np.array([ratings.similarity(row) for row in rows])
    co_rated = ratings.scatter(each.mean(axis=0), len(overlay))
    told = float(np.mean([film.told for film in films]))
    half = HALF_CO_RATING_RATERS + told * THEMED_CO_RATING_RATERS
    trust_co_rated = trust * ratings.raters / (ratings.raters + half)
    weight = trust_co_rated * unit / ratings.scale(co_rated)
    prior = _near_in_popularity(prior_scores(overlay), rows, PRIOR_WEIGHT, PRIOR_DISTANCE)
    club = _near_in_popularity(club_popularity(overlay), rows, CLUB_WEIGHT, CLUB_DISTANCE)
    regard = REGARD_WEIGHT * told * unit * regard_scores(overlay)
    unit *= 1 - TIE_BREAK * told
    return [
        similarity,
        CoRatingTerm(ratings, tuple(rows), each, weight, weight * co_rated),
        LabelledTerm("club", "watched in the club", "new to the club", trust * unit * club),
        LabelledTerm("popularity", "widely seen", "little seen", (1 - trust) * unit * prior),
        LabelledTerm("regard", "well regarded", "less well regarded", regard),
    ]


def _near_in_popularity(
    popularity: Scores, rows: Sequence[int], weight: float, distance: float
) -> Scores:
    """Weigh popularity, less the mean distance in it from some films."""
    first, *others = (np.abs(popularity - popularity[row]) for row in rows)
    away = sum(others, start=first)
    away /= len(rows)
    away *= distance
    return np.asarray(weight * popularity - away)


def mood(overlay: Overlay, text: FreeText) -> list[ScoreTerm]:
    """Score by free words and by popularity, both as far as a film matches all of the words."""
    if not text.words.strip():
        return []
    words, coverage = words_term(overlay, text), _coverage(overlay, text)
    scores = words.scores * coverage
    boost = POPULARITY_BOOST * np.clip(prior_scores(overlay), LEAST_BOOSTED, MOST_BOOSTED)
    return [
        WordsTerm(words.query, scores, coverage),
        LabelledTerm("popularity", "widely seen", "little seen", boost * scores),
    ]


def steering(overlay: Overlay, text: FreeText, weight: float) -> list[ScoreTerm]:
    """Score by free words, and by similarity to the films that match them best.

    Through the second, "less bleak" reaches films that nobody called bleak in so many words.
    """
    if not text.words.strip():
        return []
    plain = words_term(overlay, text, weight, STEERING_WEIGHTS)
    discount = _title_discount(overlay, text)
    words = WordsTerm(plain.query, plain.scores * discount, discount)
    best = best_rows(np.abs(words.scores), overlay.tie_order(), FEEDBACK_FILMS).tolist()
    films = reference_films(overlay, [row for row in best if words.scores[row]])
    if not films:
        return [words]
    each = similarities(overlay, films)
    each[np.arange(len(films)), [film.row for film in films]] = 0.0  # none is like itself here
    return [words, SimilarityTerm.mean(films, each, FEEDBACK_WEIGHT * weight)]


def unlike(overlay: Overlay, rows: Sequence[int]) -> list[ScoreTerm]:
    """Score against similarity to some films."""
    if not rows:
        return []
    films = reference_films(overlay, rows)
    return [SimilarityTerm.mean(films, similarities(overlay, films), -UNLIKE)]


def obscurity(overlay: Overlay, terms: Sequence[ScoreTerm], wanted: float) -> list[ScoreTerm]:
    """Score by rarity, below 0 by popularity, in units of the deviation of some other terms."""
    known = prior_scores(overlay)
    weight = -wanted * OBSCURITY * deviation(total(terms, len(overlay))) / (deviation(known) or 1.0)
    if not weight:
        return []
    high, low = ("little seen", "widely seen") if wanted > 0 else ("widely seen", "little seen")
    return [LabelledTerm("popularity", high, low, weight * (known - known.mean()))]


def words_term(
    overlay: Overlay,
    text: FreeText,
    scale: float = 1.0,
    by_field: Mapping[str, float] = WORD_WEIGHTS,
) -> WordsTerm:
    """Score by the inner product with free words in all fields.

    A term weighs its idf times its field's weight; the query is divided by the norm of its words'
    idf.
    """
    weights = {each.term_id: by_field[each.field] * each.idf for each in text.terms}
    highest: dict[str, float] = {}
    for each in text.terms:
        highest |= {word: max(highest.get(word, 0.0), each.idf) for word in each.term.split()}
    norm = math.hypot(*highest.values()) or 1.0
    query = SparseVector(
        np.array(sorted(weights), dtype=np.uint32),
        np.array([weights[term] * scale / norm for term in sorted(weights)], np.float32),
    )
    return WordsTerm(query, overlay.scores(query))


def _coverage(overlay: Overlay, text: FreeText) -> Scores:
    """Return the share of free words that each film matches, words weighing their squared idf."""
    covered, whole = np.zeros(len(overlay)), 0.0
    for idf, matching, titled in text.matches(overlay):
        covered += idf**2 * np.where(matching, 1.0, TITLE_ONLY * titled)
        whole += idf**2
    return covered / (whole or 1.0)


def _title_discount(overlay: Overlay, text: FreeText) -> Scores:
    """Return 1 for films that match some free word, `TITLE_ONLY` for all others."""
    discount = np.full(len(overlay), TITLE_ONLY)
    for _, matching, _ in text.matches(overlay):
        discount[matching] = 1.0
    return discount
