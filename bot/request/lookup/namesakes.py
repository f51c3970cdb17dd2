"""Labels that tell films of one title and year apart."""

from collections import Counter
from collections.abc import Sequence

from bot.catalogue.titles.popularity import fame
from bot.domain.films.film import Film
from bot.messages.phrases import joined

_SOURCES = {
    "starter": "Matinee's own list",
    "wikipedia": "Wikipedia",
    "movielens": "MovieLens",
    "tmdb": "TMDB",
}


def labels(films: Sequence[Film]) -> list[str]:
    """Return a label for each film; equal ones get the director added, else the cast, else the source."""
    named = Counter(film.label for film in films)
    return [
        film.label if named[film.label] == 1 else f"{film.label}, {_apart(film, films)}"
        for film in films
    ]


def famous_first(films: Sequence[Film]) -> tuple[Film, ...]:
    """Put the best known films first; of films alike in that, those of which more is known."""
    return tuple(sorted(films, key=lambda film: (-fame(film), -_known(film))))


def _apart(film: Film, films: Sequence[Film]) -> str:
    """Return the label that no namesake of the film has."""
    namesakes = [each for each in films if each.label == film.label and each != film]
    for said in (_by, _with, _from):
        if (told := said(film)) and all(said(each) != told for each in namesakes):
            return told
    return film.film_id


def _by(film: Film) -> str:
    return f"by {joined(film.directors[:2])}" if film.directors else ""


def _with(film: Film) -> str:
    return f"with {film.cast[0]}" if film.cast else ""


def _from(film: Film) -> str:
    if film.club_id is not None:
        return "added by your club"
    kind = film.source.partition(":")[0]
    return f"from {_SOURCES.get(kind, kind)}"


def _known(film: Film) -> int:
    """Count the known facts of a film."""
    facts = (film.directors, film.cast, film.genres, film.themes, film.countries, film.languages)
    return sum(map(bool, (*facts, film.minutes, film.logline, film.releases, film.poster)))
