"""What is asked for now: films like these, in this mood, more of this and less of that."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from recommender import analyzer
from recommender.likeness import liked_film, likenesses
from recommender.overlay import Overlay
from recommender.parts import AlikePart, LikePart, NumberPart, Part, WordsPart
from recommender.standing import prior_scores, spread
from recommender.vectors import REVIEWS, concatenate, term_id, vectorize

WORD_WEIGHTS: Mapping[str, float] = {
    "title": 0.3,
    "director": 1.0,
    "cast": 1.0,
    "genre": 0.7,
    "theme": 1.0,
    "text": 1.0,
    REVIEWS: 1.0,
}
"""How much each field counts when films are compared with free words."""

STEERING = 1.5
"""What `more` and `less` weigh against one liked film."""

ENOUGH_RATERS = 20
"""With so many raters their agreement weighs half of what it does in the end."""

PRIOR_WEIGHT = 0.5
"""What prominence weighs while nobody has rated, in units of the likeness's spread."""

LONGEST_PHRASE = 4


def similar(overlay: Overlay, rows: Sequence[int]) -> list[Part]:
    """Compare with some films: by what they are, and by who rates them together."""
    if not rows:
        return []
    films = tuple(liked_film(overlay, row) for row in rows)
    scores = likenesses(overlay, films).astype(np.float64).mean(axis=0)
    unit, ratings = spread(scores) or 1.0, overlay.ratings()
    trust = ratings.raters / (ratings.raters + ENOUGH_RATERS)
    together = ratings.spread(np.mean([ratings.alike(row) for row in rows], axis=0), len(overlay))
    weight = trust * unit / (spread(together) or 1.0)
    prior = PRIOR_WEIGHT * (1 - trust) * unit * prior_scores(overlay)
    return [
        LikePart(films, 1.0, scores),
        AlikePart(ratings, tuple(rows), weight, weight * together),
        NumberPart("popularity", "widely seen", "little seen", prior),
    ]


def words_part(overlay: Overlay, words: str, scale: float = 1.0) -> WordsPart:
    """Compare with free words, read as every field would have written them."""
    query = concatenate(
        vectorize(overlay.index, field, terms).scaled(WORD_WEIGHTS[field] * scale)
        for field, terms in known_readings(overlay, words).items()
    )
    return WordsPart(query, overlay.scores(query))


def known_readings(overlay: Overlay, words: str) -> dict[str, list[str]]:
    """Return the terms of free words that some film or review has, by field."""
    return {
        field: [term for term in terms if overlay.has(term_id(overlay.index, field, term))]
        for field, terms in readings(words).items()
    }


def readings(words: str) -> dict[str, list[str]]:
    """Return the terms that free words may be, by field."""
    single = analyzer.terms(words)
    names = list(_runs(analyzer.words(words)))
    return {
        "title": single,
        "director": names,
        "cast": names,
        "genre": names,
        "theme": list(_runs(single)),
        "text": analyzer.with_pairs(single),
        REVIEWS: single,
    }


def unknown_words(overlay: Overlay, words: str) -> tuple[str, ...]:
    """Return the words that no film and no review holds, as they were typed."""
    readings = known_readings(overlay, words).values()
    known = {word for terms in readings for term in terms for word in term.split()}
    return tuple(
        surface
        for term, surface in analyzer.surfaces(words)
        if not known & {term, analyzer.fold(surface)}
    )


def _runs(words: Sequence[str]) -> Iterable[str]:
    """Yield every run of one to four neighbouring words."""
    for length in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
