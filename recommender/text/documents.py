"""What the recommender reads: films and reviews, as plain values."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class FilmDocument:
    """One film as the catalogue knows it.

    `popularity` is a count of people (raters, viewers) on any scale, 0 when unknown.
    """

    film_id: str
    title: str
    year: int | None = None
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    text: str = ""
    popularity: float = 0.0


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """One review as everybody in its club may read it: no spoilers, never a private one.

    `half_stars` is 1..10. A `critic`'s review gives words and quotes, never a member's rating;
    one that is not `quotable` counts but is never quoted.
    """

    review_id: str
    film_id: str
    author_id: str
    text: str
    half_stars: int | None = None
    quotable: bool = True
    critic: bool = False


def document_digest(film: FilmDocument) -> int:
    """Name a document by its content: a signed number of 64 bits."""
    digest = hashlib.sha256(repr(astuple(film)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "little", signed=True)


def corpus_digest(films: Iterable[FilmDocument]) -> str:
    """Name a corpus by its content, whatever its order. Returns 64 hex digits."""
    digest = hashlib.sha256()
    for line in sorted(repr(astuple(film)) for film in films):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
