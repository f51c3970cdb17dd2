"""Picks for a room: films for those who come to a film night, and for a season, by a wish."""

from collections.abc import Collection, Sequence

from bot.catalogue.starter import QUICK_START
from bot.domain.clubs import Member
from bot.domain.ids import FilmId
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.recommend import knows_nothing
from bot.features.picks.wishes.demands import request_of
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.taste import NOBODY, tastes
from recommender import Pick, Query, recommend


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
        preferred=request.preferred,
        profiles=await tastes(members, NOBODY, work),
        exclude=frozenset(exclude),
    )
    if knows_nothing(query):
        done = {film_id for profile in query.profiles for film_id in profile.done()}
        wanted = [FilmId(each) for each in QUICK_START if each not in done]
        there = await work.films.many(wanted)
        return [each for each in wanted if each in there and each not in exclude]
    return [FilmId(pick.film_id) for pick in recommend(overlay, query).picks]


async def wished_picks(
    wish: str, count: int, exclude: frozenset[str], context: Context, work: UnitOfWork
) -> Sequence[Pick]:
    """Return so many films that meet a whole wish, whoever watches, the best first."""
    overlay = await context.indexes.of(work)
    request = await request_of(
        RecommendCommand(mood=wish), overlay, (context.member,), context, work
    )
    query = Query(
        mood=request.mood,
        less=request.less,
        demands=request.demands,
        exclude=exclude,
        count=count,
    )
    return [each for each in recommend(overlay, query).picks if not each.missing]
