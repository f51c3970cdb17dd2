"""Guarded reader of files that people bring, packed or not, within limits on their size.

Nothing is written to disk, and no name inside an archive is ever used as a path.
"""

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from bot.catalogue.importing.files.limits import HOST, UPLOAD, FileLimits
from bot.domain.errors import UserError
from bot.domain.words.text import one_line, printable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 2**18

LONGEST_LINE = 2**20
"""Most bytes of one line, or of one JSON record."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED = (
    _GZIP,
    *_ZIP,
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
)
_SMALL = 2**20
"""Bytes up to which an unpacked file may exceed the ratio: it is too small for a zip bomb."""

_KNOWN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


class UnreadableFile(UserError):
    """File that cannot be used; the text names it, the line at fault if any, and the remedy."""

    def __init__(self, file: str, problem: str, line: int | None = None) -> None:
        """Keep the file, the line and the problem."""
        where = f"{shown(file)}, line {line}" if line else shown(file)
        super().__init__(f"{where}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Skipped:
    """Row that could not be used, and the reason; the other rows of the file were."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Describe it in one line."""
        return f"{shown(self.file)}, line {self.line}: {self.reason}"


def without_mark(start: bytes, name: str) -> bytes:
    """Return the start of a text without its byte order mark; UnreadableFile for UTF-16, as of spreadsheets."""
    if start.startswith(_UTF16):
        raise UnreadableFile(name, "it is UTF-16 text. Save it as UTF-8.", 1)
    return start.removeprefix(codecs.BOM_UTF8)


@dataclass(frozen=True, slots=True)
class ImportFile:
    """File to read, alone or in an archive; `size`: bytes as stored, packed."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]

    @property
    def base(self) -> str:
        """Last part of the name, in lower case."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1].lower()


def shown(name: str) -> str:
    """Return a file's name for display: one short line without control characters."""
    return one_line(printable(name), 120) or "the file"


def files_at(path: Path, limits: FileLimits = HOST) -> Sequence[ImportFile]:
    """Return the files at a path: itself, an archive's members, or a folder's, by name.

    Raises UnreadableFile, OSError.
    """
    if path.is_dir():
        inside = sorted(each for each in path.iterdir() if each.is_file())
        return tuple(_on_disk(each, limits) for each in inside if not each.name.startswith("."))
    with path.open("rb") as file:
        if not file.read(4).startswith(_ZIP):
            return (_on_disk(path, limits),)
    _check_received(path.name, path.stat().st_size, limits)
    return _zipped(path.name, path.stat().st_size, lambda: path.open("rb"), limits)


def files_in(data: bytes, name: str, limits: FileLimits = UPLOAD) -> Sequence[ImportFile]:
    """Return the files in an upload: itself, or an archive's members in its order."""
    _check_received(name, len(data), limits)
    if data.startswith(_ZIP):
        return _zipped(name, len(data), lambda: io.BytesIO(data), limits)
    return (_single(name, len(data), lambda: io.BytesIO(data), limits),)


def _on_disk(path: Path, limits: FileLimits) -> ImportFile:
    return _single(path.name, path.stat().st_size, lambda: path.open("rb"), limits)


def _single(name: str, size: int, source: Callable[[], BinaryIO], limits: FileLimits) -> ImportFile:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        _check_received(name, size, limits)
        with source() as packed:
            start = packed.read(8)
            packed.seek(0)
            if not start.startswith(_GZIP):
                _refuse_packed(name, start)
                yield _Counted(packed, name, _Budget(limits.inflated)).buffered()
                return
            with gzip.GzipFile(fileobj=packed) as inner:
                counted = _Counted(inner, name, _Budget(limits.inflated), size * limits.ratio)
                yield counted.refusing_archives().buffered()

    return ImportFile(name, size, opened)


