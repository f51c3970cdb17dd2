"""From a query to the parts of a score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender import analyzer
from recommender.fields import FIELDS
from recommender.index import UNKNOWN_YEAR
from recommender.overlay import Overlay
from recommender.parts import DensePart, NearestPart, Part, TermPart, YearPart, total
from recommender.profile import Profile
from recommender.vectors import (
    REVIEWS,
    SparseVector,
    concatenate,
    field_numbers,
    term_id,
    vectorize,
)

LIKE_WEIGHTS = {
    "title": 0.1,
    "director": 0.35,
    "cast": 0.75,
    "genre": 0.35,
    "theme": 1.0,
    "country": 0.1,
    "language": 0.1,
    "text": 2.0,
    REVIEWS: 2.0,
}
"""How much each field counts when films are compared with a film."""

WORD_WEIGHTS = {
    "title": 0.3,
    "director": 1.0,
    "cast": 1.0,
    "genre": 0.7,
    "theme": 1.0,
    "text": 1.0,
    REVIEWS: 1.0,
}
"""How much each field counts when films are compared with free words."""

YEAR_WEIGHT = 0.75
STEERING = 1.5
"""What `more` and `less` weigh against one liked film."""

POPULARITY_WEIGHT = 0.5
CLUB_WEIGHT = 2.0
LONGEST_PHRASE = 4
MOST_LIKED = 30
"""So many of a member's best films are looked at, to answer in milliseconds."""

PRIOR_RATINGS = 3
NEUTRAL = 5.5
"""A club's mean rating starts from this many ratings of this many half-stars."""


def similar(overlay: Overlay, rows: Sequence[int]) -> list[Part]:
    """Compare with some liked films: the mean over them."""
    parts = (part for row in rows for part in film_parts(overlay, row, 1 / len(rows)))
    return list(parts)


def film_parts(overlay: Overlay, row: int, scale: float = 1.0) -> Iterator[Part]:
    """Compare with one film, field by field and by year."""
    source = overlay.film_id(row)
    yield TermPart(_weighted(overlay, overlay.vector(row), LIKE_WEIGHTS).scaled(scale), source)
    year = int(overlay.years()[row])
    if year != UNKNOWN_YEAR:
        yield YearPart(year, YEAR_WEIGHT * scale, source)


def words_part(overlay: Overlay, words: str, scale: float = 1.0) -> TermPart:
    """Compare with free words, read as every field would have written them."""
    return TermPart(
        concatenate(
            vectorize(overlay.index, field, terms).scaled(WORD_WEIGHTS[field] * scale)
            for field, terms in known_readings(overlay, words).items()
        )
    )


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


def personal(overlay: Overlay, profile: Profile) -> list[Part]:
    """Compare with a member's liked films, the nearest to each candidate counting."""
    rows = [row for film_id in profile.liked() if (row := overlay.number(film_id)) >= 0]
    queries = tuple(tuple(film_parts(overlay, row)) for row in rows[:MOST_LIKED])
    return [NearestPart(queries, 1.0)] if queries else []


def general(overlay: Overlay, so_far: Sequence[Part]) -> list[Part]:
    """Add what does not depend on the query: popularity and the club's own ratings."""
    spread = float(np.std(total(so_far, overlay))) or 1.0
    popularity = POPULARITY_WEIGHT * spread * _standardized(overlay.popularity())
    club = CLUB_WEIGHT * spread * club_ratings(overlay)
    return [
        DensePart("popularity", "widely seen", "little seen", popularity),
        DensePart("club", "rated well in the club", "rated low in the club", club),
    ]


def club_ratings(overlay: Overlay) -> NDArray[np.float64]:
    """Return every film's mean club rating, shrunk to neutral, in half-stars above neutral."""
    sums, counts = np.zeros(len(overlay)), np.zeros(len(overlay))
    for review in overlay.reviews():
        row = overlay.number(review.film_id)
        if review.half_stars and not review.critic and row >= 0:
            sums[row] += review.half_stars - NEUTRAL
            counts[row] += 1
    return sums / (counts + PRIOR_RATINGS)


def _weighted(
    overlay: Overlay, vector: SparseVector, by_field: Mapping[str, float]
) -> SparseVector:
    table = np.array([by_field.get(name, 0.0) for name in (*(f.name for f in FIELDS), REVIEWS)])
    factors = table[field_numbers(overlay.index, vector.ids)]
    return SparseVector(vector.ids, (vector.weights * factors).astype(np.float32))


def _runs(words: Sequence[str]) -> Iterable[str]:
    """Yield every run of one to four neighbouring words."""
    for length in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _standardized(popularity: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return log-popularity with mean 0 and spread 1 over the films of known popularity."""
    logs, known = np.log1p(popularity.astype(np.float64)), popularity > 0
    spread = float(np.std(logs[known])) if known.any() else 0.0
    return np.where(known, (logs - np.mean(logs[known])) / spread, 0.0) if spread else 0.0 * logs
