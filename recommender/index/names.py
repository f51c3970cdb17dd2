"""Names of people by their parts: last words (`del toro`), the first two of three (`tony leung`), and
first words that only one person has.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from rapidfuzz.distance import OSA

from recommender.index.base import BaseIndex

SMALL = 5_000
"""Films up to which every name counts; beyond, an actor's only with two films, to save room."""

_PEOPLE = ("director", "cast", "writer", "author")
"""Fields of people."""

_MOST_LAST_WORDS = 3
_SEVERAL = 2
"""Films of people whose misspelt names are looked for."""

_MOST_SLIPS, _LONG_NAME = 2, 12
"""Slips in a name of this many letters that still leave no doubt who is meant."""


def film_count(index: BaseIndex, field: str, term: str) -> int:
    """Count the catalogue's films that have a term."""
    number = index.term(field, term)
    if number < 0:
        return 0
    return int(index.postings.starts[number + 1] - index.postings.starts[number])


def films_with(index: BaseIndex, terms: Iterable[tuple[str, str]]) -> set[int]:
    """Return the rows of the catalogue's films that have any of some (field, term) pairs."""
    numbers = (index.term(*each) for each in terms)
    return {int(row) for each in numbers if each >= 0 for row in index.postings.row(each)[0]}


def named(index: BaseIndex, field: str, part: str) -> tuple[str, ...]:
    """Return the full names in a field of people ("director", "cast") that a part of a name may mean."""
    return _parts(index, field).get(part, ())


def known_parts(index: BaseIndex, least: int) -> Mapping[str, int]:
    """Return the single words that are parts of names, by the films of those who have them."""
    found: dict[str, int] = {}
    for field in ("director", "cast"):
        for part, names in _parts(index, field).items():
            films = sum(film_count(index, field, name) for name in names)
            if " " not in part:
                found[part] = found.get(part, 0) + films
    return {part: films for part, films in found.items() if films >= least}


def begins_name(index: BaseIndex, word: str) -> bool:
    """Tell whether somebody's name of several words, or a part of it, may begin with a word."""
    found = index.people.get("beginnings")
    if found is None:
        names = (name.split()[:-1] for field in _PEOPLE for name in _dictionary(index, field))
        found = index.people["beginnings"] = dict.fromkeys(chain.from_iterable(names), ())
    return word in found


def nearly_named(index: BaseIndex, name: str) -> tuple[str, ...]:
    """Return the full names, with one word of it at their end, that are nearly a name of several words.

    Spaces do not count: `shahrukh khan`. Only those with two films are looked at.
    """
    words = name.split()
    joined = "".join(words)
    most = _MOST_SLIPS if len(joined) >= _LONG_NAME else 1
    bearers = _bearers(index)
    near = dict.fromkeys((*bearers.get(words[0], ()), *bearers.get(words[-1], ())))
    if not near:
        return ()
    slips = {
        each: OSA.distance(joined, each.replace(" ", ""), score_cutoff=most)
        for each in near
        if each[0] == name[0]
    }
    fewest = min(slips.values(), default=most + 1)
    return tuple(each for each, count in slips.items() if count == fewest <= most)


def _bearers(index: BaseIndex) -> Mapping[str, tuple[str, ...]]:
    """Return the full names of people with several films by their first and by their last word."""
    found = index.people.get("bearers")
    if found is None:
        names: dict[str, list[str]] = {}
        for field in ("director", "cast"):
            for name in _dictionary(index, field):
                words = name.split()
                if len(words) > 1 and film_count(index, field, name) >= _SEVERAL:
                    for word in (words[0], words[-1]):
                        names.setdefault(word, []).append(name)
        found = {word: tuple(dict.fromkeys(each)) for word, each in names.items()}
        index.people["bearers"] = found
    return found


def _dictionary(index: BaseIndex, field: str) -> Collection[str]:
    """Return the terms of a field, which are read where they were not needed before."""
    index.term(field, "")
    return index.dictionaries.get(field, {})


def _parts(index: BaseIndex, field: str) -> Mapping[str, tuple[str, ...]]:
    found = index.people.get(field)
    if found is None:
        found = index.people[field] = _read(index, field)
    return found


def _read(index: BaseIndex, field: str) -> Mapping[str, tuple[str, ...]]:
    least = 2 if field == "cast" and len(index) > SMALL else 1
    last: dict[str, list[str]] = {}
    first: dict[str, list[str]] = {}
    for name in _dictionary(index, field):
        if film_count(index, field, name) < least:
            continue
        words = name.split()
        for count in range(1, min(_MOST_LAST_WORDS, len(words) - 1) + 1):
            last.setdefault(" ".join(words[-count:]), []).append(name)
        if len(words) > 1:
            first.setdefault(words[0], []).append(name)
        if len(words) > 2:
            last.setdefault(" ".join(words[:2]), []).append(name)
    alone = {word: names for word, names in first.items() if len(names) == 1 and word not in last}
    return {part: tuple(names) for part, names in (last | alone).items()}
