"""Sparse vectors of documents outside the fit: reviews, a club's own films, queries."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import BaseIndex
from recommender.index.predicted_themes import KERNEL
from recommender.index.top_k import accumulate
from recommender.text.documents import FilmDocument
from recommender.text.fields import FIELD_NUMBER, FIELDS
from recommender.text.vectorizer import frequencies, idf_of_unknown, weights

FIRST_HASH = 1 << 31
"""Term ids from here on are hashes of terms that the catalogue does not have."""

_HASH_BITS = 27
"""A hashed id has the top bit, four bits for the field, then the term's hash."""

FIRST_REVIEW_HASH = FIRST_HASH | len(FIELDS) << _HASH_BITS
"""Term ids from here on are hashed terms of reviews, the last field."""

REVIEWS = "reviews"
"""Name of the field that only clubs have: the terms of their reviews."""

IDF_POWER = 0.25
"""Exponent of the idf in reviews: flat, for common words such as "funny" tell most there."""

UNKNOWN_WORD = 0.3
"""Share of a rare word's weight for a review's word that no catalogue text has: most are names."""

HALF_SHARE = 0.1
"""A term in this share of a film's reviews weighs half of what one in all of them does."""

HALF_WORDS = 150
"""With this many terms, one or two reviews of some 240 words, the squared norm of a film's review vector
is half of its limit: twelve words in a chat are a hint, however many members write them."""


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term ids and weights of equal length: `ids` uint32, ascending; `weights` float32."""

    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def scaled(self, factor: float) -> "SparseVector":
        """Return the vector times a factor."""
        return SparseVector(self.ids, self.weights * np.float32(factor))


EMPTY = SparseVector(np.zeros(0, np.uint32), np.zeros(0, np.float32))


def term_id(index: BaseIndex, field: str, term: str) -> int:
    """Return a term's id in a club's space.

    A term of the catalogue keeps its id there; a review's term that the catalogue's texts have gets
    that id plus `len(index.terms)`; any other is hashed, so that no dictionary has to be kept.
    """
    known = index.term("text" if field == REVIEWS else field, term)
    if known >= 0:
        return known + len(index.terms) if field == REVIEWS else known
    return hashed_id(field, term)


def review_term_ids(index: BaseIndex, terms: Iterable[str]) -> list[int]:
    """Return the ids of a review's terms: as `term_id`, but faster for many."""
    offset = len(index.terms)
    return [
        known + offset if (known := index.term("text", term)) >= 0 else hashed_id(REVIEWS, term)
        for term in terms
    ]


def hashed_id(field: str, term: str) -> int:
    """Return the id of a term that the catalogue does not have."""
    bits = crc32(term.encode("utf-8", "surrogatepass")) & ((1 << _HASH_BITS) - 1)
    return FIRST_HASH | FIELD_NUMBER.get(field, len(FIELDS)) << _HASH_BITS | bits


