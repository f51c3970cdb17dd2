"""Rows of IMDb's tables: tab-separated UTF-8 without quotes, a header first, `\\N` for nothing."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from bot.catalogue.importing.files.limits import FileLimits
from bot.catalogue.importing.files.reader import LONGEST_LINE, ImportFile, Skipped, UnreadableFile

_TELL_AFTER = 2**20
Cells = tuple[bytes, ...]

_LONGEST_ID = 12
_MOST = 2**27
"""Greatest number of an id that is believed, thrice the greatest of 2026: tables of marks grow to it."""
NOTHING = b"\\N"
_WHERE = "https://datasets.imdbws.com"


def rows(
    member: ImportFile,
    columns: Sequence[str],
    limits: FileLimits,
    read: Callable[[int], None] = lambda _: None,
) -> Iterator[Cells | Skipped]:
    """Yield these cells of each row, at least two. Raises UnreadableFile; a bad row is Skipped.

    `read` hears now and then of the number of bytes read since.
    """
    with member.open() as stream:
        header = stream.readline(LONGEST_LINE).rstrip(b"\r\n").split(b"\t")
        names = [name.encode() for name in columns]
        if missing := [name for name in names if name not in header]:
            raise UnreadableFile(
                member.name,
                f"no column {b', '.join(missing).decode()}. Fetch it anew from {_WHERE}.",
                1,
            )
        chosen = itemgetter(*map(header.index, names))
        size = 0
        for line, row in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), 2):
            size += len(row)
            if size > _TELL_AFTER:
                read(size)
                size = 0
            cells = row.rstrip(b"\r\n").split(b"\t")
            if len(cells) == len(header):
                yield chosen(cells)
            elif len(row) > LONGEST_LINE:
                raise UnreadableFile(
                    member.name, "this line is longer than 1 MiB. Is it the right file?", line
                )
            else:
                reason = f"{len(cells)} cells where there are {len(header)} columns"
                yield Skipped(member.name, line, reason)
            if line > limits.rows:
                raise UnreadableFile(member.name, f"it has more than {limits.rows:,} rows.", line)


def number_of(cell: bytes) -> int:
    """Return the number of an id, `tt0012345` or `nm0000001`; 0 where it is none."""
    number = int(cell[2:]) if cell[2:].isdigit() and len(cell) <= _LONGEST_ID else 0
    return number if number <= _MOST else 0


def text_of(cell: bytes) -> str:
    """Return a cell as text; empty where it says nothing or is no UTF-8."""
    if cell == NOTHING:
        return ""
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return ""
