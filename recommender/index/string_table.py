"""Strings in one block of bytes, so that many of them can be memory-mapped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MOST_PLACES = 100_000
"""Places kept in memory; more are looked up again."""


@dataclass(frozen=True, slots=True)
class StringTable:
    """Strings by number: UTF-8 bytes uint8 of shape (n_bytes,), starts int32 of (n + 1,).

    What was asked for once is kept: a string by its number, a place by its string.
    """

    blob: NDArray[np.uint8]
    starts: NDArray[np.int32]
    _decoded: dict[int, str] = field(default_factory=dict, compare=False, repr=False)
    _places: dict[tuple[str, int, int], int] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(cls, strings: Iterable[str]) -> "StringTable":
        """Pack strings in the given order."""
        encoded = [_encode(string) for string in strings]
        starts = np.zeros(len(encoded) + 1, dtype=np.int32)
        np.cumsum([len(part) for part in encoded], out=starts[1:])
        return cls(np.array(bytearray(b"".join(encoded)), dtype=np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        text = self._decoded.get(number)
        if text is None:
            text = self._decoded[number] = self.bytes_of(number).decode("utf-8", "surrogatepass")
        return text

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def bytes_of(self, number: int) -> bytes:
        """Return one string's UTF-8 bytes."""
        return self.blob[self.starts[number] : self.starts[number + 1]].tobytes()

    def numbers(self, low: int, high: int) -> dict[str, int]:
        """Return the numbers of the strings from low to before high: a whole dictionary."""
        whole, starts = self.blob.tobytes(), self.starts.tolist()
        return {
            whole[starts[i] : starts[i + 1]].decode("utf-8", "surrogatepass"): i
            for i in range(low, high)
        }

    def place(self, string: str) -> int:
        """Return where a string belongs among sorted ones."""
        wanted, left, right = _encode(string), 0, len(self)
        while left < right:
            middle = (left + right) // 2
            if self.bytes_of(middle) < wanted:
                left = middle + 1
            else:
                right = middle
        return left


def _encode(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")
