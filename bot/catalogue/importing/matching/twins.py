"""Twins: films of the catalogue that may be one, for the host to judge."""

from collections.abc import Collection, Iterator

from bot.catalogue.importing.matching.duplicates import DuplicateFinder
from bot.domain.films.film import Film


def twins_among(films: Collection[Film]) -> Iterator[tuple[Film, Film]]:
    """Yield each pair once, in no order: the film that says less, then the one that says more."""
    alone = {film.film_id: film for film in films if film.stands_for is None}
    finder = DuplicateFinder(alone.values())
    for film in alone.values():
        for other_id in finder.doubtful(film):
            if film.film_id < other_id:
                less, more = sorted((film, alone[other_id]), key=_facts)
                yield less, more


def _facts(film: Film) -> tuple[bool, bool, int, int]:
    """Order films by how much is known of them; those of the starter catalogue last."""
    people = len(film.directors) + len(film.cast)
    return (film.source == "starter", bool(film.logline), film.popularity or 0, people)
