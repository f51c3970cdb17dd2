"""How much of a file that a person brings is read."""

from dataclasses import dataclass

_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Bounds that are counted while reading; what a file says of itself is not trusted.

    `received`: bytes as they come. `inflated`: bytes unpacked, over all members. `ratio`: unpacked
    to packed. `members`: files in an archive. `rows`: rows or records of one table. `cell`:
    characters of one value.
    """

    received: int = 5 * _MEBIBYTE
    inflated: int = 50 * _MEBIBYTE
    ratio: int = 100
    members: int = 20
    rows: int = 50_000
    cell: int = 20_000


UPLOAD = FileLimits()
"""What a member may send."""

HOST = FileLimits(
    received=2_048 * _MEBIBYTE, inflated=8_192 * _MEBIBYTE, members=200, rows=50_000_000
)
"""What a host may import: the files lie on the host's own disk."""
