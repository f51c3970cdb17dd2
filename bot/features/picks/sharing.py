"""Shared picks: the very films that the member saw, whatever they have marked since."""

from collections.abc import Sequence
from dataclasses import replace

from recommender import Pick, Query


def as_shown(query: Query, shown: Sequence[str]) -> Query:
    """Restrict a query to the films that a member saw, as if they had marked none of them since."""
    films = frozenset(shown)
    before = tuple(
        replace(
            each,
            ratings={name: rating for name, rating in each.ratings.items() if name not in films},
            seen=each.seen - films,
            never=each.never - films,
            abandoned=each.abandoned - films,
        )
        for each in query.profiles
    )
    return replace(query, profiles=before, allowed=films.__contains__, count=len(shown))


def in_shown_order(picks: Sequence[Pick], shown: Sequence[str]) -> Sequence[Pick]:
    """Return picks in the order in which they were shown before, if they were."""
    place = {film_id: number for number, film_id in enumerate(shown)}
    return sorted(picks, key=lambda each: place.get(each.film_id, len(place)))
