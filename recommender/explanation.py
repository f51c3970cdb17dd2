"""Why a film scored: the terms it shares with a query, in words that a member can read."""

from collections.abc import Iterator, Mapping

import numpy as np

from recommender import analyzer
from recommender.documents import ReviewDocument
from recommender.fields import FIELDS
from recommender.overlay import Overlay
from recommender.query import Contribution
from recommender.vectors import REVIEWS, SparseVector, spoken_ids, term_id


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
    if said := overlay.remembered(row, spoken_words).get(term):
        return REVIEWS, _usual(said)
    return overlay.remembered(row, _own_labels)[term]


def reviews_of(overlay: Overlay, row: int) -> list[ReviewDocument]:
    """Return a film's reviews in order of their ids."""
    return overlay.reviews_of(overlay.film_id(row))


def spoken_words(overlay: Overlay, row: int) -> dict[int, dict[tuple[str, str], int]]:
    """Count the (word, surface) pairs of a film's reviews, by the word's number."""
    texts = (review.text for review in overlay.remembered(row, reviews_of))
    spoken: dict[int, dict[tuple[str, str], int]] = {}
    found = analyzer.counted_surfaces(texts)
    numbers = spoken_ids(overlay.index, (word for word, _ in found))
    for number, (pair, count) in zip(numbers, found.items(), strict=True):
        spoken.setdefault(number, {})[pair] = count
    return spoken


def _own_labels(overlay: Overlay, row: int) -> dict[int, tuple[str, str]]:
    """Read the labels of the terms of a film of the club's own."""
    film = overlay.own_film(row)
    return {
        term_id(overlay.index, field.name, word): (field.name, surface)
        for field in (FIELDS if film else ())
        for word, surface in (field.read(film) if film else ())
    }


def _usual(said: Mapping[tuple[str, str], int]) -> str:
    """Return the most frequent surface; in lower case, then the first, where they tie."""
    if len(said) > 1:
        return min((-count, each[:1].isupper(), each) for (_, each), count in said.items())[2]
    return next(iter(said))[1]
