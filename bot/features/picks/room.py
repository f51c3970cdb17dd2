"""Picks for a room: films for those who come to a film night, by their taste and its wish."""

from collections.abc import Collection, Sequence

from bot.catalogue.starter import QUICK_START
from bot.domain.clubs import Member
from bot.domain.ids import FilmId
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.wishes.demands import find, request_of
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.taste import NOBODY, tastes
from recommender import Query


async def room_picks(
    wish: str,
    members: Sequence[Member],
    exclude: Collection[FilmId],
    context: Context,
    work: UnitOfWork,
) -> Sequence[FilmId]:
    """Return films that these members may all like, the best first; well-known ones if nothing is known."""
    overlay = await context.indexes.of(work)
    command = RecommendCommand(mood=wish)
    request = await request_of(command, overlay, members, context, work)
    query = Query(
        mood=request.mood,
        less=request.less,
        demands=request.demands,
        profiles=await tastes(members, NOBODY, work),
        exclude=frozenset(exclude),
    )
    known = query.mood or query.less or query.demands or any(p.ratings for p in query.profiles)
    if not known:
        done = {film_id for profile in query.profiles for film_id in profile.done()}
        start = await work.films.many([FilmId(each) for each in QUICK_START])
        return [each for each in start if each not in done and each not in exclude]
    found = find(overlay, query, request)
    return [FilmId(pick.film_id) for pick in found.recommendation.picks]
