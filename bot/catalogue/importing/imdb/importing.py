"""Import of IMDb's tables: a million films in batches, each one transaction, resumed where it ended."""

import asyncio
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.catalogue.importing.files.limits import FileLimits
from bot.catalogue.importing.files.reader import CHUNK, ImportFile
from bot.catalogue.importing.imdb.films import SOURCE, ImdbChoice, imdb_films, tables_of
from bot.catalogue.importing.matching.duplicates import DuplicateFinder
from bot.catalogue.importing.matching.film_ids import id_with_number, plain_film_id
from bot.catalogue.importing.matching.merging import merged
from bot.catalogue.importing.report import BATCH, UNFINISHED, ImportReport
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.progress import Progress
from bot.ports.store import FilmCatalogue

READER = "2"
"""Version of the reader; a new one imports the same files again."""

MARK = f"import:{SOURCE}"


async def import_imdb(
    members: Collection[ImportFile],
    choice: ImdbChoice,
    catalogue: FilmCatalogue,
    progress: Progress,
    limits: FileLimits,
) -> ImportReport:
    """Import the chosen films. Raises UnreadableFile before anything is stored.

    The mark in the catalogue holds how many films are stored, so that the next run goes on there.
    """
    report = ImportReport({MARK})
    tables = list(tables_of(members).values())
    digest, size = await asyncio.to_thread(_checked, tables, choice, progress)
    former = await catalogue.loaded(MARK) or ""
    if former == digest:
        report.already.append(MARK)
        return report
    heard = _Bytes(size, progress)
    heard(0)
    found = await asyncio.to_thread(imdb_films, tables, choice, report.skip, heard, limits)
    importer = _Importer(catalogue, DuplicateFinder(), report)
    async for film in catalogue.without_imdb():
        importer.known.add(film)
    report.read = start = _stored(former, digest)
    films = found.read(start)
    progress("Storing", start, found.count)
    while batch := list(islice(films, BATCH)):
        await importer.put(batch, f"{UNFINISHED} {report.read + len(batch)} {digest}")
        progress("Storing", report.read, found.count)
    await catalogue.put((), source=MARK, digest=digest)
    return report


def _checked(
    tables: Sequence[ImportFile], choice: ImdbChoice, progress: Progress
) -> tuple[str, int]:
    """Unpack every table to its end; return a digest of all and of the choice, and their bytes."""
    digest, size = hashlib.sha256(f"{READER} {choice.votes} {sorted(choice.regions)}".encode()), 0
    for place, table in enumerate(tables):
        progress("Checking", place, len(tables))
        digest.update(f"\n{table.base}\n".encode())
        with table.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    progress("Checking", len(tables), len(tables))
    return digest.hexdigest(), size


def _stored(mark: str, digest: str) -> int:
    """Return the number of films that an import of these files stored before it was cut off."""
    state, _, rest = mark.partition(" ")
    count, _, former = rest.partition(" ")
    return int(count) if state == UNFINISHED and former == digest else 0


@dataclass(slots=True)
class _Bytes:
    """Bytes that are read, of so many."""

    size: int
    progress: Progress
    read: int = 0

    def __call__(self, more: int) -> None:
        self.read += more
        self.progress("Reading", self.read, self.size)


@dataclass(frozen=True, slots=True)
class _Importer:
    """Stores films by batch; `known`: films of the catalogue whose IMDb number is unknown."""

    catalogue: FilmCatalogue
    known: DuplicateFinder
    report: ImportReport

    async def put(self, batch: Sequence[Film], mark: str) -> None:
        """Merge films with those of the catalogue, and store what is new or changed."""
        numbered = await self.catalogue.by_imdb([film.imdb_id or "" for film in batch])
        places = self._places(batch, numbered)
        there = await self.catalogue.many([place for place in places if place])
        fresh = [film for film, place in zip(batch, places, strict=True) if place is None]
        names = await self._names(fresh)
        changed: dict[FilmId, Film] = {}
        for film, place in zip(batch, places, strict=True):
            former = changed.get(place) or there[place] if place else None
            if former is None:
                name = names[film.imdb_id or ""]
                changed[name] = replace(film, film_id=name)
                self.report.added += 1
            elif (now := merged(former, film)) == former:
                self.report.unchanged += 1
            else:
                changed[former.film_id] = now
                self.report.completed += 1
                if former.film_id in self.known:
                    self.known.add(now)
        self.report.read += len(batch)
        await self.catalogue.put(changed.values(), source=MARK, digest=mark)

    def _places(self, batch: Sequence[Film], numbered: Mapping[str, FilmId]) -> list[FilmId | None]:
        """Return the catalogue's film for each, by number, else by title, year and people.

        Without people none is matched: a title of IMDb nearly always has namesakes there.
        """
        places: list[FilmId | None] = []
        for film in batch:
            place = numbered.get(film.imdb_id or "")
            if place is None:
                place = self.known.match(film, namesake=0)
                place = None if place in places else place
            places.append(place)
        return places

    async def _names(self, films: Sequence[Film]) -> Mapping[str, FilmId]:
        """Name new films by title and year; one whose name is taken gets IMDb's number as well."""
        plain = [plain_film_id(film.title, film.year) for film in films]
        taken = set(await self.catalogue.many(plain))
        names: dict[str, FilmId] = {}
        for film, name in zip(films, plain, strict=True):
            number = film.imdb_id or ""
            names[number] = id_with_number(name, number) if name in taken else name
            taken.add(name)
        return names
