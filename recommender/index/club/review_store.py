"""Review store of one club: by film, and compressed, for a host holds many clubs."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern

from recommender.text.documents import ReviewDocument

LEVEL = 9
WINDOW, MEMORY_LEVEL = 13, 6
"""A window of 8 KB, more than nearly all reviews have: to allocate zlib's default one takes longer
than to compress a review."""


@dataclass(frozen=True, slots=True)
class PackedReview:
    """Review with a compressed text."""

    review_id: str
    film_id: str
    author_id: str
    packed: bytes
    half_stars: int | None
    quotable: bool
    critic: bool

    @classmethod
    def of(cls, review: ReviewDocument) -> "PackedReview":
        """Compress a review; the ids of its film and author are interned."""
        return cls(
            review.review_id,
            intern(review.film_id),
            intern(review.author_id),
            _compressed(review.text),
            review.half_stars,
            review.quotable,
            review.critic,
        )

    @property
    def is_rating(self) -> bool:
        """Whether it holds a member's rating, not a critic's."""
        return bool(self.half_stars) and not self.critic

    def document(self) -> ReviewDocument:
        """Return the review, decompressed."""
        return ReviewDocument(
            self.review_id,
            self.film_id,
            self.author_id,
            _decompressed(self.packed),
            self.half_stars,
            self.quotable,
            self.critic,
        )


@dataclass(slots=True)
class ReviewStore:
    """Reviews of one club by id and film; texts are read for a handful of films at a time."""

    _reviews: dict[str, PackedReview] = field(default_factory=dict)
    _by_film: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def copy(self) -> "ReviewStore":
        """Return an independent copy."""
        return ReviewStore(dict(self._reviews), dict(self._by_film))

    def put(self, review: ReviewDocument) -> set[str]:
        """Add or replace a review. Returns the ids of the films whose reviews changed."""
        changed = self.remove(review.review_id)
        kept = PackedReview.of(review)
        self._reviews[kept.review_id] = kept
        others = self._by_film.get(kept.film_id, ())
        self._by_film[kept.film_id] = tuple(sorted((*others, kept.review_id)))
        return changed | {kept.film_id}

    def remove(self, review_id: str) -> set[str]:
        """Remove a review. Returns the ids of the films whose reviews changed: one, or none."""
        kept = self._reviews.pop(review_id, None)
        if kept is None:
            return set()
        others = tuple(each for each in self._by_film.pop(kept.film_id) if each != review_id)
        if others:
            self._by_film[kept.film_id] = others
        return {kept.film_id}

    def __len__(self) -> int:
        return len(self._reviews)

    def __iter__(self) -> Iterator[PackedReview]:
        """Yield all reviews in order of their ids."""
        return (self._reviews[review_id] for review_id in sorted(self._reviews))

    def films(self) -> Iterator[str]:
        """Yield the ids of the films that have reviews."""
        return iter(self._by_film)

    def of_film(self, film_id: str) -> list[ReviewDocument]:
        """Return a film's reviews in order of their ids."""
        return [self._reviews[each].document() for each in self._by_film.get(film_id, ())]

    def ratings_of(self, film_id: str) -> dict[str, int]:
        """Return each member's rating of a film in half-stars; of several, that with the last id."""
        reviews = (self._reviews[each] for each in self._by_film.get(film_id, ()))
        return {each.author_id: each.half_stars or 0 for each in reviews if each.is_rating}


def _compressed(text: str) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -WINDOW, MEMORY_LEVEL)
    return packer.compress(text.encode("utf-8", "surrogatepass")) + packer.flush()


def _decompressed(packed: bytes) -> str:
    return zlib.decompress(packed, -zlib.MAX_WBITS).decode("utf-8", "surrogatepass")