def field_numbers(index: BaseIndex, ids: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return each term's field as an index into `FIELDS`, len(FIELDS) for reviews."""
    of_catalogue = np.searchsorted(index.field_starts[1:], ids, side="right")
    of_hash = (ids & np.uint32(FIRST_HASH - 1)) >> _HASH_BITS
    return np.where(ids < FIRST_HASH, of_catalogue, of_hash).astype(np.intp)


def term_idf(index: BaseIndex, term: int) -> float:
    """Return the catalogue's idf of a term id; for a hash, the idf of a term found nowhere."""
    if term >= FIRST_HASH:
        return idf_of_unknown(len(index))
    return float(index.idf[term % len(index.terms)])


def field_vector(index: BaseIndex, field: str, terms: Iterable[str]) -> SparseVector:
    """Return the TF-IDF vector of a document's terms in one field, weighed as in the fit."""
    spec = FIELDS[FIELD_NUMBER[field]]
    found = frequencies((term_id(index, field, term) for term in terms), spec.billing)
    if not spec.weighed:
        ids = sorted(found)
        return SparseVector(
            np.array(ids, np.uint32), np.array([found[term] for term in ids], np.float32)
        )
    return _vector(found, {term: term_idf(index, term) for term in found}, spec.shrinkage)


def reviews_vector(index: BaseIndex, reviews: Iterable[Sequence[str]]) -> SparseVector:
    """Return the vector of a film's reviews, given their terms; its norm, 0..1, grows with them."""
    each = [review_term_ids(index, terms) for terms in reviews if terms]
    found = frequencies(chain.from_iterable(each))
    reviews_with = Counter(chain.from_iterable(set(ids) for ids in each))
    half, offset = HALF_SHARE * len(each), len(index.terms)
    written = sum(map(len, each))
    unknown_idf = UNKNOWN_WORD * idf_of_unknown(len(index)) ** IDF_POWER
    # Flattened idf, times the share of the reviews that have the term, saturated.
    idf = {
        term: (unknown_idf if term >= FIRST_HASH else index.idf.item(term - offset) ** IDF_POWER)
        * n
        / (n + half)
        for term, n in reviews_with.items()
    }
    return _vector(found, idf).scaled(math.sqrt(written / (written + HALF_WORDS)))


def _vector(
    frequency: Mapping[int, float], idf: Mapping[int, float], shrinkage: float = 0.0
) -> SparseVector:
    ids = [term for term in sorted(frequency) if idf[term]]  # 0 for terms too common to count
    rarity = np.array([idf[term] for term in ids], dtype=np.float32)
    values = weights([frequency[term] for term in ids], rarity, shrinkage)
    return SparseVector(np.array(ids, np.uint32), values)


def film_vector(index: BaseIndex, film: FilmDocument) -> SparseVector:
    """Return the vector of a film outside the catalogue: the row it would have there."""
    facts = {
        field.name: field_vector(index, field.name, [term for term, _ in field.read(film)])
        for field in FIELDS
    }
    return merged((facts | {"theme": _themes_or_predicted(index, facts)}).values())


def theme_vector(index: BaseIndex, vector: SparseVector) -> SparseVector:
    """Return the part of a film's vector that holds its themes, facts or predicted."""
    numbers = field_numbers(index, vector.ids)
    kept = numbers == FIELD_NUMBER["theme"]
    return SparseVector(vector.ids[kept], vector.weights[kept])


def _themes_or_predicted(index: BaseIndex, facts: Mapping[str, SparseVector]) -> SparseVector:
    """Return a film's themes, or those predicted where it has none, at their probability."""
    predictor = index.predictor
    if len(facts["theme"].ids) or not len(predictor.rows):
        return facts["theme"]
    others = merged(facts[name].scaled(weight) for name, weight in KERNEL.items())
    known = int(np.searchsorted(others.ids, len(index.terms)))
    terms = others.ids[:known].astype(np.int32)
    alike = accumulate(index.postings, terms, others.weights[:known], len(index))
    found = predictor.probabilities_of(alike[None, predictor.rows])[0]
    likely = np.flatnonzero(found)
    raw = found[likely] * index.idf[predictor.terms[likely]]
    length = math.hypot(float(np.linalg.norm(raw)), FIELDS[FIELD_NUMBER["theme"]].shrinkage)
    return SparseVector(predictor.terms[likely].astype(np.uint32), raw / np.float32(length))


def merged(vectors: Iterable[SparseVector]) -> SparseVector:
    """Merge vectors of different fields into one."""
    ids, values = stacked(list(vectors))
    order = np.argsort(ids, kind="stable")
    return SparseVector(ids[order], values[order])


def stacked(vectors: Sequence[SparseVector]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Concatenate the ids and the weights of some vectors."""
    ids = np.concatenate([EMPTY.ids, *(vector.ids for vector in vectors)])
    return ids, np.concatenate([EMPTY.weights, *(vector.weights for vector in vectors)])


def theme_points(
    index: BaseIndex, films: Sequence[FilmDocument], vectors: Iterable[SparseVector]
) -> NDArray[np.float32]:
    """Return the points of films outside of the index in theme space, shape (n_films, n_axes)."""
    space, genre = index.theme_space, FIELDS[FIELD_NUMBER["genre"]]
    points = np.zeros((len(films), len(space.mean)), dtype=np.float32)
    for place, (film, vector) in enumerate(zip(films, vectors, strict=True)):
        genres = field_vector(index, "genre", [term for term, _ in genre.read(film)])
        themes = theme_vector(index, vector)
        points[place] = space.place((themes.ids, themes.weights), (genres.ids, genres.weights))
    return points
