"""Small sparse vectors, and how a document outside the fit is turned into one."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.index.base import BaseIndex
from recommender.text.documents import FilmDocument
from recommender.text.fields import FIELD_NUMBER, FIELDS
from recommender.text.vectorizer import frequencies, smooth_idf, weights

FIRST_HASH = 1 << 31
"""Numbers from here on are hashes of terms that the catalogue does not have."""

_HASH_BITS = 27
"""A hashed number is: one bit set, four bits for the field, the term's hash."""

FIRST_REVIEW_HASH = FIRST_HASH | len(FIELDS) << _HASH_BITS
"""From here on they are words of reviews."""

REVIEWS = "reviews"
"""The name of the field that only clubs have: their members' words."""

IDF_POWER = 0.25
"""In reviews a word weighs its idf to this power: what many films are called, "funny", tells most."""

UNKNOWN_WORD = 0.3
"""A review's word that no film's text has weighs so much of a rare one's: most are names."""

HALF_SHARE = 0.1
"""A word that this share of a film's reviewers use counts half of what one that all use does."""

HALF_REVIEWS = 4
"""With this many reviews a film's review field counts half of what endless ones would."""


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Terms and their weights: `ids` uint32 ascending, `weights` float32, of equal length."""

    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def scaled(self, factor: float) -> "SparseVector":
        """Return the vector with every weight multiplied."""
        return SparseVector(self.ids, self.weights * np.float32(factor))


EMPTY = SparseVector(np.zeros(0, np.uint32), np.zeros(0, np.float32))


def term_id(index: BaseIndex, field: str, term: str) -> int:
    """Return a term's number in a club's space.

    The catalogue's own terms keep their numbers; a review's word that the catalogue's texts know
    stands `index.terms` further on; a word nobody knew before is hashed, so none has to be stored.
    """
    known = index.term("text" if field == REVIEWS else field, term)
    if known >= 0:
        return known + len(index.terms) if field == REVIEWS else known
    return hashed_id(field, term)


def review_term_ids(index: BaseIndex, terms: Iterable[str]) -> list[int]:
    """Return the numbers that `term_id` gives to words of reviews: many at once, for speed."""
    beyond = len(index.terms)
    return [
        known + beyond if (known := index.term("text", term)) >= 0 else hashed_id(REVIEWS, term)
        for term in terms
    ]


def hashed_id(field: str, term: str) -> int:
    """Return the number of a term that the catalogue does not have."""
    bits = crc32(term.encode("utf-8", "surrogatepass")) & ((1 << _HASH_BITS) - 1)
    return FIRST_HASH | FIELD_NUMBER.get(field, len(FIELDS)) << _HASH_BITS | bits


def field_numbers(index: BaseIndex, ids: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return each term's field: its place in `FIELDS`, or len(FIELDS) for reviews."""
    of_catalogue = np.searchsorted(index.field_starts[1:], ids, side="right")
    of_hash = (ids & np.uint32(FIRST_HASH - 1)) >> _HASH_BITS
    return np.where(ids < FIRST_HASH, of_catalogue, of_hash).astype(np.intp)


def term_idf(index: BaseIndex, number: int) -> float:
    """Return the idf of a term's number: the catalogue's, or that of a word seen nowhere."""
    if number >= FIRST_HASH:
        return smooth_idf(len(index))
    return float(index.idf[number % len(index.terms)])


def field_vector(index: BaseIndex, field: str, terms: Iterable[str]) -> SparseVector:
    """Turn a document's terms of one field into a vector of length 1, less if they tell little."""
    read = FIELDS[FIELD_NUMBER[field]]
    found = frequencies((term_id(index, field, term) for term in terms), billed=read.billed)
    return _vector(found, {number: term_idf(index, number) for number in found}, read.shrinkage)


def reviews_vector(index: BaseIndex, reviews: Iterable[Sequence[str]]) -> SparseVector:
    """Turn the terms of a film's reviews into a vector, the longer the more reviews: 0 to 1."""
    each = [review_term_ids(index, terms) for terms in reviews if terms]
    found = frequencies(chain.from_iterable(each))
    speakers = Counter(chain.from_iterable(set(numbers) for numbers in each))
    few, beyond = HALF_SHARE * len(each), len(index.terms)
    unheard = UNKNOWN_WORD * smooth_idf(len(index)) ** IDF_POWER
    # What one of the words tells of a film by its rarity, and by how many of its reviewers use it.
    told = {
        number: (unheard if number >= FIRST_HASH else index.idf.item(number - beyond) ** IDF_POWER)
        * n
        / (n + few)
        for number, n in speakers.items()
    }
    return _vector(found, told).scaled(math.sqrt(len(each) / (len(each) + HALF_REVIEWS)))


def _vector(
    found: Mapping[int, float], idf: Mapping[int, float], little: float = 0.0
) -> SparseVector:
    ids = [number for number in sorted(found) if idf[number]]  # too common a word tells nothing
    rarity = np.array([idf[number] for number in ids], dtype=np.float32)
    return SparseVector(np.array(ids, np.uint32), weights([found[i] for i in ids], rarity, little))


def film_vector(index: BaseIndex, film: FilmDocument) -> SparseVector:
    """Turn a film that is not in the catalogue into the row it would have there."""
    return merged(
        field_vector(index, field.name, [term for term, _ in field.read(film)]) for field in FIELDS
    )


def merged(vectors: Iterable[SparseVector]) -> SparseVector:
    """Join vectors of different fields into one."""
    ids, merged = stacked(list(vectors))
    order = np.argsort(ids, kind="stable")
    return SparseVector(ids[order], merged[order])


def stacked(vectors: Sequence[SparseVector]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Lay the ids and the weights of some vectors one after the other."""
    ids = np.concatenate([EMPTY.ids, *(vector.ids for vector in vectors)])
    return ids, np.concatenate([EMPTY.weights, *(vector.weights for vector in vectors)])


def unstacked(
    ids: NDArray[np.uint32], weights: NDArray[np.float32], ends: NDArray[np.intp]
) -> list[SparseVector]:
    """Cut what was joined at its ends, the first of which is 0, into vectors again."""
    parts = [slice(start, end) for start, end in pairwise(ends.tolist())]
    return [SparseVector(ids[part], weights[part]) for part in parts]
