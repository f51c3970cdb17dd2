"""JSON files that people bring, read one object at a time."""

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bot.catalogue.importing.files.limits import FileLimits
from bot.catalogue.importing.files.reader import (
    CHUNK,
    LONGEST_LINE,
    Skipped,
    UnreadableFile,
    without_mark,
)
from bot.domain.words.patterns import lazy_pattern

_DECODER = json.JSONDecoder()
_BLANKS = lazy_pattern(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """Object of a JSON file, and the line on which it begins."""

    line: int
    values: Mapping[str, object]


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
            raw = without_mark(raw, self._name)
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
