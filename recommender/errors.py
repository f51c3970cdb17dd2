"""The recommender's errors.

RecommenderError
├── DuplicateFilm    two documents of one corpus share a film id
└── IndexDamaged     a saved index cannot be trusted: build it again
"""


class RecommenderError(Exception):
    """Whatever goes wrong in the recommender on purpose."""


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
