"""CSV rows and JSON records of files that people bring, read one at a time."""

import codecs
import csv
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from bot.catalogue.importing.files import CHUNK, Skipped, UnreadableFile
from bot.catalogue.importing.limits import FileLimits

LONGEST_LINE = 2**20
"""Most bytes of one line, or of one JSON record."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class Row:
    """Row of a table: its first line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """Object of a JSON file, and the line on which it begins."""

    line: int
    values: Mapping[str, object]


# CSV --------------------------------------------------------------------------------------------


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
            raw = _without_mark(raw, self.name)
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


def _without_mark(start: bytes, name: str) -> bytes:
    """Remove the byte order mark; refuse UTF-16, which spreadsheets write."""
    if start.startswith(_UTF16):
        raise UnreadableFile(name, "it is UTF-16 text. Save it as UTF-8.", 1)
    return start.removeprefix(codecs.BOM_UTF8)


# JSON -------------------------------------------------------------------------------------------


def json_records(stream: BinaryIO, name: str, limits: FileLimits) -> Iterator[JsonRecord | Skipped]:
    """Yield the objects of a JSON list, or of one object a line, holding one at a time.

    Raises UnreadableFile where it is no such JSON; an entry that is not an object is Skipped.
    """
    text = _Text(stream, name)
    text.skip_blanks()
    as_list = text.skip_one("[")
    count = 0
    while True:
        text.skip_blanks()
        if as_list and text.skip_one("]"):
            text.skip_blanks()
            text.end()
            return
        if as_list and count:
            text.expect(",")
        if not as_list and text.at_end():
            if not count:
                raise UnreadableFile(name, "there is nothing in it.", 1)
            return
        count += 1
        if count > limits.rows:
            raise UnreadableFile(
                name,
                f"it has more than {limits.rows:,} records. Cut it into smaller files.",
                text.line,
            )
        yield _record(text, name)


def _record(text: "_Text", name: str) -> JsonRecord | Skipped:
    line, value = text.value()
    if isinstance(value, dict):
        return JsonRecord(line, value)
    return Skipped(name, line, "not a JSON object")


class _Text:
    """Window that moves over the text of a stream."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.line = 1
        self._name = name
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._text = ""
        self._at = 0
        self._ended = False
        self._more()

    def at_end(self) -> bool:
        """Tell whether nothing is left."""
        while self._at >= len(self._text) and not self._ended:
            self._more()
        return self._at >= len(self._text)

    def skip_blanks(self) -> None:
        """Move on over blanks and line ends."""
        while not self.at_end():
            self._move(_BLANKS.match(self._text, self._at).end())  # type: ignore[union-attr]  # it always matches, if only the empty text
            if self._at < len(self._text):
                return

    def skip_one(self, letter: str) -> bool:
        """Move on over this character if it is the next one; tell whether it was."""
        if self.at_end() or self._text[self._at] != letter:
            return False
        self._move(self._at + 1)
        return True

    def expect(self, letter: str) -> None:
        """Move on over this character, which has to come next, and blanks after it."""
        if not self.skip_one(letter):
            raise self._broken()
        self.skip_blanks()

    def end(self) -> None:
        """Raise UnreadableFile where anything is left."""
        if not self.at_end():
            raise self._broken()

    def value(self) -> tuple[int, object]:
        """Read the next value; return the line on which it begins, and the value."""
        self.skip_blanks()
        line = self.line
        while True:
            try:
                value, after = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self._broken() from error
            except ValueError as error:
                if self._ended or len(self._text) - self._at > LONGEST_LINE:
                    raise self._broken() from error
                self._more()
                continue
            if after == len(self._text) and not self._ended:
                self._more()  # a number may go on
                continue
            self._move(after)
            return line, value

    def _move(self, place: int) -> None:
        self.line += self._text.count("\n", self._at, place)
        self._at = place

    def _more(self) -> None:
        raw = self._stream.read(CHUNK)
        if not self._at and self.line == 1 and not self._text:
            raw = _without_mark(raw, self._name)
        try:
            more = self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            line = self.line + self._text.count("\n", self._at) + raw[: error.start].count(b"\n")
            raise UnreadableFile(
                self._name, "it is not UTF-8 text. Save it as UTF-8.", line
            ) from error
        self._text = self._text[self._at :] + more
        self._at = 0
        self._ended = not raw

    def _broken(self) -> UnreadableFile:
        if self._ended and not self._text[self._at :].strip():
            return UnreadableFile(self._name, "it ends too early. Fetch it again.", self.line)
        return UnreadableFile(
            self._name,
            "from here on it is not a list of JSON objects. Fetch it again, or put it right.",
            self.line,
        )
