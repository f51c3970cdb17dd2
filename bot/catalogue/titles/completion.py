"""Completion: titles that continue as typed, from their start or from a word inside."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.catalogue.titles.packed.tables import Arrays, Named, Numbers, Texts, encoded

_SORTED_BY = 32
"""Bytes by which the texts are sorted."""

_BLOCK, _BEST = 4_096, 64
"""Entries in a block, and the number of its best ones that are known beforehand."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Immutable index from beginnings of texts to numbered titles.

    `texts`: what titles are completed from, each with a blank at its end. An entry is a text from one
    of its words on: `at` int32 its first byte, `text_of` int32 the text, `places` int32 the title,
    `ranks` int32 (the lower, the earlier offered). Entries are sorted by their first 32 bytes;
    `best` int32 holds the entries of lowest rank of each block, -1 where there are fewer.
    """

    texts: Texts
    at: Numbers
    text_of: Numbers
    places: Numbers
    ranks: Numbers
    best: Numbers

    @classmethod
    def of(cls, texts: Texts, places: Numbers, ranks: Numbers, begins: Numbers) -> "Completion":
        """Index texts, each with the title it is of and that one's rank, 0 the first.

        `begins`: the byte from which on a text counts as from its start, behind an article; -1 for
        one that is completed from its start alone. From another word on any text ranks behind all.
        """
        at, text_of, is_start = _entries(texts, begins)
        behind = int(ranks.max(initial=-1)) + 1
        ranks = np.where(is_start, ranks[text_of], ranks[text_of] + behind)
        order = _sorted(texts, at, text_of)
        at, text_of, ranks = at[order], text_of[order], ranks[order].astype(np.int32)
        return cls(texts, at, text_of, places[text_of], ranks, _best_of_blocks(ranks))

    @classmethod
    def named(cls, arrays: Named, name: str) -> "Completion":
        """Take the index of this name out of arrays."""
        columns = (
            arrays[f"{name}.{each}"].astype(np.int32, copy=False)
            for each in ("at", "text_of", "places", "ranks", "best")
        )
        return cls(Texts.named(arrays, f"{name}.texts"), *columns)

    def arrays(self, name: str) -> Arrays:
        """Return the arrays by their names in a file."""
        columns: Arrays = {
            f"{name}.{each}": getattr(self, each)
            for each in ("at", "text_of", "places", "ranks", "best")
        }
        return columns | self.texts.arrays(f"{name}.texts")

    def ranked(self, prefix: str, most: int) -> list[int]:
        """Return up to `most` titles' places with a text of this prefix, lowest rank first, each once."""
        typed = encoded(prefix)
        start = bisect_left(range(len(self.at)), typed[:_SORTED_BY], key=self._key)
        end = bisect_left(
            range(len(self.at)), typed[:_SORTED_BY] + b"\xff", lo=start, key=self._key
        )
        if len(typed) > _SORTED_BY:
            every = range(start, end)
            entries = np.array([at for at in every if self._goes_on(at, typed)], np.int32)
        else:
            entries = self._lowest(start, end, most)
        entries = entries[np.argsort(self.ranks[entries], kind="stable")][:most]
        return list(dict.fromkeys(self.places[entries].tolist()))

    def _lowest(self, start: int, end: int, most: int) -> Numbers:
        """Return entries among which are those of lowest rank from start to end."""
        first, last = -(-start // _BLOCK), end // _BLOCK
        if first >= last or most > _BEST:
            return _lowest(np.arange(start, end, dtype=np.int32), self.ranks, most)
        known = self.best[first * _BEST : last * _BEST]
        edges = (
            np.arange(start, first * _BLOCK, dtype=np.int32),
            np.arange(last * _BLOCK, end, dtype=np.int32),
        )
        return _lowest(np.concatenate([known, *edges]), self.ranks, most)

    def _key(self, entry: int) -> bytes:
        return self.texts.part(self.at.item(entry), self.text_of.item(entry), _SORTED_BY)

    def _goes_on(self, entry: int, typed: bytes) -> bool:
        start = self.at.item(entry)
        return self.texts.part(start, self.text_of.item(entry), len(typed)) == typed


def _lowest(entries: Numbers, ranks: Numbers, most: int) -> Numbers:
    if len(entries) <= most:
        return entries
    return entries[np.argpartition(ranks[entries], most)[: most + 1]]


def _entries(texts: Texts, begins: Numbers) -> tuple[Numbers, Numbers, npt.NDArray[np.bool_]]:
    """Return each entry's first byte, its text, and whether it counts as the text's start."""
    blanks = np.flatnonzero(texts.blob == ord(" ")) + 1  # a text ends with a blank
    starts = texts.starts[:-1]
    inside = blanks[~np.isin(blanks, texts.starts)]
    of = np.searchsorted(texts.starts, inside, side="right") - 1
    inside, of = inside[begins[of] >= 0], of[begins[of] >= 0]
    at = np.concatenate([starts, inside]).astype(np.int32)
    text_of = np.concatenate([np.arange(len(starts)), of]).astype(np.int32)
    is_start = np.ones(len(at), dtype=bool)
    is_start[len(starts) :] = inside - starts[of] == begins[of]
    return at, text_of, is_start


def _sorted(texts: Texts, at: Numbers, text_of: Numbers) -> npt.NDArray[np.intp]:
    """Return the order of the entries by their first bytes."""
    blob = np.concatenate([texts.blob, np.zeros(_SORTED_BY, np.uint8)])
    left = texts.starts[text_of + 1] - at
    columns = [_eight_bytes(blob, at, left, first) for first in range(0, _SORTED_BY, 8)]
    return np.lexsort(columns[::-1])


def _eight_bytes(
    blob: npt.NDArray[np.uint8], at: Numbers, left: Numbers, first: int
) -> npt.NDArray[np.uint64]:
    """Return bytes of each entry as one number, in the order of the bytes; 0 after its end."""
    found = np.zeros(len(at), np.uint64)
    for place in range(first, first + 8):
        byte = np.where(place < left, blob[np.minimum(at + place, len(blob) - 1)], 0)
        found = found << np.uint64(8) | byte.astype(np.uint64)
    return found


def _best_of_blocks(ranks: Numbers) -> Numbers:
    """Return the entries of lowest rank of each whole block."""
    whole = len(ranks) // _BLOCK
    blocks = ranks[: whole * _BLOCK].reshape(whole, _BLOCK)
    best = np.argpartition(blocks, _BEST, axis=1)[:, :_BEST] if whole else blocks
    return (best + np.arange(whole)[:, None] * _BLOCK).astype(np.int32).ravel()
