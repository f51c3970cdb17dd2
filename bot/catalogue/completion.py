"""Completion: the titles that go on as typed, from their start or from a word inside, best first."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

_LAST = "\U0010ffff"
_LONGEST = 64


class Completion:
    """An immutable index from the words of titles, each with all that follows it, to titles."""

    __slots__ = ("_order", "_places", "_tails")

    def __init__(self, titles: Sequence[str], order: Sequence[int]) -> None:
        """Index normalised titles; `order[i]` says how early title i is to be offered."""
        tails = sorted(
            (tail, order[place] + inside * len(titles), place)
            for place, title in enumerate(titles)
            for tail, inside in _tails(title)
        )
        self._tails = [tail for tail, _, _ in tails]
        self._order = np.array([order for _, order, _ in tails], dtype=np.int64)
        self._places = np.array([place for _, _, place in tails], dtype=np.int32)

    def places(self, prefix: str, most: int) -> list[int]:
        """Return the places of titles with a word where `prefix` begins, the earliest first."""
        prefix = prefix[:_LONGEST]
        start = bisect_left(self._tails, prefix)
        end = bisect_left(self._tails, prefix + _LAST, lo=start)
        order = self._order[start:end]
        enough = min(len(order), 4 * most)
        if enough < len(order):
            best = np.argpartition(order, enough)[:enough]
            best = best[np.argsort(order[best], kind="stable")]
        else:
            best = np.argsort(order, kind="stable")
        return list(dict.fromkeys(self._places[start:end][best].tolist()))[:most]


def _tails(title: str) -> list[tuple[str, int]]:
    """Cut a title before each of its words; 1 marks the cuts inside."""
    tails = [(title[:_LONGEST], 0)]
    at = title.find(" ")
    while at >= 0:
        tails.append((title[at + 1 : at + 1 + _LONGEST], 1))
        at = title.find(" ", at + 1)
    return tails
