"""Series of films: by the catalogue, else by their titles."""

import re
from collections import defaultdict
from collections.abc import Sequence

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
    subtitle, and came out later. Both of shape (n_films,).
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for row, film in enumerate(films):
        groups[film.series or f"title {series_of(film.title)}"].append(row)
    numbers = np.full(len(films), NO_SERIES, dtype=np.int32)
    parts = np.zeros(len(films), dtype=np.int16)
    for rows in groups.values():
        members = rows if films[rows[0]].series else _sequels(films, rows)
        if len(members) < 2:
            continue
        numbers[members] = min(members)
        ordered = sorted(members, key=lambda row: (films[row].year or 0, films[row].part, row))
        parts[ordered] = np.arange(1, len(ordered) + 1)
    return numbers, parts


def _sequels(films: Sequence[FilmDocument], rows: Sequence[int]) -> list[int]:
    """Return the film that bears the series' name alone, and those named after it that came later.

    Films of one title are remakes, not parts.
    """
    dated = sorted((row for row in rows if films[row].year), key=lambda row: films[row].year or 0)
    named = {row: _ARTICLE.sub("", analyzer.phrase(films[row].title)) for row in dated}
    first = next((row for row in dated if named[row] == series_of(films[row].title)), None)
    if first is None:
        return []
    later = [row for row in dated if (films[row].year or 0) > (films[first].year or 0)]
    return [first, *(row for row in later if named[row] != named[first])]
