"""The fields of a film: each is its own TF-IDF space, read in its own way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from recommender.text import analyzer
from recommender.text.documents import FilmDocument

Surfaces = list[tuple[str, str]]
"""Pairs of a term and the surface it was read from, in reading order."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its name and how a film's terms are read.

    `prose` is running text; the terms of a `billed` field stand in order of their importance. Where
    a film's terms are few or common, so that their idf has no more than the length `little`, the
    field tells little: its vector is shorter than 1, at that length by 1 / sqrt(2).
    """

    name: str
    read: Callable[[FilmDocument], Surfaces]
    prose: bool = False
    billed: bool = False
    shrinkage: float = 0.0


def _title(film: FilmDocument) -> Surfaces:
    return list(analyzer.surfaces(film.title))


def _names(names: Iterable[str]) -> Surfaces:
    return [(term, name.strip()) for name in names if (term := analyzer.phrase(name))]


def _phrases(phrases: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each phrase as one term and, where it has several, its words too."""
    for phrase in phrases:
        parts = list(analyzer.surfaces(phrase))
        whole = " ".join(term for term, _ in parts) or analyzer.phrase(phrase)
        if whole:
            yield whole, phrase.strip()
        if len(parts) > 1:
            yield from parts


def prose(text: str) -> Surfaces:
    """Read single words and pairs of neighbours."""
    single = list(analyzer.surfaces(text))
    return single + [(f"{a} {b}", f"{left} {right}") for (a, left), (b, right) in pairwise(single)]


FIELDS = (
    FieldSpec("title", _title),
    FieldSpec("director", lambda film: _names(film.directors)),
    FieldSpec("cast", lambda film: _names(film.cast), billed=True),
    FieldSpec("genre", lambda film: _names(film.genres)),
    FieldSpec("theme", lambda film: list(_phrases(film.themes)), shrinkage=15.0),
    FieldSpec("country", lambda film: _names(film.countries)),
    FieldSpec("language", lambda film: _names(film.languages)),
    FieldSpec("text", lambda film: prose(film.text), prose=True),
)
FIELD_NUMBER = {field.name: number for number, field in enumerate(FIELDS)}
"""The field's place in `FIELDS`, by name."""
