"""File of the catalogue's titles: mapped into memory, where reading the database takes long.

It holds the arrays of the title index, and each film's digests. Its digest is the format, a
fingerprint of how this version of the program reads films, and the catalogue's digest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from adapters.indexes.best_known import least_known
from bot.catalogue.club_index import film_document
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.catalogue.titles.layer import Layer
from bot.catalogue.titles.packed.tables import Named, Texts, encoded
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from recommender import IndexDamaged, document_digest
from recommender.index.storage import array_file as storage

FORMAT = "matinee titles 7"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One film: its digest in the catalogue, the digest of its document, and its titles.

    `stands_for`: film that it was joined with; its titles mean that one, and it is in no index.
    `judged`: whether we have judged it by hand; then it is in the recommender's index at any rate.
    """

    digest: str
    document: int
    titled: TitledFilm
    stands_for: FilmId | None = None
    judged: bool = False

    @classmethod
    def of(cls, film: Film, digest: str) -> "CatalogueEntry":
        """Make the entry of a film with this digest in the catalogue."""
        document = document_digest(film_document(film))
        judged = film.known is not None
        return cls(digest, document, TitledFilm.of(film), film.stands_for, judged)


@dataclass(frozen=True, slots=True)
class CatalogueSnapshot:
    """All films of the catalogue as they were when it had this digest.

    `layer`: the index of their titles, where it is made already.
    """

    digest: str
    films: Mapping[FilmId, CatalogueEntry]
    layer: Layer | None = field(default=None, compare=False, repr=False)

    def documents(self) -> dict[str, int]:
        """Return the digest of the document of each film that the recommender's index holds."""
        if isinstance(self.films, SavedFilms):
            return self.films.documents()
        films = {each: film for each, film in self.films.items() if film.stands_for is None}
        least = least_known(np.array([film.titled.popularity for film in films.values()]))
        return {
            film_id: film.document
            for film_id, film in films.items()
            if film.judged or film.titled.popularity >= least
        }

    def digests(self) -> dict[FilmId, str]:
        """Return the digest of each film."""
        if isinstance(self.films, SavedFilms):
            return self.films.digests()
        return {film_id: film.digest for film_id, film in self.films.items()}

    def has_documents(self, digests: NDArray[np.int64]) -> bool:
        """Tell whether these are the indexed films' document digests, in the order of their ids."""
        if isinstance(self.films, SavedFilms):
            return np.array_equal(self.films.in_order, digests)
        documents = self.documents()
        return (
            len(documents) == len(digests)
            and [documents[each] for each in sorted(documents, key=encoded)] == digests.tolist()
        )

    def titled(self) -> Iterator[TitledFilm]:
        """Return the input of the title index."""
        more: dict[FilmId, list[str]] = {}
        for film in self.films.values():
            if film.stands_for is not None:
                more.setdefault(self.standing(film.stands_for), []).extend(film.titled.titles)
        for film_id, film in self.films.items():
            if film.stands_for is None:
                yield _with_titles(film.titled, more[film_id]) if film_id in more else film.titled

    def standing(self, film_id: FilmId) -> FilmId:
        """Return the film that a joined one stands for in the end."""
        while (there := self.films.get(film_id)) and there.stands_for:
            film_id = there.stands_for
        return film_id

    def titles(self) -> TitleIndex:
        """Return the index of the titles; made now, unless it was saved."""
        return TitleIndex.over(self.layer or Layer.of(self.titled()))

    def packed(self) -> "CatalogueSnapshot":
        """Return the same with its films in arrays, as they are saved."""
        layer = Layer.of(self.titled())
        films = SavedFilms(layer, _columns(self, layer))
        return CatalogueSnapshot(self.digest, films, layer)


def _with_titles(film: TitledFilm, more: Iterable[str]) -> TitledFilm:
    return replace(film, titles=tuple(dict.fromkeys((*film.titles, *more))))


