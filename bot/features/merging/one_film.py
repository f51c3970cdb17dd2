"""Whether two films of everybody's may be one: a club's admins join what stands twice, nothing else."""

from bot.catalogue.importing.matching.identity import (
    Identity,
    comparable,
    ids_differ,
    same_people,
    years_apart,
)
from bot.domain.errors import UsageError
from bot.domain.films.film import Film

FURTHEST = 3
"""Years by which two lists may date one film apart."""


def check_may_be_one(film: Film, other: Film) -> None:
    """Raise UsageError for two films that cannot be one, saying what tells them apart."""
    if film.film_id == other.film_id:
        raise UsageError("Both are the same film. Name the one that goes, then the one that it is.")
    one, two = Identity.of(film), Identity.of(other)
    apart = (
        f"they are of {film.year} and {other.year}"
        if film.year and other.year and years_apart(one, two) > FURTHEST
        else "other people made them"
        if comparable(one, two) and not same_people(one, two)
        else "their numbers at IMDb or TMDB differ"
        if ids_differ(one, two)
        else ""
    )
    if apart:
        raise UsageError(f"{film.label} and {other.label} are two films: {apart}.")
