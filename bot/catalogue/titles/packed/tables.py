"""Tables of plain arrays, which can be saved and mapped into memory: texts by number, numbers by text."""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[np.generic]]
Named = Mapping[str, npt.NDArray[np.generic]]
Numbers = npt.NDArray[np.int32]

_BYTES = 8


def hash_of(text: str) -> bytes:
    """Return eight bytes that stand for a text: among ten million, two are alike once in 10**5 times."""
    return blake2b(encoded(text), digest_size=_BYTES).digest()


def encoded(text: str) -> bytes:
    """Return a text's bytes, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by number: bytes uint8, and where each starts, int32 of shape (n + 1,)."""

    blob: npt.NDArray[np.uint8]
    starts: Numbers
    _bytes: memoryview = field(init=False, compare=False, repr=False)
    _ends: memoryview = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Look at the arrays as Python does: single items of an array take three times as long."""
        object.__setattr__(self, "_bytes", self.blob.data)
        object.__setattr__(self, "_ends", self.starts.data)

    def __iter__(self) -> Iterator[str]:
        """Yield every text, in order."""
        return map(self.__getitem__, range(len(self)))

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Pack texts in the given order; less than 2 GiB of them."""
        blob, starts = bytearray(), array("i", [0])
        for text in texts:
            blob += encoded(text)
            starts.append(len(blob))
        return cls(np.array(blob, np.uint8), np.array(starts, np.int32))

    @classmethod
    def named(cls, arrays: Named, name: str) -> "Texts":
        """Take the texts of this name out of arrays."""
        blob, starts = arrays[f"{name}.blob"], arrays[f"{name}.starts"]
        return cls(blob.astype(np.uint8, copy=False), starts.astype(np.int32, copy=False))

    def arrays(self, name: str) -> Arrays:
        """Return the arrays by their names in a file."""
        return {f"{name}.blob": self.blob, f"{name}.starts": self.starts}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return str(
            self._bytes[self._ends[number] : self._ends[number + 1]], "utf-8", "surrogatepass"
        )

    def part(self, start: int, number: int, most: int) -> bytes:
        """Return at most so many bytes of a text, from this byte of all on."""
        return bytes(self._bytes[start : min(start + most, self._ends[number + 1])])

    def many(self, numbers: Numbers) -> list[str]:
        """Return the texts of some numbers."""
        return [self[number] for number in numbers.tolist()]


_NONE = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class HashTable:
    """Numbers by text: hashes int64, ascending; the numbers of each, in the order they were added."""

    hashes: npt.NDArray[np.int64]
    starts: Numbers
    values: Numbers

    @classmethod
    def named(cls, arrays: Named, name: str) -> "HashTable":
        """Take the table of this name out of arrays."""
        return cls(
            arrays[f"{name}.hashes"].astype(np.int64, copy=False),
            arrays[f"{name}.starts"].astype(np.int32, copy=False),
            arrays[f"{name}.values"].astype(np.int32, copy=False),
        )

    def arrays(self, name: str) -> Arrays:
        """Return the arrays by their names in a file."""
        return {
            f"{name}.hashes": self.hashes,
            f"{name}.starts": self.starts,
            f"{name}.values": self.values,
        }

    def get(self, text: str) -> Numbers:
        """Return the numbers of a text; empty where it is unknown."""
        wanted = int.from_bytes(hash_of(text), sys.byteorder, signed=True)
        at = int(self.hashes.searchsorted(np.int64(wanted)))
        if at == len(self.hashes) or self.hashes.item(at) != wanted:
            return _NONE
        return self.values[self.starts.item(at) : self.starts.item(at + 1)]


class HashTableBuilder:
    """Pairs of a text's hash and a number, gathered for a table."""

    __slots__ = ("_hashes", "_values")

    def __init__(self) -> None:
        """Start with none."""
        self._hashes = bytearray()
        self._values = array("i")

    def add(self, hashed: bytes, value: int) -> None:
        """Add a number to a text's."""
        self._hashes += hashed
        self._values.append(value)

    def table(self) -> HashTable:
        """Sort the pairs into a table."""
        hashes = np.array(self._hashes, np.uint8).view(np.int64)
        order = np.argsort(hashes, kind="stable")
        hashes, values = hashes[order], np.array(self._values, np.int32)[order]
        first = np.ones(len(hashes), dtype=bool)
        first[1:] = hashes[1:] != hashes[:-1]
        starts = np.append(np.flatnonzero(first), len(hashes)).astype(np.int32)
        return HashTable(hashes[first], starts, values)