class SavedFilms(Mapping[FilmId, CatalogueEntry]):
    """Entries of a catalogue's films, each made when it is asked for.

    Of films that were joined, and of those that they stand for, the entries stand whole in JSON:
    in the index of titles they are one.
    """

    def __init__(self, layer: Layer, columns: Named) -> None:
        """Read from the index of titles, and from columns by its rows."""
        self._layer = layer
        self.columns = columns
        self._digests = Texts.named(columns, "digests")
        self._documents, self._judged = columns["documents"], columns["judged"]

    @cached_property
    def _joined(self) -> dict[FilmId, CatalogueEntry]:
        rows = json.loads(self.columns["joined"].tobytes().decode("utf-8", "surrogatepass"))
        return {FilmId(row[2]): _entry(*row) for row in rows}

    @cached_property
    def in_order(self) -> NDArray[np.int64]:
        """Digests of the indexed films' documents, in the order of the films' ids."""
        return self.columns["in_order"].astype(np.int64, copy=False)

    def documents(self) -> dict[str, int]:
        """Return the digest of each indexed film's document, without making the entries."""
        films = zip(
            self._layer.film_ids(),
            self._documents.tolist(),
            self.columns["indexed"].tolist(),
            strict=True,
        )
        return {film_id: document for film_id, document, indexed in films if indexed}

    def digests(self) -> dict[FilmId, str]:
        """Return the digest of each film, without making the entries."""
        held = dict(zip(map(FilmId, self._layer.film_ids()), self._digests, strict=True))
        return held | {film_id: film.digest for film_id, film in self._joined.items()}

    def __getitem__(self, film_id: FilmId) -> CatalogueEntry:
        if joined := self._joined.get(film_id):
            return joined
        row = self._layer.row_of(film_id)
        if row < 0:
            raise KeyError(film_id)
        return self._entry(row)

    def _entry(self, row: int) -> CatalogueEntry:
        document, judged = int(self._documents[row]), bool(self._judged[row])
        return CatalogueEntry(self._digests[row], document, self._layer.film(row), None, judged)

    def __iter__(self) -> Iterator[FilmId]:
        yield from map(FilmId, self._layer.film_ids())
        yield from (each for each, film in self._joined.items() if film.stands_for)

    def __len__(self) -> int:
        return len(self._layer) + sum(1 for film in self._joined.values() if film.stands_for)


EMPTY = CatalogueSnapshot("", {})


def _columns(snapshot: CatalogueSnapshot, layer: Layer) -> Named:
    """Return what is known of the films beside their titles, by the rows of the title index."""
    films = [snapshot.films[FilmId(each)] for each in layer.film_ids()]
    documents = np.array([film.document for film in films], np.int64)
    judged = np.array([film.judged for film in films], np.uint8)
    popularity = np.array([film.titled.popularity for film in films], np.float64)
    indexed = (judged > 0) | (popularity >= least_known(popularity))
    ids = [encoded(film.titled.film_id) for film in films]
    order = np.array(sorted(np.flatnonzero(indexed).tolist(), key=ids.__getitem__), np.intp)
    joined = [film for film in snapshot.films.values() if film.stands_for]
    targets = {snapshot.standing(film.stands_for) for film in joined if film.stands_for}
    whole = joined + [snapshot.films[each] for each in targets if each in snapshot.films]
    text = json.dumps([_row(film) for film in whole], ensure_ascii=False)
    return {
        **Texts.of(film.digest for film in films).arrays("digests"),
        "documents": documents,
        "judged": judged,
        "indexed": indexed.astype(np.uint8),
        "in_order": documents[order],
        "joined": np.frombuffer(encoded(text), np.uint8),
    }


def save_snapshot(snapshot: CatalogueSnapshot, path: Path) -> None:
    """Write a packed snapshot's file atomically. Raises OSError."""
    if not (isinstance(snapshot.films, SavedFilms) and snapshot.layer):
        raise TypeError("only a packed snapshot is saved")
    columns = {f"entries.{name}": each for name, each in snapshot.films.columns.items()}
    storage.write(path, {**snapshot.layer.arrays(), **columns}, _header(snapshot.digest))


def saved_snapshot(path: Path) -> CatalogueSnapshot:
    """Map the file; `EMPTY` if it is missing, damaged or of another version."""
    try:
        arrays, header = storage.read(path)
        if not header.startswith(_header("")):
            return EMPTY
        layer = Layer.named(arrays)
        columns = {
            name.removeprefix("entries."): each
            for name, each in arrays.items()
            if name.startswith("entries.")
        }
        films = SavedFilms(layer, columns)
    except (IndexDamaged, KeyError):
        return EMPTY
    return CatalogueSnapshot(header.removeprefix(_header("")), films, layer)


def _row(film: CatalogueEntry) -> tuple[object, ...]:
    it = film.titled
    titled = (it.film_id, it.titles, it.year, it.imdb_id, it.tmdb_id, it.popularity, it.by)
    return (film.digest, film.document, *titled, film.stands_for, film.judged)


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
    judged: bool,  # noqa: FBT001 - a column of the row
) -> CatalogueEntry:
    titled = TitledFilm(FilmId(film_id), tuple(titles), year, imdb_id, tmdb_id, popularity, by)
    other = FilmId(stands_for) if stands_for else None
    return CatalogueEntry(digest, document, titled, other, judged)


def _header(digest: str) -> str:
    return f"{FORMAT} {_reading_fingerprint()} {digest}"


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
