"""Explanations of scores by shared terms, with readable labels."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from recommender.index.club.overlay import Overlay
from recommender.index.vectors import FIRST_HASH, REVIEWS, SparseVector, term_id
from recommender.scoring.query import Contribution
from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.fields import FIELDS, THEME_WORDS

KINDRED = 0.35
"""Cosine in theme space from which a theme of one film goes with another film."""


def shared_terms(
    overlay: Overlay, row: int, query: SparseVector, factor: float = 1.0, source: str | None = None
) -> Iterator[Contribution]:
    """Yield a contribution, times `factor`, for each term that a film shares with a query."""
    own = overlay.cached(row, Overlay.vector)
    places = query.ids.searchsorted(own.ids)
    places[places == len(query.ids)] = 0
    shared = np.flatnonzero(query.ids[places] == own.ids) if len(query.ids) else places[:0]
    products = query.weights[places[shared]].astype(np.float64) * own.weights[shared] * factor
    labels = overlay.cached(row, _labels)
    for term, value in zip(own.ids[shared].tolist(), products.tolist(), strict=True):
        if value:
            kind, label = labels.get(term) or label_of(overlay, row, term)
            yield Contribution(kind, label, value, source)


def kindred_themes(overlay: Overlay, row: int, other: int, count: int = 4) -> list[str]:
    """Return the labels of a film's themes nearest to another film in theme space, unshared ones."""
    low, high = overlay.index.terms_of("theme")
    ids, theirs = overlay.vector(row).ids, overlay.vector(other).ids
    own = np.setdiff1d(ids[(ids >= low) & (ids < high)], theirs)
    nearness = overlay.index.theme_space.terms_near(own, overlay.theme_point(other))
    order = np.argsort(-nearness, kind="stable")[:count]
    return [
        label_of(overlay, row, int(own[place]))[1]
        for place in order.tolist()
        if nearness[place] > KINDRED
    ]


def label_of(overlay: Overlay, row: int, term: int) -> tuple[str, str]:
    """Return the field and the readable label of one of a film's term ids; each is read once."""
    known = overlay.cached(row, _labels)
    if term not in known:
        known[term] = _label_of(overlay, row, term)
    return known[term]


def _labels(_: Overlay, __: int) -> dict[int, tuple[str, str]]:
    """Return an empty table of labels by term id."""
    return {}


def _label_of(overlay: Overlay, row: int, term: int) -> tuple[str, str]:
    index = overlay.index
    if term < len(index.terms):
        return _kind(index.field_of(term)), index.labels[term]
    surfaces = overlay.cached(row, _surfaces)
    if words := words_of(overlay, row, term):
        counts = surfaces[words[0]] if len(words) == 1 else _merged_counts(surfaces, words)
        return REVIEWS, _most_frequent(counts)
    return overlay.cached(row, _own_labels)[term]


def _kind(field: str) -> str:
    """Return the kind of contribution of a field's terms."""
    return "theme" if field == THEME_WORDS else field


def words_of(overlay: Overlay, row: int, term: int) -> Sequence[str]:
    """Return the words of a film's reviews with a term id: one, unless hashes collide."""
    index = overlay.index
    if not len(index.terms) <= term < FIRST_HASH:
        return overlay.cached(row, _hashed_words).get(term, ())
    word = index.terms[term - len(index.terms)]
    return (word,) if word in overlay.cached(row, _surfaces) else ()


def reviews_of(overlay: Overlay, row: int) -> list[ReviewDocument]:
    """Return a film's reviews in order of their ids."""
    return overlay.reviews_of(overlay.film_id(row))


def _surfaces(overlay: Overlay, row: int) -> dict[str, dict[str, int]]:
    """Count the surface forms of each term of a film's reviews."""
    return analyzer.counted_surfaces(review.text for review in overlay.cached(row, reviews_of))


def _hashed_words(overlay: Overlay, row: int) -> dict[int, list[str]]:
    """Return the words of a film's reviews that the catalogue does not have, by term id."""
    words: dict[int, list[str]] = {}
    for word in overlay.cached(row, _surfaces):
        words.setdefault(term_id(overlay.index, REVIEWS, word), []).append(word)
    return {term: each for term, each in words.items() if term >= FIRST_HASH}


def _own_labels(overlay: Overlay, row: int) -> dict[int, tuple[str, str]]:
    """Return the field and the label of each term id of a film of the club's own."""
    film = overlay.own_film(row)
    return {
        term_id(overlay.index, field.name, word): (_kind(field.name), surface)
        for field in (FIELDS if film else ())
        for word, surface in (field.read(film) if film else ())
    }


def _merged_counts(
    surfaces: Mapping[str, Mapping[str, int]], words: Sequence[str]
) -> dict[str, int]:
    return {surface: count for word in words for surface, count in surfaces[word].items()}


def _most_frequent(surfaces: Mapping[str, int]) -> str:
    """Return the most frequent surface form; of equal ones a lower-case one, then the first."""
    if len(surfaces) == 1:
        return next(iter(surfaces))
    return min(surfaces, key=lambda each: (-surfaces[each], each[:1].isupper(), each))
