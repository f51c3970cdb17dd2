"""Trigram postings: finds the most similar of many short strings."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

_PAD = " "
_BETWEEN = "\n"


class Trigrams:
    """Immutable index from trigrams to the places of the strings that hold them."""

    __slots__ = ("_codes", "_letters", "_places", "_sizes", "_starts")

    def __init__(self, strings: Sequence[str]) -> None:
        """Index the strings, none of which may hold a line break."""
        text = _BETWEEN + _BETWEEN.join(f"{_PAD}{each}{_PAD}" for each in strings) + _BETWEEN
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        alphabet, letters = np.unique(points, return_inverse=True)
        self._letters = {chr(point): place for place, point in enumerate(alphabet.tolist())}
        codes, places = self._postings(letters.astype(np.int64))
        self._codes, starts = np.unique(codes, return_index=True)
        self._starts = np.append(starts, len(codes))
        self._places = places
        self._sizes = np.bincount(places, minlength=len(strings)).astype(np.float32)

    def _postings(self, letters: Codes) -> tuple[Codes, Places]:
        """Return each pair of trigram and place once, ordered by trigram, then place."""
        between = self._letters[_BETWEEN]
        places = np.cumsum(letters == between) - 1
        first, second, third = letters[:-2], letters[1:-1], letters[2:]
        whole = (first != between) & (second != between) & (third != between)
        codes = self._code(first, second, third)[whole]
        places = places[:-2][whole]
        order = np.lexsort((places, codes))
        codes, places = codes[order], places[order]
        new = np.ones(len(codes), dtype=bool)
        new[1:] = (codes[1:] != codes[:-1]) | (places[1:] != places[:-1])
        return codes[new], places[new].astype(np.int32)

    def _code(self, first: Codes, second: Codes, third: Codes) -> Codes:
        size = len(self._letters)
        return (first * size + second) * size + third

    def like(self, string: str, most: int) -> Places:
        """Return the places of the strings with most trigrams in common, best first.

        First up to `most` places by the Dice coefficient, then half as many by the number of
        trigrams in common.
        """
        codes = self._codes_of(f"{_PAD}{string}{_PAD}")
        if not len(codes):
            return np.empty(0, dtype=np.int32)
        at = np.searchsorted(self._codes, codes)
        at = at[at < len(self._codes)]
        at = at[np.isin(self._codes[at], codes, assume_unique=True)]
        runs = [self._places[self._starts[each] : self._starts[each + 1]] for each in at.tolist()]
        if not runs:
            return np.empty(0, dtype=np.int32)
        shared = np.bincount(np.concatenate(runs), minlength=len(self._sizes))
        touched = _worth_a_look(shared, len(string), most)
        common = shared[touched].astype(np.float32)
        dice = 2 * common / (self._sizes[touched] + len(string))
        alike = touched[_best(dice, most)]
        holding = touched[_best(common + dice, most // 2)]
        return np.fromiter(dict.fromkeys([*alike.tolist(), *holding.tolist()]), dtype=np.int32)

    def _codes_of(self, string: str) -> Codes:
        """Return the string's trigrams, each once, sorted, without those of unknown letters."""
        size = len(self._letters)
        letters = [self._letters.get(letter, -1) for letter in string]
        return np.array(
            sorted(
                {
                    (first * size + second) * size + third
                    for first, second, third in zip(letters, letters[1:], letters[2:], strict=False)
                    if first >= 0 and second >= 0 and third >= 0
                }
            ),
            dtype=np.int64,
        )


def _worth_a_look(shared: npt.NDArray[np.intp], length: int, most: int) -> npt.NDArray[np.intp]:
    """Return the places that share enough; the threshold rises while far more than `most` pass."""
    bar = max(1, length // 5)
    touched = np.flatnonzero(shared >= bar)
    while len(touched) > 20 * most:
        bar += 1
        fewer = touched[shared[touched] >= bar]
        if len(fewer) < most:
            break
        touched = fewer
    return touched


def _best(scores: npt.NDArray[np.float32], most: int) -> npt.NDArray[np.intp]:
    """Return the places of the highest scores, highest first, ties by place."""
    if len(scores) > most:
        bar = np.partition(scores, len(scores) - most)[len(scores) - most]
        kept = np.flatnonzero(scores >= bar)[: 4 * most]
        return kept[np.argsort(-scores[kept], kind="stable")][:most]
    return np.argsort(-scores, kind="stable")
