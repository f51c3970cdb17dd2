"""Ratings of one club's members, and EASE fitted to them, brought up to date when they are asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from recommender.index.base import BaseIndex
from recommender.index.club.review_store import ReviewStore
from recommender.index.club.traits import traits
from recommender.ratings.ease import Ease
from recommender.ratings.rating_matrix import RatingMatrix
from recommender.text.documents import FilmDocument


@dataclass(slots=True)
class ClubRatings:
    """Rating matrix and EASE of the reviews that a store holds; critics are left out."""

    reviews: ReviewStore
    _matrix: RatingMatrix | None = None
    _ease: Ease | None = None
    _stale: set[int] = field(default_factory=set)
    """Rows of films whose ratings may have changed since the matrix was made."""

    def matrix(self, row_of: Callable[[str], int], film_id: Callable[[int], str]) -> RatingMatrix:
        """Return the ratings by film and member; unknown films have row -1, and none."""
        if self._matrix is None:
            rows = {each: row_of(each) for each in self.reviews.films()}
            self._matrix = RatingMatrix.of(
                {
                    (name, row): half_stars
                    for each, row in rows.items()
                    for name, half_stars in self.reviews.ratings_of(each).items()
                    if row >= 0
                }
            )
        elif self._stale:
            self._matrix = self._matrix.updated(
                {row: self.reviews.ratings_of(film_id(row)) for row in self._stale}
            )
        self._stale.clear()
        return self._matrix

    def ease(self, ratings: RatingMatrix, index: BaseIndex, own: Sequence[FilmDocument]) -> Ease:
        """Return EASE fitted to ratings and their films' genres and decades; `own`: the club's own films."""
        if self._ease is None or self._ease.ratings is not ratings:
            base = int(ratings.rows.searchsorted(len(index)))
            rated = [own[row - len(index)] for row in ratings.rows[base:].tolist()]
            self._ease = Ease.of(ratings, traits(index, ratings.rows[:base], rated))
        return self._ease

    def note_changed(self, rows: Iterable[int]) -> None:
        """Note that ratings of the films of some rows may have changed."""
        if self._matrix is not None:
            self._stale.update(rows)

    def note_renumbered(self) -> None:
        """Note that the rows of films have changed."""
        self._matrix = None
