"""Agreement of two members' tastes, from the films that both rated."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from bot.domain.ids import FilmId

FEWEST = 3
"""Films in common from which on anything is said."""

DOUBT = 4
"""Pairs of films added to those compared, half of them agreeing: few films say little."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on `films` in common.

    `alike`: of the pairs of films that both rank, the share (0..1, a half by chance) that they put
    in the same order, moved towards a half where there are few; None if they rank none. `apart`: mean distance of two
    ratings, in half-stars. `closest` and `furthest`: films by that distance.
    """

    films: int
    alike: float | None
    apart: float
    closest: FilmId
    furthest: FilmId


def agreement(mine: Mapping[FilmId, int], theirs: Mapping[FilmId, int]) -> Agreement | None:
    """Compare ratings in half-stars; None where fewer than `FEWEST` films are rated by both."""
    both = sorted(mine.keys() & theirs.keys())
    if len(both) < FEWEST:
        return None
    signs = [(mine[a] - mine[b]) * (theirs[a] - theirs[b]) for a, b in combinations(both, 2)]
    same, other = sum(sign > 0 for sign in signs), sum(sign < 0 for sign in signs)
    distance = {each: abs(mine[each] - theirs[each]) for each in both}
    ends = sorted(both, key=lambda each: (distance[each], -mine[each], each))
    return Agreement(
        films=len(both),
        alike=(same + DOUBT / 2) / (same + other + DOUBT) if same + other else None,
        apart=sum(distance.values()) / len(both),
        closest=ends[0],
        furthest=ends[-1],
    )
