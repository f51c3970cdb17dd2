"""Completion: titles that continue as typed, from their start or from a word inside."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

_LAST = "\U0010ffff"
_LONGEST = 64


class Completion:
    """Immutable index from beginnings of texts to numbered titles."""

    __slots__ = ("_places", "_ranks", "_tails")

    def __init__(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Index (place, text, rank); a lower rank is offered earlier."""
        entries = sorted((f"{text} "[:_LONGEST], rank, place) for place, text, rank in rows)
        self._tails = [tail for tail, _, _ in entries]
        self._ranks = np.array([rank for _, rank, _ in entries], dtype=np.int64)
        self._places = np.array([place for _, _, place in entries], dtype=np.int32)

    def places(self, prefix: str, most: int) -> list[int]:
        """Return up to `most` places of texts with this prefix, lowest rank first, each once."""
        prefix = prefix[:_LONGEST]
        start = bisect_left(self._tails, prefix)
        end = bisect_left(self._tails, prefix + _LAST, lo=start)
        ranks = self._ranks[start:end]
        if most < len(ranks):
            best = np.argpartition(ranks, most)[:most]
            best = best[np.argsort(ranks[best], kind="stable")]
        else:
            best = np.argsort(ranks, kind="stable")
        return list(dict.fromkeys(self._places[start:end][best].tolist()))


def tails(words: str) -> list[str]:
    """Return the text from its second word on, from its third, and so on."""
    return [words[at + 1 :] for at, letter in enumerate(words) if letter == " "]
