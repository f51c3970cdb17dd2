"""String table: many strings in one block of bytes, which can be memory-mapped."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class StringTable:
    """Strings by number: UTF-8 bytes uint8 of shape (n_bytes,), starts int32 of (n + 1,).

    Decoded strings are cached.
    """

    blob: NDArray[np.uint8]
    starts: NDArray[np.int32]
    _decoded: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

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
        """Return a dictionary of the strings from number `low` up to but not including `high`."""
        whole, starts = self.blob.tobytes(), self.starts.tolist()
        return {
            whole[starts[i] : starts[i + 1]].decode("utf-8", "surrogatepass"): i
            for i in range(low, high)
        }

    def bisect(self, string: str) -> int:
        """Return the insertion point of a string, if the strings are sorted."""
        return bisect_left(range(len(self)), _encode(string), key=self.bytes_of)


def _encode(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")
