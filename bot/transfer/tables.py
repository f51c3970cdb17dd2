"""Tables in files of other services: any encoding, delimiter and order of columns."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.catalogue.importing.files.limits import FileLimits
from bot.catalogue.importing.files.reader import UnreadableFile
from bot.domain.words.patterns import lazy_pattern

_NOT_LETTERS = lazy_pattern(r"[^\w]+|_")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class TableRow:
    """Row of a table: its place (`ratings.csv, line 3`), and its cells by column."""

    where: str
    cells: Mapping[str, str]

    def cell(self, *names: str) -> str:
        """Return the first of these columns that holds anything, stripped; else the empty text."""
        for name in names:
            found = self.cells.get(name)
            if found and (found := found.strip()):
                return found
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """Table of a file. `columns`: lower case, letters and digits alone: `Your Rating` is `yourrating`.

    `titles`: the columns as they are written.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[TableRow]
    unread: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def has(self, *columns: str) -> bool:
        """Tell whether the table has all of these columns."""
        return all(each in self.columns for each in columns)

    def renamed(self, names: Mapping[str, str]) -> "Table":
        """Return the table with columns renamed; other columns of the new names are dropped."""
        if not names:
            return self
        taken = set(names.values())

        def name(column: str) -> str:
            return names.get(column) or ("" if column in taken else column)

        rows = [
            replace(row, cells={name(column): cell for column, cell in row.cells.items()})
            for row in self.rows
        ]
        return replace(self, columns=tuple(map(name, self.columns)), rows=rows)


def column_name(title: str) -> str:
    """Return a column's name as `Table` holds it."""
    return _NOT_LETTERS.sub("", title.casefold())


def decoded(data: bytes) -> str:
    """Decode text of any origin: UTF-8, UTF-16 with its mark, else the Windows code page."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_table(text: str, name: str, limits: FileLimits) -> Table:
    """Read a table whose first line names the columns. Raises UnreadableFile."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    text, skipped = _past_list_header(text)
    head = text.split("\n", 1)[0]
    if "\0" in head or not head.strip():
        raise UnreadableFile(name, "it holds no table. Send the file as the service made it.")
    delimiter = max(_DELIMITERS, key=head.count)
    columns: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    rows: list[TableRow] = []
    unread: list[str] = []
    for number, cells in _numbered(text, delimiter, name):
        place = f"{name}, line {number + skipped}"
        if not columns:
            titles = tuple(each.strip() for each in cells)
            columns = tuple(map(column_name, titles))
        elif len(rows) >= limits.rows:
            raise UnreadableFile(name, f"it has more than {limits.rows:,} rows. Send it in parts.")
        elif any(len(each) > limits.cell or "\0" in each for each in cells):
            unread.append(f"{place}: a cell that is too long, or no text")
        elif any(cells):
            padded = [*cells, *[""] * (len(columns) - len(cells))]
            rows.append(TableRow(place, dict(zip(columns, padded, strict=False))))
    return Table(name, columns, tuple(rows), tuple(unread), titles)


def _numbered(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row's first line and its cells."""
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    start = 1
    try:
        for cells in lines:
            yield start, cells
            start = lines.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            name, f"{error}. Send the file as the service made it.", start
        ) from error


def _past_list_header(text: str) -> tuple[str, int]:
    """Cut off the header of a Letterboxd list; return the table, and the number of lines cut."""
    if not text.startswith("Letterboxd list export"):
        return text, 0
    found = re.search(r"^Position,", text, re.MULTILINE)
    if found is None:
        return "", 0
    return text[found.start() :], text.count("\n", 0, found.start())
