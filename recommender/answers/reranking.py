"""Re-ranking: diversity by director and series, and fairness among the members of a group."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.club.overlay import Overlay
from recommender.index.top_k import best_rows
from recommender.text.series import NO_SERIES, series_of

MOST_REPEATS = 2
"""Most films of one director in a list; of one series there is one."""

LONGEST_SERIES = 12
"""Most parts of a series that is watched in order: nobody begins with the first of 25."""

STANDS_IN = 0.6
"""Least score of a first part in place of a later one, as a share of the later one's, both above the median."""

GROUP_DEPTH = 200
"""Candidates of a group's list: the best films for the group as a whole."""

OWN_BEST = 20
TEMPERATURE = 0.2
FAIRNESS = 0.5
"""A film serves a member by a logistic function, of width TEMPERATURE, of how far it is above their
own OWN_BEST-th best; then they weigh 1 / (1 + FAIRNESS * times served)."""


@dataclass(slots=True)
class DiversityFilter:
    """Filter that counts directors and series of the chosen films; `asked` ones are not limited.

    With `later_parts`, a part of a series does not wait for the ones before it.
    """

    overlay: Overlay
    asked: str = ""
    later_parts: bool = False
    _counts: Counter[str] = field(default_factory=Counter)

    def admits(self, row: int) -> bool:
        """Tell whether a film may join the list, and count it if so."""
        keys = [key for key in film_facts.directors(self.overlay, row) if key not in self.asked]
        series = self._series(row)
        if any(self._counts[key] >= MOST_REPEATS for key in keys):
            return False
        if any(self._counts[key] for key in series):
            return False
        self._counts.update([*keys, *series])
        return True

    def _series(self, row: int) -> list[str]:
        """Return the keys of a film's series, by its title and by the catalogue."""
        name = series_of(self.overlay.title(row))
        if not name or name in self.asked:
            return []
        number = film_facts.series(self.overlay, row)
        numbered = [] if number == NO_SERIES else [f"series number {number}"]
        return [f"series {name}", *numbered]

    def in_order(
        self,
        rows: Iterator[int],
        candidates: NDArray[np.bool_],
        seen: Collection[int],
        scores: NDArray[np.float64],
    ) -> Iterator[int]:
        """Yield rows, each part of a series replaced by its first unseen part.

        Where that is no candidate, or far less alike by its own score, no later part is picked either.
        """
        given: set[int] = set()
        for row in rows:
            first = next((part for part in self._parts(row) if part not in seen), row)
            if candidates[first] and first not in given and _holds_up(scores, first, row):
                given.add(first)
                yield first

    def _parts(self, row: int) -> list[int]:
        """Return the parts of a film's series that are seen in their order; none if asked for it.

        Of a long series these are the ones with one name: "Ant-Man" is seen before "Ant-Man and the
        Wasp", but not before "Iron Man".
        """
        waits = not self.later_parts and self._series(row)
        parts = film_facts.parts(self.overlay, row) if waits else []
        if len(parts) > LONGEST_SERIES:
            name = series_of(self.overlay.title(row))
            return [part for part in parts if series_of(self.overlay.title(part)) == name]
        return parts


def _holds_up(scores: NDArray[np.float64], first: int, row: int) -> bool:
    """Tell whether a film may stand in for a better one of its series."""
    if first == row:
        return True
    middle = float(np.median(scores[scores > -np.inf]))
    return bool(scores[first] - middle >= STANDS_IN * (scores[row] - middle))


def ranked(scores: NDArray[np.float64], overlay: Overlay, depth: int) -> Iterator[int]:
    """Yield rows by falling score, ties by film id; minus infinity marks no candidates.

    `depth` rows are sorted at first, four times as many whenever more are consumed.
    """
    order, given = overlay.tie_order(), 0
    while True:
        head = best_rows(scores, order, depth).tolist()
        yield from head[given:]
        if len(head) < depth:
            return
        given, depth = len(head), 4 * depth


def diversified(
    rows: Iterator[int],
    diversity: DiversityFilter,
    count: int,
    *,
    fill: bool = False,
) -> list[int]:
    """Return the first `count` rows that keep the list diverse.

    Where there are fewer, the next best rows may `fill` it, though they repeat a director or a series.
    """
    chosen: list[int] = []
    spare: list[int] = []
    for row in rows:
        if len(chosen) == count:
            break
        (chosen if diversity.admits(row) else spare).append(row)
    return [*chosen, *spare[: count - len(chosen)]] if fill else chosen


def fair_choice(
    each: NDArray[np.float64],
    rows: Sequence[int],
    admits: Callable[[int], bool],
    count: int,
) -> list[tuple[int, NDArray[np.float64]]]:
    """Choose films greedily by the members' weighted scores; the less served weigh more.

    `each` holds the members' scores, shape (n_members, n_films). Returns the chosen rows with the
    members' weights at that step, which sum to 1.
    """
    own_best = _own_best(each)
    served, left = np.zeros(len(each)), list(rows)
    chosen: list[tuple[int, NDArray[np.float64]]] = []
    while left and len(chosen) < count:
        weights = 1.0 / (1.0 + FAIRNESS * served)
        weights /= weights.sum()
        values = weights @ each[:, left]
        for place in np.argsort(-values, kind="stable").tolist():
            if admits(left[place]):
                break
        else:
            return chosen
        row = left.pop(place)
        chosen.append((row, weights))
        short_of = np.clip((own_best - each[:, row]) / TEMPERATURE, -50.0, 50.0)
        served += 1.0 / (1.0 + np.exp(short_of))
    return chosen


def _own_best(each: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each member's OWN_BEST-th best score, or the lowest of fewer."""
    finite = np.where(np.isfinite(each), each, -1e9)
    place = max(finite.shape[1] - OWN_BEST, 0)
    return np.asarray(np.partition(finite, place, axis=1)[:, place])
