"""CSV tables that people bring, read one row at a time."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from bot.catalogue.importing.files.limits import FileLimits
from bot.catalogue.importing.files.reader import LONGEST_LINE, Skipped, UnreadableFile, without_mark


@dataclass(frozen=True, slots=True)
class Row:
    """Row of a table: its first line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def csv_rows(
    stream: BinaryIO, name: str, required: Collection[str], limits: FileLimits
) -> Iterator[Row | Skipped]:
    """Yield the rows of a table, whose first line names the columns, in any order.

    Raises UnreadableFile where the whole table is useless; a bad row alone is Skipped.
    """
    lines = _Lines(stream, name)
    reader = csv.reader(lines, strict=True)
    header = _header(_next(reader, lines), name, required)
    count = 0
    while True:
        line = lines.number + 1
        cells = _next(reader, lines, line)
        if cells is None:
            return
        if not cells:
            continue
        count += 1
        if count > limits.rows:
            raise UnreadableFile(
                name, f"it has more than {limits.rows:,} rows. Cut it into smaller files.", line
            )
        problem = _row_problem(cells, header, limits)
        if problem:
            yield Skipped(name, line, problem)
        else:
            yield Row(line, dict(zip(header, cells, strict=True)))


def _next(reader: "Iterator[list[str]]", lines: "_Lines", line: int = 1) -> list[str] | None:
    """Return the next row's cells, None at the end."""
    try:
        return next(reader, None)
    except csv.Error as error:
        raise UnreadableFile(
            lines.name,
            f"{error}: a quote was opened and not closed, or a cell is far too long. "
            "Put the quotes right.",
            line,
        ) from error


def _header(cells: Sequence[str] | None, name: str, required: Collection[str]) -> list[str]:
    header = [each.strip() for each in cells or ()]
    twice = sorted({each for each in header if header.count(each) > 1})
    if twice:
        raise UnreadableFile(
            name, f"the column {twice[0]!r} stands twice. Take one of them out.", 1
        )
    missing = [each for each in required if each not in header]
    if missing:
        raise UnreadableFile(
            name,
            f"no column {', '.join(missing)}. The first line has to name the columns "
            f"{', '.join(required)}, with commas between them, in UTF-8.",
            1,
        )
    return header


def _row_problem(cells: Sequence[str], header: Sequence[str], limits: FileLimits) -> str | None:
    if len(cells) != len(header):
        return f"{len(cells)} cells where there are {len(header)} columns"
    for cell in cells:
        if len(cell) > limits.cell:
            return f"a cell of more than {limits.cell:,} characters"
        if not cell.isascii() and not cell.isprintable() and _undecoded(cell):
            return "not UTF-8 text"
        if "\0" in cell:
            return "a NUL character"
    return None


def _undecoded(cell: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in cell)


class _Lines:
    """Lines of a stream as text, ended by LF, CR LF or CR.

    Bytes that are not UTF-8 become surrogates, found in their row.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        self.number = 0
        self._stream = stream
        self._read: list[bytes] = []  # lines that were read already, the last one first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._read.pop() if self._read else self._next_lines()
        if not raw:
            raise StopIteration
        if len(raw) > LONGEST_LINE:
            raise UnreadableFile(
                self.name, "this line is longer than 1 MiB. Is it the right file?", self.number + 1
            )
        if not self.number:
            raw = without_mark(raw, self.name)
        self.number += 1
        return raw.decode("utf-8", "surrogateescape")

    def _next_lines(self) -> bytes:
        """Read up to the next LF; return the first line up to there, and keep the others."""
        raw = self._stream.readline(LONGEST_LINE + 1)
        if b"\r" not in raw.removesuffix(b"\r\n"):
            return raw
        if not raw.endswith(b"\n"):
            raw += self._to_the_end_of_the_line()
        *others, first = raw.splitlines(keepends=True)[::-1]
        self._read = others
        return first

    def _to_the_end_of_the_line(self) -> bytes:
        """Read on from within a line that ends in CR."""
        rest = bytearray()
        while len(rest) <= LONGEST_LINE and (letter := self._stream.read(1)):
            rest += letter
            if letter in b"\r\n":
                break
        return bytes(rest)
