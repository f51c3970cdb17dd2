"""Agreement of two members' tastes, from the films that both rated."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ids import FilmId

FEWEST = 5
"""Films in common from which on anything is said."""

DOUBT = 4
"""Pairs of films added to those compared, half of them agreeing: few films say little."""

EIGHTY_PERCENT = 1.2816
"""Standard deviations of a normal distribution, on either side, that hold 80 %."""

NEAR, FAR = 2, 3
"""Half-stars up to which two ratings agree, and from which on they do not."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on `films` in common.

    `alike`: of the pairs of films that both rank, the share (0..1, a half by chance) that they put
    in the same order, moved towards a half where there are few; None if they rank none. `low` and
    `high`: the ends of its 80 % interval. `apart`: mean distance of two ratings, in half-stars.
    `closest` and `furthest`: films by that distance.
    """

    films: int
    alike: float | None
    low: float
    high: float
    apart: float
    closest: FilmId
    furthest: FilmId


def agreement(mine: Mapping[FilmId, int], theirs: Mapping[FilmId, int]) -> Agreement | None:
    """Compare ratings in half-stars; None where fewer than `FEWEST` films are rated by both."""
    both = mine.keys() & theirs.keys()
    if len(both) < FEWEST:
        return None
    pairs = _Pairs.of(Counter((mine[each], theirs[each]) for each in both))
    distance = {each: abs(mine[each] - theirs[each]) for each in both}
    ends = sorted(both, key=lambda each: (distance[each], -mine[each], each))
    alike = _share(pairs.same, pairs.other) if pairs.same + pairs.other else None
    reach = EIGHTY_PERCENT * _error(pairs, len(both))
    return Agreement(
        films=len(both),
        alike=alike,
        low=max((alike or 0.5) - reach, 0.0),
        high=min((alike or 0.5) + reach, 1.0),
        apart=sum(distance.values()) / len(both),
        closest=ends[0],
        furthest=ends[-1],
    )


def evidence(
    mine: Mapping[FilmId, int], theirs: Mapping[FilmId, int], most: int = 3
) -> tuple[list[FilmId], list[FilmId]]:
    """Return films on which two members agree, the best loved first, and films that part them most."""
    both = mine.keys() & theirs.keys()
    distance = {each: abs(mine[each] - theirs[each]) for each in both}
    joint = {each: mine[each] + theirs[each] for each in both}
    near = [each for each in both if distance[each] <= NEAR]
    far = [each for each in both if distance[each] >= FAR]
    near.sort(key=lambda each: (distance[each] > 1, -joint[each], distance[each], each))
    far.sort(key=lambda each: (-distance[each], -joint[each], each))
    return near[:most], far[:most]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of films ranked the same way and the other way; and those of one film of each cell.

    A cell holds the films of one rating by each member: there are at most a hundred, however many films.
    """

    same: int
    other: int
    cells: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, counts: Mapping[tuple[int, int], int]) -> "_Pairs":
        cells = []
        for (a, b), films in counts.items():
            signs = [((a - c) * (b - d), n) for (c, d), n in counts.items()]
            same = sum(n for sign, n in signs if sign > 0)
            other = sum(n for sign, n in signs if sign < 0)
            cells.append((films, same, other))
        same = sum(films * each for films, each, _ in cells) // 2
        other = sum(films * each for films, _, each in cells) // 2
        return cls(same, other, tuple(cells))


def _share(same: float, other: float) -> float:
    return (same + DOUBT / 2) / (same + other + DOUBT)


def _error(pairs: _Pairs, films: int) -> float:
    """Return the standard error of the share: by leaving each film out once, but no less than chance gives.

    Pairs of films are not independent of each other, films are: so films are left out, not pairs.
    """
    left = [(n, _share(pairs.same - same, pairs.other - other)) for n, same, other in pairs.cells]
    mean = sum(n * share for n, share in left) / films
    jackknife = (films - 1) / films * sum(n * (share - mean) ** 2 for n, share in left)
    share = _share(pairs.same, pairs.other)
    return math.sqrt(max(jackknife, share * (1 - share) / (films + DOUBT)))
