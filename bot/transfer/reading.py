"""Reading of files that members bring: recognises the service, and reads the films."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.importing.files.limits import FileLimits
from bot.catalogue.importing.files.reader import ImportFile, UnreadableFile, files_in
from bot.domain.imports import FilmEntry, FilmFile
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import one_line, printable
from bot.ports.film_files import NO_COLUMNS, Columns
from bot.transfer.columns import FIELDS, known_columns
from bot.transfer.combining import combined
from bot.transfer.formats import FORMATS, LETTERBOXD, Rows, format_of, read_rows
from bot.transfer.movielens import is_movielens, read_movielens
from bot.transfer.tables import Table, column_name, decoded, read_table
from bot.transfer.trackers import read_json
from bot.transfer.values import DayOrder

_MEBIBYTE = 2**20

LIMITS = FileLimits(received=20 * _MEBIBYTE, inflated=30 * _MEBIBYTE, members=2_000, rows=100_000)
"""Limits of a member's file. Letterboxd packs each list as a file of its own."""

_SKIPPED = lazy_pattern(r"(?:^|/)(?:(?:deleted|orphaned|__macosx)/|profile\.csv$)", re.IGNORECASE)
"""Names of files that are never read: deleted entries, and the profile with an e-mail address."""

_LIST = lazy_pattern(r"(?:^|/)lists/[^/]*\.csv$", re.IGNORECASE)
_TRAKT_WANTED = lazy_pattern(r"watchlist", re.IGNORECASE)
_TRAKT_READ = lazy_pattern(
    r"(?:watched-history|history|ratings-movies|ratings|lists-watchlist|watchlist|comments)"
    r"[\w-]*\.json$",
    re.IGNORECASE,
)
_TABLES = (".csv", ".tsv", ".txt")
_KNOWN = (
    "I know exports of Letterboxd, IMDb, Trakt, TMDB, Simkl, Movary, Yamtrack, Ryot, MovieLens and "
    "Matinee, and any table with a column “Title”."
)


def read_file(
    data: bytes, name: str, order: DayOrder | None = None, columns: Columns = NO_COLUMNS
) -> FilmFile:
    """Read a file of films. Raises UnreadableFile, which says what to send instead.

    `columns`: what the member says that columns of a table hold, by the words of `FIELDS`.
    """
    files = [each for each in files_in(data, name, LIMITS) if not _SKIPPED.search(_inner(each))]
    alone = len(files) == 1
    tables: list[Table] = []
    parts: list[Rows] = []
    lists = 0
    for file in files:
        if not alone and _LIST.search(_inner(file)):
            lists += 1
        elif file.base.endswith(".json") or (alone and _looks_like_json(file)):
            if alone or _TRAKT_READ.search(file.base):
                wanted = bool(_TRAKT_WANTED.search(file.base))
                parts.append(read_json(_text(file), _short(file), wanted=wanted))
        elif alone or file.base.endswith(_TABLES):
            tables.append(read_table(_text(file), _short(file), LIMITS))
    if columns and len(tables) == 1 and not parts:
        parts.append(read_rows(_as_told(tables[0], columns, name), FORMATS[-1], order=order))
    elif is_movielens(tables):
        parts.append(read_movielens(tables, name))
    else:
        parts += (rows for table in tables if (rows := _rows(table, order)) is not None)
    if not any(part.entries or part.left_out or part.unread for part in parts):
        if len(tables) == 1 and tables[0].rows and not parts:
            raise _unknown_table(tables[0], name)
        raise UnreadableFile(name, f"I found no films in it. {_KNOWN}")
    return _whole(parts, lists)


def _rows(table: Table, order: DayOrder | None) -> Rows | None:
    form = format_of(table)
    if form is None:
        table = known_columns(table)
        form = format_of(table)
    if form is None:
        return None
    base = table.name.rsplit("/", 1)[-1].casefold()
    return read_rows(
        table, form, wanted=form is LETTERBOXD and base.startswith("watchlist"), order=order
    )


def _as_told(table: Table, columns: Columns, name: str) -> Table:
    """Return the table with its columns named as the member says."""
    meant: dict[str, str] = {}
    for field, title in columns.items():
        column = column_name(title)
        if column not in table.columns:
            raise UnreadableFile(name, f"it has no column “{title}”. It has: {_listed(table)}.")
        meant[column] = FIELDS[field]
    return table.renamed(meant)


def _unknown_table(table: Table, name: str) -> UnreadableFile:
    first = (table.titles or ("Film",))[0]
    return UnreadableFile(
        name,
        f"I found no films in it, as I don't know its columns: {_listed(table)}. Send it again and say "
        f"which of them is which, so: columns title={one_line(first, 40)} ({', '.join(FIELDS)} can be named, with "
        "commas between them). " + _KNOWN,
    )


def _listed(table: Table) -> str:
    return ", ".join(one_line(printable(each), 40) for each in table.titles[:20] if each)


def _whole(parts: Sequence[Rows], lists: int) -> FilmFile:
    entries, twice = combined([part.entries for part in parts])
    left_out: dict[str, int] = {"lists": lists} if lists else {}
    for part in parts:
        for what, count in part.left_out.items():
            left_out[what] = left_out.get(what, 0) + count
    sources = dict.fromkeys(part.source for part in parts if part.entries or part.left_out)
    return FilmFile(
        source=" and ".join(sources) or "a table",
        entries=tuple(map(_clean, entries)),
        twice=twice,
        left_out=left_out,
        unread=tuple(one_line(each, 200) for part in parts for each in part.unread),
        notes=tuple(dict.fromkeys(each for part in parts for each in part.notes)),
    )


def _clean(entry: FilmEntry) -> FilmEntry:
    title = one_line(printable(entry.title), 300)
    return entry if title == entry.title else replace(entry, title=title)


def _inner(file: ImportFile) -> str:
    """Return a file's name inside its archive, with slashes."""
    return file.name.split(": ", 1)[-1].replace("\\", "/")


def _short(file: ImportFile) -> str:
    return one_line(printable(_inner(file).rsplit("/", 1)[-1]), 80)


def _looks_like_json(file: ImportFile) -> bool:
    with file.open() as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def _text(file: ImportFile) -> str:
    with file.open() as stream:
        return decoded(stream.read())


class ThreadReader:
    """Implements `bot.ports.FilmFileReader` in a thread, within the limits on a file's size alone."""

    async def read(self, data: bytes, name: str, columns: Columns = NO_COLUMNS) -> FilmFile:
        """Return the films of a file. Raises UnreadableFile."""
        return await asyncio.to_thread(read_file, data, name, None, columns)
