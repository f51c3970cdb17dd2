"""Strings in one block of bytes, so that many of them can be memory-mapped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class StringTable:
    """Strings by number: UTF-8 bytes uint8 of shape (n_bytes,), starts int32 of (n + 1,)."""

    blob: NDArray[np.uint8]
    starts: NDArray[np.int32]

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
        return self.bytes_of(number).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def bytes_of(self, number: int) -> bytes:
        """Return one string's UTF-8 bytes."""
        return self.blob[self.starts[number] : self.starts[number + 1]].tobytes()

    def find(self, string: str, low: int = 0, high: int | None = None) -> int:
        """Return the number of a string within the sorted part low..high, -1 when not there."""
        end = len(self) if high is None else high
        place = self.place(string, low, end)
        return place if place < end and self.bytes_of(place) == _encode(string) else -1

    def place(self, string: str, low: int = 0, high: int | None = None) -> int:
        """Return where a string belongs within the sorted part low..high."""
        wanted, left = _encode(string), low
        right = len(self) if high is None else high
        while left < right:
            middle = (left + right) // 2
            if self.bytes_of(middle) < wanted:
                left = middle + 1
            else:
                right = middle
        return left


def _encode(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")
