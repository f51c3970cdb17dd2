"""From a ranking to a list: no third film of one maker or series, and nobody in a group left out."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.index.top_k import best_rows
from recommender.text import analyzer

MOST_REPEATS = 2
"""So many films of one director or one series may stand in a list."""

GROUP_DEPTH = 200
"""So many films, the best for the group as a whole, are shared out among its members."""

OWN_BEST = 20
TEMPERATURE = 0.2
FAIRNESS = 0.5
"""A film serves a member who likes it about as well as their own twentieth best; a member so
served weighs 1 / (1 + AMENDS * times served) from then on."""

_ARTICLE = re.compile(r"^(the|a|an) ")
_HERO = re.compile(r"^(\w+ \w+) and the\b.*")
"""As in 'harry potter and the goblet of fire'; 'beauty and the beast' names no hero of a series."""

_SEQUEL = re.compile(r"\b(part|episode|chapter|vol|volume|number|[ivx]+|\d+)\b.*")


@dataclass(slots=True)
class DiversityFilter:
    """Counts makers and series of the films already chosen; `asked` ones may come any number."""

    overlay: Overlay
    asked: str = ""
    _counts: Counter[str] = field(default_factory=Counter)

    def admits(self, row: int) -> bool:
        """Tell whether a film brings no third of its makers or series, and count it if so."""
        marks = [mark for mark in self.overlay.directors(row) if mark not in self.asked]
        name = series_of(self.overlay.title(row))
        if name and name not in self.asked:
            marks.append(f"series {name}")
        if any(self._counts[mark] >= MOST_REPEATS for mark in marks):
            return False
        self._counts.update(marks)
        return True


def series_of(title: str) -> str:
    """Return what a title shares with its sequels: 'Toy Story 3' and 'Toy Story' are one series."""
    head = _ARTICLE.sub("", analyzer.phrase(title.split(":", maxsplit=1)[0])) or title
    head = _HERO.sub(r"\1", head)
    return _SEQUEL.sub("", head, count=1).strip() or head


def ranked(scores: NDArray[np.float64], overlay: Overlay, depth: int) -> Iterator[int]:
    """Yield the rows by falling score, ties by film id; minus infinity is no candidate.

    `depth` rows are sorted at first, and four times as many whenever more are asked for.
    """
    order, given = overlay.tie_order(), 0
    while True:
        head = best_rows(scores, order, depth).tolist()
        for row in head[given:]:
            if scores[row] == -np.inf:
                return
            yield row
        if len(head) < depth:
            return
        given, depth = len(head), 4 * depth


def diversified(
    rows: Iterator[int],
    variety: DiversityFilter,
    allowed: Callable[[str], bool] | None,
    count: int,
) -> list[int]:
    """Take the first allowed rows that keep the list varied."""
    fitting = (
        row
        for row in rows
        if (allowed is None or allowed(variety.overlay.film_id(row))) and variety.admits(row)
    )
    return list(islice(fitting, count))


def fair_choice(
    each: NDArray[np.float64],
    rows: Sequence[int],
    admits: Callable[[int], bool],
    count: int,
) -> list[tuple[int, NDArray[np.float64]]]:
    """Choose films one by one, members not served yet weighing more each time.

    `each` holds the members' own scores, shape (n_members, n_films). Returns each chosen row with
    the members' weights at its turn, which sum to 1.
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
    """Return every member's twentieth best score, or the last there is."""
    finite = np.where(np.isfinite(each), each, -1e9)
    place = max(finite.shape[1] - OWN_BEST, 0)
    return np.asarray(np.partition(finite, place, axis=1)[:, place])