def _zipped(
    name: str, size: int, source: Callable[[], BinaryIO], limits: FileLimits
) -> Sequence[ImportFile]:
    budget = _Budget(limits.inflated)
    with _unpacking(name), source() as packed, zipfile.ZipFile(packed) as archive:
        entries = [each for each in archive.infolist() if not each.filename.endswith("/")]
    if not entries:
        raise UnreadableFile(name, "this archive is empty. Send one with files in it.")
    if len(entries) > limits.members:
        raise UnreadableFile(
            name,
            f"this archive holds {len(entries)} files; {limits.members} at most are read. "
            "Send only those that are needed.",
        )
    return tuple(_entry(name, size, entry, source, (limits, budget)) for entry in entries)


def _entry(
    archive: str,
    size: int,
    entry: zipfile.ZipInfo,
    source: Callable[[], BinaryIO],
    bounds: tuple[FileLimits, "_Budget"],
) -> ImportFile:
    limits, budget = bounds
    name = f"{archive}: {entry.filename}"
    most = min(entry.compress_size, size) * limits.ratio

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableFile(name, "it is locked by a password. Send it without one.")
        if entry.compress_type not in _KNOWN_METHODS:
            raise UnreadableFile(name, "it is packed in a way not known here. Use plain zip.")
        with source() as packed, zipfile.ZipFile(packed) as archive_file:
            with _unpacking(name):
                inner = archive_file.open(entry)
            yield _Counted(inner, name, budget, most).refusing_archives().buffered()

    return ImportFile(name, entry.compress_size, opened)


class _Budget:
    """Bytes that all members of an archive may unpack to; one read twice counts once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._unpacked: dict[str, int] = {}

    def spend(self, name: str, size: int) -> None:
        """Count the bytes unpacked from a member so far; UnreadableFile beyond the limit."""
        self._unpacked[name] = max(size, self._unpacked.get(name, 0))
        if sum(self._unpacked.values()) > self._most:
            raise UnreadableFile(name, "it is too large when unpacked. Cut it into smaller files.")


class Readable(Protocol):
    """Source of bytes."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""


class _Counted(io.RawIOBase):
    """Stream that counts its bytes, and stops at the limits."""

    def __init__(
        self, inner: Readable, name: str, budget: _Budget, most: int | None = None
    ) -> None:
        """Read at most `most` bytes of this stream, within the budget of its archive."""
        super().__init__()
        self._inner = inner
        self._name = name
        self._budget = budget
        self._most = None if most is None else max(most, _SMALL)
        self._given = 0
        self._ahead = b""

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer; UnreadableFile where the stream is broken or too large."""
        view = memoryview(buffer).cast("B")
        if self._ahead:
            data, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        else:
            with _unpacking(self._name):
                data = self._inner.read(len(view))
        view[: len(data)] = data
        self._count(len(data))
        return len(data)

    def refusing_archives(self) -> "_Counted":
        """Refuse an archive inside this one, recognised by its first bytes."""
        with _unpacking(self._name):
            self._ahead = self._inner.read(8)
        _refuse_packed(self._name, self._ahead)
        return self

    def buffered(self) -> BinaryIO:
        """Return a stream that reads this one in large chunks."""
        return io.BufferedReader(self, CHUNK)

    def _count(self, size: int) -> None:
        self._given += size
        self._budget.spend(self._name, self._given)
        if self._most is not None and self._given > self._most:
            raise UnreadableFile(
                self._name,
                "it unpacks to far more than its size, as a zip bomb does. Send it unpacked.",
            )


@contextmanager
def _unpacking(name: str) -> Iterator[None]:
    """Turn the errors of unpacking into one that names the remedy."""
    try:
        yield
    except UnreadableFile:
        raise
    except (gzip.BadGzipFile, *_BROKEN) as error:
        raise UnreadableFile(
            name, "it is cut short or damaged. Fetch it again, or send it unpacked."
        ) from error


def _refuse_packed(name: str, start: bytes) -> None:
    if start.startswith(_PACKED):
        raise UnreadableFile(
            name, "an archive inside an archive, or of a kind not read here. Unpack it first."
        )


def _check_received(name: str, size: int, limits: FileLimits) -> None:
    if size > limits.received:
        raise UnreadableFile(
            name,
            f"it is larger than {limits.received // 2**20} MiB. Cut it into smaller files.",
        )
