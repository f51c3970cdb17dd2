"""Evaluation data: films and the ratings of a club's members."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from recommender.ratings.profile import is_liked
from recommender.text.documents import FilmDocument, ReviewDocument


@dataclass(frozen=True, slots=True)
class Sample:
    """Films in order of their ids, and the members' reviews that rate them."""

    films: tuple[FilmDocument, ...]
    reviews: tuple[ReviewDocument, ...]

    @classmethod
    def of(cls, films: Collection[FilmDocument], reviews: Collection[ReviewDocument]) -> "Sample":
        """Sort films as an index does; leave out critics and reviews that rate none of them."""
        ordered = sorted(films, key=lambda film: film.film_id.encode("utf-8", "surrogatepass"))
        known = {film.film_id for film in ordered}
        rated = (r for r in reviews if r.half_stars and not r.critic and r.film_id in known)
        return cls(tuple(ordered), tuple(sorted(rated, key=lambda review: review.review_id)))

    @property
    def members(self) -> list[str]:
        """Ids of the members who rated, sorted."""
        return sorted({review.author_id for review in self.reviews})

    def rows(self) -> dict[str, int]:
        """Return each film's row by its id."""
        return {film.film_id: row for row, film in enumerate(self.films)}


def like_matrix(
    reviews: Collection[ReviewDocument], members: Sequence[str], rows: Mapping[str, int]
) -> sp.csr_matrix:
    """Return implicit feedback: float32 CSR of shape (n_members, n_films), 1 for a like."""
    place = {member: number for number, member in enumerate(members)}
    liked = {
        (place[review.author_id], rows[review.film_id])
        for review in reviews
        if review.author_id in place and is_liked(review.half_stars)
    }
    at = np.array(sorted(liked), dtype=np.int32).reshape(-1, 2)
    ones = np.ones(len(at), dtype=np.float32)
    return sp.csr_matrix((ones, (at[:, 0], at[:, 1])), shape=(len(members), len(rows)))
