"""What the shelf holds, in a file: read in a moment, where the database takes long.

Layout: a line with the format, how this version of the program reads films, and the SHA-256 of the
rest; the rest is JSON: the shelf's digest, and the films.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.club_index import film_document
from bot.catalogue.titles.index import TitledFilm
from bot.domain.films import Film
from bot.domain.ids import FilmId
from recommender import document_digest

FORMAT = "matinee titles 3"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One film on the shelf: its digest there, the digest of its document, and its titles."""

    digest: str
    document: int
    titled: TitledFilm

    @classmethod
    def of(cls, film: Film, digest: str) -> "Shelved":
        """Take from a film, of this digest on the shelf, what is remembered of it."""
        return cls(digest, document_digest(film_document(film)), TitledFilm.of(film))


@dataclass(frozen=True, slots=True)
class Shelf:
    """All films on the shelf as they were when it had this digest."""

    digest: str
    films: Mapping[FilmId, Shelved]

    def documents(self) -> dict[str, int]:
        """Return the digest of each film's document."""
        return {film_id: film.document for film_id, film in self.films.items()}

    def titled(self) -> Iterable[TitledFilm]:
        """Return what the title index needs of each film."""
        return (film.titled for film in self.films.values())


NOTHING = Shelf("", {})


def save_shelf(shelf: Shelf, path: Path) -> None:
    """Write the films to a file that appears whole or not at all. Raises OSError."""
    rows = [_row(film) for film in shelf.films.values()]
    body = json.dumps([shelf.digest, rows], ensure_ascii=False).encode("utf-8", "surrogatepass")
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_bytes(f"{_head(body)}\n".encode() + body)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def saved_shelf(path: Path) -> Shelf:
    """Read what was saved; nothing if there is nothing, or the file cannot be trusted."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return NOTHING
    if head != _head(body).encode():
        return NOTHING
    digest, rows = json.loads(body.decode("utf-8", "surrogatepass"))
    return Shelf(digest, {FilmId(row[2]): _shelved(*row) for row in rows})


def _row(film: Shelved) -> tuple[object, ...]:
    it = film.titled
    titled = (it.film_id, it.titles, it.year, it.imdb_id, it.tmdb_id, it.popularity)
    return (film.digest, film.document, *titled)


def _shelved(  # noqa: PLR0913, PLR0917 - the columns of a row
    digest: str,
    document: int,
    film_id: str,
    titles: list[str],
    year: int | None,
    imdb_id: str | None,
    tmdb_id: int | None,
    popularity: float,
) -> Shelved:
    titled = TitledFilm(FilmId(film_id), tuple(titles), year, imdb_id, tmdb_id, popularity)
    return Shelved(digest, document, titled)


def _head(body: bytes) -> str:
    return f"{FORMAT} {_reading()} {hashlib.sha256(body).hexdigest()}"


def _reading() -> str:
    """Name how this version of the program reads films: by what becomes of one."""
    read = repr((film_document(_SAMPLE), TitledFilm.of(_SAMPLE)))
    return hashlib.sha256(read.encode()).hexdigest()


_SAMPLE = Film(
    film_id=FilmId("sample"),
    title="title",
    year=2000,
    original_title="original",
    other_titles=("other",),
    directors=("director",),
    cast=("cast",),
    countries=("GB",),
    languages=("en",),
    genres=("genre",),
    minutes=100,
    based_on="basis",
    themes=("theme",),
    logline="logline",
    imdb_id="tt0000001",
    tmdb_id=1,
    popularity=1,
)
