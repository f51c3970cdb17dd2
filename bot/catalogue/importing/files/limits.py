"""Limits on files that people bring."""

from dataclasses import dataclass

_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Limits that are counted while reading; sizes that a file declares are not trusted.

    `received`: bytes as sent. `inflated`: bytes unpacked, over all members. `ratio`: unpacked to
    packed. `members`: files in an archive. `rows`: rows or records of a table. `cell`: characters
    of one value.
    """

    received: int = 5 * _MEBIBYTE
    inflated: int = 50 * _MEBIBYTE
    ratio: int = 100
    members: int = 20
    rows: int = 50_000
    cell: int = 20_000


UPLOAD = FileLimits()
"""Limits of an upload by a member."""

HOST = FileLimits(
    received=2_048 * _MEBIBYTE, inflated=8_192 * _MEBIBYTE, members=200, rows=50_000_000
)
"""Limits of an import by the host, from their own disk."""
