"""Why a film scored: the terms it shares with a query, in words that a member can read."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from recommender import analyzer
from recommender.fields import FIELDS
from recommender.overlay import Overlay
from recommender.query import Contribution
from recommender.vectors import REVIEWS, SparseVector, term_id


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
    return overlay.remembered(row, own_labels)[term]


def own_labels(overlay: Overlay, row: int) -> dict[int, tuple[str, str]]:
    """Read the labels of a film's own terms from its reviews, or from the club's own film."""
    spoken: dict[int, Counter[str]] = {}
    for review in overlay.reviews_of(overlay.film_id(row)):
        for word, surface in analyzer.surfaces(review.text):
            spoken.setdefault(term_id(overlay.index, REVIEWS, word), Counter())[surface] += 1
    film = overlay.own_film(row)
    labels = {
        term_id(overlay.index, field.name, word): (field.name, surface)
        for field in (FIELDS if film else ())
        for word, surface in (field.read(film) if film else ())
    }
    return labels | {term: (REVIEWS, _usual(surfaces)) for term, surfaces in spoken.items()}


def _usual(surfaces: Counter[str]) -> str:
    """Return the most frequent surface; in lower case, then the first, where they tie."""
    return min(surfaces, key=lambda each: (-surfaces[each], each[:1].isupper(), each))
