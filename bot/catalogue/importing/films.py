"""Import of films from files into the catalogue: checked first, then stored in atomic batches.

A second run over the same files does nothing. A run after an interrupted one continues it, because
films that are in the catalogue already are recognised.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bot.catalogue.importing import movielens
from bot.catalogue.importing.credits import WIKIPEDIA
from bot.catalogue.importing.files.limits import HOST, FileLimits
from bot.catalogue.importing.files.reader import (
    CHUNK,
    ImportFile,
    Skipped,
    UnreadableFile,
    files_at,
)
from bot.catalogue.importing.imdb.films import DEFAULT_CHOICE, ImdbChoice, tables_of
from bot.catalogue.importing.imdb.importing import import_imdb
from bot.catalogue.importing.matching.duplicates import DuplicateFinder, Offered
from bot.catalogue.importing.matching.film_ids import new_film_id
from bot.catalogue.importing.matching.identity import Identity
from bot.catalogue.importing.matching.merging import merged
from bot.catalogue.importing.matching.namesakes import nearest_namesakes
from bot.catalogue.importing.matching.wanted import Wanted
from bot.catalogue.importing.movielens import is_movielens, movielens_films
from bot.catalogue.importing.report import BATCH, UNFINISHED, ImportReport
from bot.catalogue.importing.wikipedia import listed_titles, wikipedia_films
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.progress import Progress
from bot.ports.store import FilmCatalogue

READER = "3"
"""Version of the readers; a new one, which reads more out of the same files, imports them again."""

_JSON_ENDINGS = (".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson")


@dataclass(frozen=True, slots=True)
class _Part:
    """File, or MovieLens set, to import; the catalogue keeps the digest of each source."""

    source: str
    digest: str
    count: int
    wanted: Wanted
    records: Callable[[], Iterator[Offered | Skipped]]


async def import_films(
    path: Path,
    catalogue: FilmCatalogue,
    progress: Progress,
    limits: FileLimits = HOST,
    choice: ImdbChoice = DEFAULT_CHOICE,
) -> ImportReport:
    """Import a file or a folder. Raises UnreadableFile before anything is stored, OSError.

    `choice`: the films to take of IMDb's tables.
    """
    members = await asyncio.to_thread(files_at, path, limits)
    if tables_of(members):
        return await import_imdb(members, choice, catalogue, progress, limits)
    report = ImportReport()
    progress("Checking", 0, 0)
    parts = await asyncio.to_thread(_parts, path, limits)
    new = [part for part in parts if await _is_new(part, catalogue, report)]
    if not new:
        return report
    known = DuplicateFinder()
    async for film in catalogue.all():
        if any(part.wanted.concerns(film) for part in new):
            known.add(film)
        else:
            known.reserve(film.film_id)
    total = sum(part.count for part in new)
    for part in new:
        await _import_part(part, _Importer(catalogue, known, report), progress, total)
    return report


async def _is_new(part: _Part, catalogue: FilmCatalogue, report: ImportReport) -> bool:
    if await catalogue.loaded(part.source) != part.digest:
        return True
    report.already.append(part.source)
    return False


async def _import_part(part: _Part, importer: "_Importer", progress: Progress, total: int) -> None:
    batch: list[Offered] = []
    for record in part.records():
        if isinstance(record, Skipped):
            importer.report.skip(record)
            continue
        batch.append(record)
        if len(batch) >= BATCH:
            await importer.put(batch, part.source, UNFINISHED)
            progress("Importing", importer.report.read, total)
            batch = []
    await importer.put(batch, part.source, part.digest)
    progress("Importing", importer.report.read, total)


@dataclass(frozen=True, slots=True)
class _Importer:
    """Merges records with the films of the catalogue, and stores those that are new or changed."""

    catalogue: FilmCatalogue
    known: DuplicateFinder
    report: ImportReport

    async def put(self, batch: Sequence[Offered], source: str, digest: str) -> None:
        """Store one batch in one transaction, with the digest of the source."""
        offered = [Identity.of(each.film) for each in batch]
        matches = [
            self.known.find(identity, namesake=each.namesake)
            for identity, each in zip(offered, batch, strict=True)
        ]
        there = await self.catalogue.many([found for found in matches if found])
        changed: dict[FilmId, Film] = {}
        for each, identity in zip(batch, offered, strict=True):
            self.report.read += 1
            # Searched for again: the film may have come earlier in this batch.
            found = self.known.find(identity, namesake=each.namesake)
            former = None
            if found is not None:
                former = changed.get(found) or there.get(found) or await self._fetched(found)
            film = merged(former, each.film) if former else self._named(each.film)
            self._count(former, film)
            if film != former:
                changed[film.film_id] = film
                self.known.add_identity(
                    Identity.of(film) if former else replace(identity, film_id=film.film_id)
                )
        await self.catalogue.put(changed.values(), source=source, digest=digest)

    async def _fetched(self, film_id: FilmId) -> Film:
        return (await self.catalogue.many([film_id]))[film_id]

    def _named(self, film: Film) -> Film:
        return replace(film, film_id=new_film_id(film.title, film.year, film.directors, self.known))

    def _count(self, former: Film | None, film: Film) -> None:
        if former is None:
            self.report.added += 1
        elif film == former:
            self.report.unchanged += 1
        else:
            self.report.completed += 1


def offered_at(path: Path, limits: FileLimits = HOST) -> Iterator[Offered | Skipped]:
    """Yield the records of a file or a folder, as an import reads them. Raises UnreadableFile."""
    for part in _parts(path, limits):
        yield from part.records()


# Checking the files first -----------------------------------------------------------------------


def _parts(path: Path, limits: FileLimits) -> list[_Part]:
    """Read every file in full once, so that none fails half-way through the import."""
    members = files_at(path, limits)
    if is_movielens(members):
        return [_movielens_part(members, limits)]
    if members and all(member.base.endswith(".csv") for member in members):
        raise UnreadableFile(
            path.name or str(path),
            "this looks like what one person has seen or rated, as Letterboxd or IMDb give it to them; the "
            "catalogue is everybody's. Its owner sends the file to Matinee in the chat instead.",
        )
    lists = [member for member in members if member.base.endswith(_JSON_ENDINGS)]
    if path.is_file() and len(members) == 1:
        lists = list(members)
    if not lists:
        raise UnreadableFile(
            path.name or str(path),
            "there are no films in it that can be read here. Give a Wikipedia film list "
            "(.json, .json.gz), a MovieLens folder (with movies.csv), "
            "or a folder with IMDb's title.basics.tsv.gz.",
        )
    return _wikipedia_parts(lists, limits)


def _wikipedia_parts(members: Sequence[ImportFile], limits: FileLimits) -> list[_Part]:
    listed = [list(listed_titles(member, limits)) for member in members]
    nearest = iter(nearest_namesakes(each for titles in listed for each in titles))
    return [
        _wikipedia_part(member, titles, list(islice(nearest, len(titles))), limits)
        for member, titles in zip(members, listed, strict=True)
    ]


def _wikipedia_part(
    member: ImportFile,
    titles: Iterable[tuple[Sequence[str], int | None]],
    nearest: Sequence[int | None],
    limits: FileLimits,
) -> _Part:
    def records() -> Iterator[Offered | Skipped]:
        for film, namesake in zip(wikipedia_films(member, limits), nearest, strict=True):
            yield film if isinstance(film, Skipped) else Offered(film, namesake)

    wanted = Wanted.of(each for each, _ in titles)
    digest = _digest([member])
    return _Part(f"import:{WIKIPEDIA}:{member.base}", digest, len(nearest), wanted, records)


def _movielens_part(members: Sequence[ImportFile], limits: FileLimits) -> _Part:
    tables = [member for member in members if member.base in movielens.TABLES]
    records = list(movielens_films(tables, limits))
    films = [each.film for each in records if isinstance(each, Offered)]
    ids = {each for film in films for each in (film.imdb_id, film.tmdb_id) if each}
    wanted = Wanted.of((film.titles for film in films), ids)
    source = f"import:{movielens.SOURCE}"
    return _Part(source, _digest(tables), len(records), wanted, lambda: iter(records))


def _digest(members: Sequence[ImportFile]) -> str:
    """Digest the content of the files and the version of the readers."""
    digest = hashlib.sha256(READER.encode())
    for member in members:
        digest.update(f"\n{member.base}\n".encode())
        with member.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
