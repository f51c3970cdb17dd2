"""Compact tables in memory: millions of numbers and short texts in a few bytes each."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt


class NumberSet:
    """Set of positive numbers, a byte each up to the greatest one."""

    def __init__(self) -> None:
        """Start empty."""
        self._marks = bytearray()

    def add(self, number: int) -> None:
        """Add a number."""
        if number >= len(self._marks):
            self._marks.extend(bytes(number + 2**16 - len(self._marks)))
        self._marks[number] = 1

    def __contains__(self, number: int) -> bool:
        """Tell whether the number was added."""
        return number < len(self._marks) and self._marks[number] == 1

    def __len__(self) -> int:
        """Count the numbers."""
        return self._marks.count(1)


class Links:
    """Numbers that belong to a key, in order of rank; several for each key."""

    RANKS = 64

    def __init__(self) -> None:
        """Start empty."""
        self._places = array("Q")
        self._values = array("I")
        self._sorted = True

    def add(self, key: int, rank: int, value: int) -> None:
        """Add a value to a key; a rank beyond `RANKS` counts as the last one."""
        self._places.append(key * self.RANKS + min(rank, self.RANKS - 1))
        self._values.append(value)
        self._sorted = False

    def of(self, key: int) -> "array[int]":
        """Return the key's values, lowest rank first."""
        if not self._sorted:
            self._sort()
        places, end = self._places, (key + 1) * self.RANKS
        first = last = bisect_left(places, key * self.RANKS)
        while last < len(places) and places[last] < end:
            last += 1
        return self._values[first:last]

    def _sort(self) -> None:
        places = np.frombuffer(self._places, dtype=np.uint64)
        if (places[1:] < places[:-1]).any():
            order = np.argsort(places, kind="stable")
            values = np.frombuffer(self._values, dtype=np.uint32)[order]
            self._places, self._values = _array("Q", places[order]), _array("I", values)
        self._sorted = True


def _array(kind: str, numbers: npt.NDArray[np.unsignedinteger]) -> "array[int]":
    made = array(kind)
    made.frombytes(numbers.tobytes())
    return made


class CompactTexts:
    """Short texts by number, in one block of bytes; several for each number, as added."""

    def __init__(self) -> None:
        """Start empty."""
        self._block = bytearray()
        self._ends = array("Q", [0])
        self._places = Links()
        self._count = 0

    def add(self, number: int, text: bytes) -> None:
        """Append a text to those of a number."""
        self._block += text
        self._ends.append(len(self._block))
        self._places.add(number, 0, self._count)
        self._count += 1

    def of(self, number: int) -> Iterator[bytes]:
        """Yield the number's texts in the order in which they were added."""
        for place in self._places.of(number):
            yield bytes(self._block[self._ends[place] : self._ends[place + 1]])

    def __len__(self) -> int:
        """Count the texts."""
        return self._count
