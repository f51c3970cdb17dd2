"""Fields of a film, each a TF-IDF space of its own with its own reader."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from recommender.text import analyzer, themes
from recommender.text.documents import FilmDocument

Surfaces = list[tuple[str, str]]
"""Pairs of a term and its surface form, in reading order."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """Field of a film: its name and the reader of its terms.

    `emphasis` is a factor on each term's idf. `prose` is running text. Where terms come in order of
    importance, the n-th has the frequency 1 / n ** `billing`. A vector whose raw TF-IDF norm is l gets
    the norm l / sqrt(l^2 + shrinkage^2): few or common terms tell little. In a field that is not
    `weighed`, frequencies stand alone.
    """

    name: str
    read: Callable[[FilmDocument], Surfaces]
    prose: bool = False
    billing: float = 0.0
    weighed: bool = True
    shrinkage: float = 0.0
    emphasis: Callable[[str], float] | None = None


def _title(film: FilmDocument) -> Surfaces:
    return list(analyzer.surfaces(film.title))


def _names(names: Iterable[str]) -> Surfaces:
    return [(term, name.strip()) for name in names if (term := analyzer.phrase(name))]


def _writers(film: FilmDocument) -> Surfaces:
    """Read the writers, but for those who directed the film: they count already."""
    return _names(name for name in film.writers if name not in film.directors)


def _themes(film: FilmDocument) -> Surfaces:
    """Read each theme as one term, near-doubles as one."""
    return list({themes.canonical(each): each.strip() for each in film.themes}.items())


def _phrases(phrases: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each phrase as one term and, if it has several words, each word as well."""
    for phrase in phrases:
        parts = list(analyzer.surfaces(phrase))
        whole = " ".join(term for term, _ in parts) or analyzer.phrase(phrase)
        if whole:
            yield whole, phrase.strip()
        if len(parts) > 1:
            yield from parts


def prose(text: str) -> Surfaces:
    """Read unigrams and bigrams."""
    single = list(analyzer.surfaces(text))
    return single + [(f"{a} {b}", f"{left} {right}") for (a, left), (b, right) in pairwise(single)]


def _tags(film: FilmDocument) -> Surfaces:
    """Read whole themes, the first telling most, for demands alone."""
    return _names(film.themes)


def _leading_genres(film: FilmDocument) -> Surfaces:
    """Read the genres, the main one first, for demands alone: a romance in the west is hardly a western."""
    return _names(film.genres)


def _origin(film: FilmDocument) -> Surfaces:
    """Read main country and main language, for demands alone."""
    countries = [f"from {code}" for code in film.countries[:1]]
    return _names([*countries, *(f"in {code}" for code in film.languages[:1])])


def _companions(film: FilmDocument) -> Surfaces:
    """Read the film itself and its companions: films share what they name and what names them.

    A film without companions is not read: alone, it would weigh more than among others.
    """
    ids = (film.film_id, *film.companions) if film.companions else ()
    return [(each, each) for each in ids]


THEME_WORDS = "theme words"
"""Field of the themes and the words in them: free words are looked up there, and it scores nothing
else."""

FIELDS = (
    FieldSpec("title", _title),
    FieldSpec("director", lambda film: _names(film.directors)),
    FieldSpec("writer", _writers),
    FieldSpec("cast", lambda film: _names(film.cast), billing=0.25),
    FieldSpec("genre", lambda film: _names(film.genres)),
    FieldSpec("theme", _themes, shrinkage=10.0, emphasis=themes.emphasis),
    FieldSpec("country", lambda film: _names(film.countries)),
    FieldSpec("language", lambda film: _names(film.languages)),
    FieldSpec("text", lambda film: prose(film.text), prose=True),
    FieldSpec("tag", _tags, billing=0.5, weighed=False),
    FieldSpec("leading genre", _leading_genres, billing=0.5, weighed=False),
    FieldSpec("origin", _origin, weighed=False),
    FieldSpec("companion", _companions, billing=0.5),
    FieldSpec("author", lambda film: _names(film.authors), weighed=False),
    FieldSpec(THEME_WORDS, lambda film: list(_phrases(film.themes)), shrinkage=15.0),
)
FIELD_NUMBER = {field.name: number for number, field in enumerate(FIELDS)}
"""Index of each field in `FIELDS`, by name."""
