"""Series of films: by the catalogue, else by their titles."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from recommender.text import analyzer
from recommender.text.documents import FilmDocument

NO_SERIES = -1

_ARTICLE = re.compile(r"^(the|a|an) ")
_HERO = re.compile(r"^(\w+ \w+) and the\b.*")
"""Series named after a hero: 'harry potter and the ...', but not 'beauty and the beast'."""

_SEQUEL = re.compile(r"\b(part|episode|chapter|vol|volume|number|[ivx]+|\d+)\b.*")


def series_of(title: str) -> str:
    """Return the series of a title: 'Toy Story 3' and 'Toy Story' are of one."""
    head = _ARTICLE.sub("", analyzer.phrase(title.split(":", maxsplit=1)[0])) or title
    head = _HERO.sub(r"\1", head)
    return _SEQUEL.sub("", head, count=1).strip() or head


def series_and_parts(
    films: Sequence[FilmDocument],
) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
    """Number the series of films, -1 for none, and the parts within, from 1 in order of release.

    Without a series in the catalogue, films are one if a title is another's with a number or a
    subtitle, came out later and shares somebody with it, as far as people are known. Both of shape
    (n_films,).
    """
    listed: dict[str, list[int]] = defaultdict(list)
    titled: dict[str, list[int]] = defaultdict(list)
    for row, film in enumerate(films):
        (listed[film.series] if film.series else titled[series_of(film.title)]).append(row)
    numbers = np.full(len(films), NO_SERIES, dtype=np.int32)
    parts = np.zeros(len(films), dtype=np.int16)
    sequels = chain.from_iterable(_sequels(films, rows) for rows in titled.values())
    for members in chain(listed.values(), sequels):
        if len(members) < 2:
            continue
        numbers[members] = min(members)
        ordered = sorted(members, key=lambda row: (films[row].year or 0, films[row].part, row))
        parts[ordered] = np.arange(1, len(ordered) + 1)
    return numbers, parts


def _sequels(films: Sequence[FilmDocument], rows: Sequence[int]) -> list[list[int]]:
    """Group each film that bears the series' name alone with those named after it that came later.

    Films of one title are remakes, not parts; and 'Comrades: Almost a Love Story' has nobody in common
    with 'Comrades', which is chance.
    """
    if len(rows) < 2:
        return []
    groups: list[tuple[list[int], set[str]]] = []
    dated = sorted((row for row in rows if films[row].year), key=lambda row: films[row].year or 0)
    for row in dated:
        film = films[row]
        people = {analyzer.phrase(name) for name in (*film.directors, *film.cast)}
        if _ARTICLE.sub("", analyzer.phrase(film.title)) == series_of(film.title):
            groups.append(([row], people))
            continue
        for members, known in reversed(groups):
            in_common = known & people or not known or not people
            if in_common and (film.year or 0) > (films[members[0]].year or 0):
                members.append(row)
                known.update(people)
                break
    return [members for members, _ in groups]
