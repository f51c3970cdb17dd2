"""Namesakes within one source: how near in time its nearest other film of the same title is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.catalogue.importing.matching.identity import FURTHEST, looks_of, parts_of
from bot.catalogue.titles.normalise import keys_of


def nearest_namesakes(
    films: Iterable[tuple[Sequence[str], int | None]], numbers: Sequence[int | None] = ()
) -> list[int | None]:
    """Return, for each film's titles and year, the `namesake` of `Offered`, in order.

    A film whose title goes on where another's of its year ends is its namesake, too. `numbers`:
    TMDB's, of each film; two of one title, year and number are one film that is listed twice.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    parts: list[set[str]] = []
    years: list[int] = []
    for place, (titles, year) in enumerate(films):
        years.append(year or 0)
        parts.append({part for title in titles for part in parts_of(title)})
        for look in {look for title in titles for look in looks_of(keys_of(title))}:
            places[look].append(place)
    nearest: list[int | None] = [None] * len(years)
    for shared in places.values():
        if len(shared) > 1:
            _approach(_listed_once(shared, years, numbers), years, nearest)
    for place, own in enumerate(parts):
        others = {other for part in own for other in places.get(part, ())} - {place}
        if any(years[other] == years[place] for other in others):
            nearest[place] = 0
    return nearest


def _listed_once(
    shared: Sequence[int], years: Sequence[int], numbers: Sequence[int | None]
) -> Sequence[int]:
    """Return the first place of each film among these places."""
    if not numbers:
        return shared
    return list({(years[each], numbers[each] or -each): each for each in reversed(shared)}.values())


def _approach(shared: Sequence[int], years: Sequence[int], nearest: list[int | None]) -> None:
    """Note the distances between the films at these places, where they are less than before."""
    ordered = sorted(shared, key=years.__getitem__)
    for one, other in pairwise(ordered):
        apart = years[other] - years[one]
        if apart <= FURTHEST:
            for place in (one, other):
                before = nearest[place]
                nearest[place] = apart if before is None else min(before, apart)
