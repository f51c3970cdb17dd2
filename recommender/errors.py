"""Errors of the recommender.

RecommenderError
├── DuplicateFilm    two documents of one corpus share a film id
└── IndexDamaged     a saved index cannot be trusted: build it again
"""


class RecommenderError(Exception):
    """Base of all errors that the recommender raises."""


class DuplicateFilm(RecommenderError):
    """Two documents of one corpus share a film id."""

    def __init__(self, film_id: str) -> None:
        super().__init__(f"The film id {film_id!r} is there twice; give each film its own id.")
        self.film_id = film_id


class IndexDamaged(RecommenderError):
    """A saved index cannot be trusted: build it again from the catalogue."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The saved index {reason}. Delete it and build it again.")
        self.reason = reason
