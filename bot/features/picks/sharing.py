"""Picks that all see: asked for in front of all, or shared, the very films that the member saw then."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.clubs.club import Member
from bot.features.picks.commands import RecommendCommand
from bot.request.context import Context
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
    return replace(query, profiles=before, among=films, count=len(shown), skip=0)


def in_shown_order(picks: Sequence[Pick], shown: Sequence[str]) -> Sequence[Pick]:
    """Return picks in the order in which they were shown before, if they were."""
    place = {film_id: number for number, film_id in enumerate(shown)}
    return sorted(picks, key=lambda each: place.get(each.film_id, len(place)))


def is_aloud(command: RecommendCommand, members: Sequence[Member], context: Context) -> bool:
    """Tell whether picks go to the whole channel: they were asked for there, and for several members.

    Picks from watchlists do not: who sees a list is for its owner to say.
    """
    lists = command.since.casefold() == "watchlist"
    return context.caller.aloud and len(members) > 1 and not lists and not command.opened
