"""Labels that tell films of one title and year apart."""

from collections import Counter
from collections.abc import Sequence

from bot.catalogue.titles.popularity import fame
from bot.domain.films.film import Film
from bot.domain.regions import country
from bot.messages.phrases import counted, joined

_SOURCES = {
    "starter": "Matinee's own list",
    "wikipedia": "Wikipedia",
    "movielens": "MovieLens",
    "tmdb": "TMDB",
    "imdb": "IMDb",
}


def labels(films: Sequence[Film]) -> list[str]:
    """Return a label for each film; equal ones get added what tells that film from the others.

    That is the first of these that only it has: director, cast, being the club's own, country, genres,
    raters, minutes, source; else its place among them.
    """
    named = Counter(film.label for film in films)
    return [
        film.label if named[film.label] == 1 else f"{film.label}, {_apart(film, films)}"
        for film in films
    ]


def famous_first(films: Sequence[Film]) -> tuple[Film, ...]:
    """Put the best known films first; of films alike in that, those of which more is known."""
    return tuple(sorted(films, key=lambda film: (-fame(film), -_known(film))))


def _apart(film: Film, films: Sequence[Film]) -> str:
    """Return what only this film of its label has."""
    alike = [each for each in films if each.label == film.label]
    others = [each for each in alike if each != film]
    for said in (_by, _with, _ours, _of, _kind, _rated, _long, _from):
        if (told := said(film)) and all(said(each) != told for each in others):
            return told
    return f"entry {alike.index(film) + 1} of {len(alike)}"


def _by(film: Film) -> str:
    return f"by {joined(film.directors[:2])}" if film.directors else ""


def _with(film: Film) -> str:
    return f"with {film.cast[0]}" if film.cast else ""


def _ours(film: Film) -> str:
    return "added by your club" if film.club_id is not None else ""


def _of(film: Film) -> str:
    return joined(list(map(country, film.countries[:2])))


def _kind(film: Film) -> str:
    return joined(film.genres[:3])


def _rated(film: Film) -> str:
    return f"rated by {counted(film.popularity, 'person', 'people')}" if film.popularity else ""


def _long(film: Film) -> str:
    return f"{film.minutes} min" if film.minutes else ""


def _from(film: Film) -> str:
    kind = film.source.partition(":")[0]
    return f"from {_SOURCES.get(kind, kind)}"


def _known(film: Film) -> int:
    """Count the known facts of a film."""
    facts = (film.directors, film.cast, film.genres, film.themes, film.countries, film.languages)
    return sum(map(bool, (*facts, film.minutes, film.logline, film.releases, film.poster)))
