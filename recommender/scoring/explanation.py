"""Why a film scored: the terms it shares with a query, in words that a member can read."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from recommender.index.overlay import Overlay
from recommender.index.vectors import FIRST_HASH, REVIEWS, SparseVector, term_id
from recommender.scoring.query import Contribution
from recommender.text import analyzer
from recommender.text.documents import ReviewDocument
from recommender.text.fields import FIELDS


def shared_terms(
    overlay: Overlay, row: int, query: SparseVector, factor: float = 1.0, source: str | None = None
) -> Iterator[Contribution]:
    """Yield each shared term's product, times `factor`."""
    own = overlay.vector(row)
    places = query.ids.searchsorted(own.ids)
    places[places == len(query.ids)] = 0
    shared = np.flatnonzero(query.ids[places] == own.ids) if len(query.ids) else places[:0]
    products = query.weights[places[shared]].astype(np.float64) * own.weights[shared] * factor
    for term, value in zip(own.ids[shared].tolist(), products.tolist(), strict=True):
        if value:
            kind, label = label_of(overlay, row, term)
            yield Contribution(kind, label, value, source)


def label_of(overlay: Overlay, row: int, term: int) -> tuple[str, str]:
    """Return the field and the readable label of one of a film's terms."""
    index = overlay.index
    if term < len(index.terms):
        return index.field_of(term), index.labels[term]
    said = overlay.cached(row, _spoken)
    if words := words_of(overlay, row, term):
        return REVIEWS, _usual(said[words[0]] if len(words) == 1 else _together(said, words))
    return overlay.cached(row, _own_labels)[term]


def words_of(overlay: Overlay, row: int, term: int) -> Sequence[str]:
    """Return the words of a film's reviews that a number stands for: one, unless hashes collide."""
    index = overlay.index
    if not len(index.terms) <= term < FIRST_HASH:
        return overlay.cached(row, _hashed).get(term, ())
    word = index.terms[term - len(index.terms)]
    return (word,) if word in overlay.cached(row, _spoken) else ()


def reviews_of(overlay: Overlay, row: int) -> list[ReviewDocument]:
    """Return a film's reviews in order of their ids."""
    return overlay.reviews_of(overlay.film_id(row))


def _spoken(overlay: Overlay, row: int) -> dict[str, dict[str, int]]:
    """Count the surfaces of each word of a film's reviews."""
    return analyzer.counted_surfaces(review.text for review in overlay.cached(row, reviews_of))


def _hashed(overlay: Overlay, row: int) -> dict[int, list[str]]:
    """Return the words of a film's reviews that the catalogue does not have, by their numbers."""
    words: dict[int, list[str]] = {}
    for word in overlay.cached(row, _spoken):
        words.setdefault(term_id(overlay.index, REVIEWS, word), []).append(word)
    return {number: each for number, each in words.items() if number >= FIRST_HASH}


def _own_labels(overlay: Overlay, row: int) -> dict[int, tuple[str, str]]:
    """Read the labels of the terms of a film of the club's own."""
    film = overlay.own_film(row)
    return {
        term_id(overlay.index, field.name, word): (field.name, surface)
        for field in (FIELDS if film else ())
        for word, surface in (field.read(film) if film else ())
    }


def _together(said: Mapping[str, Mapping[str, int]], words: Sequence[str]) -> dict[str, int]:
    return {surface: count for word in words for surface, count in said[word].items()}


def _usual(surfaces: Mapping[str, int]) -> str:
    """Return the most frequent surface; in lower case, then the first, where they tie."""
    if len(surfaces) == 1:
        return next(iter(surfaces))
    return min(surfaces, key=lambda each: (-surfaces[each], each[:1].isupper(), each))
