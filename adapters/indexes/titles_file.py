"""File of the catalogue's titles: loads in a moment, where reading the database takes long.

Layout: a header line with the format, a fingerprint of how this version of the program reads
films, and the SHA-256 of the body; the body is JSON: the catalogue's digest, then the films.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.catalogue.club_index import film_document
from bot.catalogue.titles.index import TitledFilm
from bot.domain.films import Film
from bot.domain.ids import FilmId
from recommender import document_digest

FORMAT = "matinee titles 5"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One film: its digest in the catalogue, the digest of its document, and its titles.

    `stands_for`: film that it was joined with; its titles mean that one, and it is in no index.
    """

    digest: str
    document: int
    titled: TitledFilm
    stands_for: FilmId | None = None

    @classmethod
    def of(cls, film: Film, digest: str) -> "CatalogueEntry":
        """Make the entry of a film with this digest in the catalogue."""
        document = document_digest(film_document(film))
        return cls(digest, document, TitledFilm.of(film), film.stands_for)


@dataclass(frozen=True, slots=True)
class CatalogueSnapshot:
    """All films of the catalogue as they were when it had this digest."""

    digest: str
    films: Mapping[FilmId, CatalogueEntry]

    def documents(self) -> dict[str, int]:
        """Return the digest of each film's document."""
        return {
            film_id: film.document
            for film_id, film in self.films.items()
            if film.stands_for is None
        }

    def titled(self) -> Iterator[TitledFilm]:
        """Return the input of the title index."""
        more: dict[FilmId, list[str]] = {}
        for film in self.films.values():
            stands_for = film.stands_for
            while stands_for and (there := self.films.get(stands_for)) and there.stands_for:
                stands_for = there.stands_for
            if stands_for:
                more.setdefault(stands_for, []).extend(film.titled.titles)
        for film_id, film in self.films.items():
            if film.stands_for is None:
                yield _with_titles(film.titled, more[film_id]) if film_id in more else film.titled


def _with_titles(film: TitledFilm, more: Iterable[str]) -> TitledFilm:
    return replace(film, titles=tuple(dict.fromkeys((*film.titles, *more))))


EMPTY = CatalogueSnapshot("", {})


def save_snapshot(snapshot: CatalogueSnapshot, path: Path) -> None:
    """Write the file atomically. Raises OSError."""
    rows = [_row(film) for film in snapshot.films.values()]
    body = json.dumps([snapshot.digest, rows], ensure_ascii=False).encode("utf-8", "surrogatepass")
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_bytes(f"{_header(body)}\n".encode() + body)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def saved_snapshot(path: Path) -> CatalogueSnapshot:
    """Load the file; `EMPTY` if it is missing, damaged or of another version."""
    if not path.is_file():  # a pipe would be waited for without end
        return EMPTY
    try:
        header, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return EMPTY
    if header != _header(body).encode():
        return EMPTY
    digest, rows = json.loads(body.decode("utf-8", "surrogatepass"))
    return CatalogueSnapshot(digest, {FilmId(row[2]): _entry(*row) for row in rows})


def _row(film: CatalogueEntry) -> tuple[object, ...]:
    it = film.titled
    titled = (it.film_id, it.titles, it.year, it.imdb_id, it.tmdb_id, it.popularity, it.by)
    return (film.digest, film.document, *titled, film.stands_for)


def _entry(  # noqa: PLR0913, PLR0917 - the columns of a row
    digest: str,
    document: int,
    film_id: str,
    titles: list[str],
    year: int | None,
    imdb_id: str | None,
    tmdb_id: int | None,
    popularity: float,
    by: str,
    stands_for: str | None,
) -> CatalogueEntry:
    titled = TitledFilm(FilmId(film_id), tuple(titles), year, imdb_id, tmdb_id, popularity, by)
    return CatalogueEntry(digest, document, titled, FilmId(stands_for) if stands_for else None)


def _header(body: bytes) -> str:
    return f"{FORMAT} {_reading_fingerprint()} {hashlib.sha256(body).hexdigest()}"


def _reading_fingerprint() -> str:
    """Fingerprint of how this version reads films: the digest of a sample film's reading."""
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
    known=3,
)
