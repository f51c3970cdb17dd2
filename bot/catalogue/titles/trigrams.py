"""Trigram postings: finds the most similar of many short strings."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from bot.catalogue.titles.packed.tables import Arrays, Named

Codes = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

_PAD = " "
_BETWEEN = "\n"

_MOST_COUNTED = 60_000
"""Places that are counted at most, those of the rarer trigrams; the other trigrams are then looked up
for the best of them alone."""

_MOST_REFINED = 600
"""Strings for which they are looked up."""

_FEWEST_RUNS = 2
"""Trigrams that are counted, however many strings have them."""

_DENSE = 4
"""Strings for each place that is counted, up to which an array of all is quicker than sorting."""


@dataclass(frozen=True, slots=True)
class Trigrams:
    """Immutable index from trigrams to the places of the strings that hold them.

    `alphabet`: code points int32, ascending; `codes` int64, ascending, a trigram's letters as digits;
    the places of trigram i are `places[starts[i]:starts[i + 1]]`, ascending; `sizes` float32: how many
    trigrams each string has.
    """

    alphabet: Places
    codes: Codes
    starts: Places
    places: Places
    sizes: npt.NDArray[np.float32]

    @classmethod
    def of(cls, strings: Sequence[str]) -> "Trigrams":
        """Index the strings, none of which may hold a line break."""
        text = _BETWEEN + _BETWEEN.join(f"{_PAD}{each}{_PAD}" for each in strings) + _BETWEEN
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        alphabet, letters = np.unique(points, return_inverse=True)
        codes, places = _postings(letters.astype(np.int64), alphabet.tolist().index(ord(_BETWEEN)))
        codes, starts = np.unique(codes, return_index=True)
        return cls(
            alphabet.astype(np.int32),
            codes,
            np.append(starts, len(places)).astype(np.int32),
            places,
            np.bincount(places, minlength=len(strings)).astype(np.float32),
        )

    @classmethod
    def named(cls, arrays: Named, name: str) -> "Trigrams":
        """Take the index of this name out of arrays."""
        return cls(
            arrays[f"{name}.alphabet"].astype(np.int32, copy=False),
            arrays[f"{name}.codes"].astype(np.int64, copy=False),
            arrays[f"{name}.starts"].astype(np.int32, copy=False),
            arrays[f"{name}.places"].astype(np.int32, copy=False),
            arrays[f"{name}.sizes"].astype(np.float32, copy=False),
        )

    def arrays(self, name: str) -> Arrays:
        """Return the arrays by their names in a file."""
        return {f"{name}.{each.name}": getattr(self, each.name) for each in fields(self)}

    def like(self, string: str, most: int) -> Places:
        """Return the places of the strings with most trigrams in common, best first.

        First up to `most` places by the Dice coefficient, then half as many by the number of
        trigrams in common. Among very many strings only those that have one of the rarer trigrams
        are looked at.
        """
        codes = self._codes_of(f"{_PAD}{string}{_PAD}")
        if not len(codes):
            return np.empty(0, dtype=np.int32)
        at = np.searchsorted(self.codes, codes)
        at = at[at < len(self.codes)]
        at = at[np.isin(self.codes[at], codes, assume_unique=True)]
        runs = [self.places[self.starts[each] : self.starts[each + 1]] for each in at.tolist()]
        if not runs:
            return np.empty(0, dtype=np.int32)
        touched, common = self._shared(runs, len(string), most)
        dice = 2 * common / (self.sizes[touched] + len(string))
        alike = touched[_best(dice, most)]
        holding = touched[_best(common + dice, most // 2)]
        return np.fromiter(dict.fromkeys([*alike.tolist(), *holding.tolist()]), dtype=np.int32)

    def _shared(
        self, runs: list[Places], length: int, most: int
    ) -> tuple[Places, npt.NDArray[np.float32]]:
        """Return the places worth a look, and how many trigrams each shares."""
        runs.sort(key=len)
        sizes = np.cumsum([len(run) for run in runs])
        rare = max(_FEWEST_RUNS, int(np.searchsorted(sizes, _MOST_COUNTED, side="right")))
        touched, counts = _counted(runs[:rare], len(self.sizes))
        bar = max(1, length // 5) if rare >= len(runs) else 1
        touched, counts = _worth_a_look(touched, counts, bar, most)
        common = counts.astype(np.float32)
        if rare >= len(runs):
            return touched, common
        if len(touched) > _MOST_REFINED:
            closeness = common + 2 * common / (self.sizes[touched] + length)
            kept = np.sort(np.argpartition(-closeness, _MOST_REFINED)[:_MOST_REFINED])
            touched, common = touched[kept], common[kept]
        for run in runs[rare:]:
            common += run[np.minimum(run.searchsorted(touched), len(run) - 1)] == touched
        return touched, common

    def _codes_of(self, string: str) -> Codes:
        """Return the string's trigrams, each once, sorted, without those of unknown letters."""
        size = len(self.alphabet)
        points = np.array([ord(letter) for letter in string], dtype=np.int32)
        at = np.minimum(self.alphabet.searchsorted(points), size - 1)
        letters = np.where(self.alphabet[at] == points, at, -1).tolist()
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


def _postings(letters: Codes, between: int) -> tuple[Codes, Places]:
    """Return each pair of trigram and place once, ordered by trigram, then place."""
    size = int(letters.max()) + 1
    first, second, third = letters[:-2], letters[1:-1], letters[2:]
    whole = (first != between) & (second != between) & (third != between)
    codes = ((first * size + second) * size + third)[whole]
    places = (np.cumsum(letters == between)[:-2] - 1)[whole].astype(np.int32)
    order = np.argsort(codes, kind="stable")  # the places ascend already
    codes, places = codes[order], places[order]
    new = np.ones(len(codes), dtype=bool)
    new[1:] = (codes[1:] != codes[:-1]) | (places[1:] != places[:-1])
    return codes[new], places[new]


def _counted(runs: Sequence[Places], strings: int) -> tuple[Places, npt.NDArray[np.intp]]:
    """Return the places in any of the runs, ascending, and in how many each is."""
    places = np.concatenate(runs)
    if strings < _DENSE * len(places):
        counts = np.bincount(places, minlength=strings)
        touched = np.flatnonzero(counts)
        return touched.astype(np.int32), counts[touched]
    places.sort()
    first = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
    return places[first], np.diff(np.append(first, len(places)))


def _worth_a_look(
    touched: Places, counts: npt.NDArray[np.intp], bar: int, most: int
) -> tuple[Places, npt.NDArray[np.intp]]:
    """Keep the places that share enough; the threshold rises while far more than `most` pass."""
    kept = counts >= bar
    while kept.sum() > 20 * most:
        bar += 1
        fewer = counts >= bar
        if fewer.sum() < most:
            break
        kept = fewer
    return touched[kept], counts[kept]


def _best(scores: npt.NDArray[np.float32], most: int) -> npt.NDArray[np.intp]:
    """Return the places of the highest scores, highest first, ties by place."""
    if len(scores) > most:
        bar = np.partition(scores, len(scores) - most)[len(scores) - most]
        kept = np.flatnonzero(scores >= bar)[: 4 * most]
        return kept[np.argsort(-scores[kept], kind="stable")][:most]
    return np.argsort(-scores, kind="stable")
