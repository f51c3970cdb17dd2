"""Documents of the recommender: films and reviews as plain values."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

GAP = "\ufffc"
"""Mark in a review's text where a spoiler was taken out: a sentence with it is not quoted."""


@dataclass(frozen=True, slots=True)
class FilmDocument:
    """Film as the catalogue describes it.

    `popularity` counts people (raters, viewers) on any scale, 0 when unknown; `known`, 1 to 5, is how
    well known it is by judgement, and `regard` how well regarded, 0 without one. `part` is the place
    in the `series`, 0 without one. `authors` wrote what the film is based on. `companions` are the ids
    of films that go well with it, by judgement, the best first.
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
    series: str = ""
    part: int = 0
    writers: tuple[str, ...] = ()
    known: int = 0
    regard: int = 0
    authors: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """Review that everybody in its club may read: without spoilers, never private.

    `half_stars` is 1..10. A `critic`'s review gives words and quotes but is no member's rating; one
    that is not `quotable` gives words and a rating but no quotes.
    """

    review_id: str
    film_id: str
    author_id: str
    text: str
    half_stars: int | None = None
    quotable: bool = True
    critic: bool = False


_content = attrgetter(*(each.name for each in fields(FilmDocument)))
"""Values of a document's fields; `astuple` would copy each, and take ten times as long."""


def document_digest(film: FilmDocument) -> int:
    """Return a digest of a document's content: a signed 64-bit integer."""
    digest = hashlib.sha256(repr(_content(film)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "little", signed=True)


def corpus_digest(films: Iterable[FilmDocument]) -> str:
    """Return a digest of a corpus's content, whatever its order: 64 hex digits."""
    digest = hashlib.sha256()
    for line in sorted(repr(_content(film)) for film in films):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
