"""Picks for a room: films for those who come to a film night, and for a season, by a wish."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from bot.catalogue.starter import QUICK_START
from bot.domain.clubs.club import Member
from bot.domain.errors import UserError
from bot.domain.ids import FilmId, MemberId
from bot.domain.nights import RoomPick
from bot.domain.reviews.ratings import HalfStars, show_rating
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.demands import request_of
from bot.features.picks.recommend import expected_ratings, known_films, knows_nothing
from bot.messages.phrases import joined
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import public_access
from bot.views.picks import SETTLED, Asked, pick_items, verdicts, why_of
from bot.views.taste import NOBODY, tastes
from recommender import Pick, PredictedRating, Query, recommend

FEWEST = 3
"""Fewest films on a ballot for which a wish is kept to."""


async def room_picks(
    wish: str,
    members: Sequence[Member],
    exclude: Collection[FilmId],
    nominated: int,
    context: Context,
    work: UnitOfWork,
) -> Sequence[RoomPick]:
    """Return films that these members may all like, the best first; well-known ones if nothing is known.

    `exclude` holds films that may not be picked, `nominated` counts those on the ballot already. Where a
    wish leaves too few to vote on, as with watchlists that are all empty, others follow, and say so.
    """
    try:
        found = await _wished(wish, members, exclude, context, work)
    except UserError:  # no film can be found by it; the vote begins all the same
        found = []
    lacking = FEWEST - len(found) - nominated
    if not wish or lacking <= 0:
        return found
    there = {*exclude, *(each.film_id for each in found)}
    others = await _wished("", members, there, context, work)
    unmet = [replace(each, why=_lacking(each.why, [wish])) for each in others[:lacking]]
    return [*found, *unmet]


async def _wished(
    wish: str,
    members: Sequence[Member],
    exclude: Collection[FilmId],
    context: Context,
    work: UnitOfWork,
) -> list[RoomPick]:
    """Return films by a wish and tastes. Raises UserError for a wish that cannot be followed."""
    overlay = await context.indexes.of(work)
    request = await request_of(RecommendCommand(mood=wish), overlay, members, context, work)
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
        return [
            RoomPick(each, "well known") for each in wanted if each in there and each not in exclude
        ]
    found = recommend(overlay, query)
    access = public_access(context.club)
    asked = Asked(known_films(query, access), access)
    items = await pick_items(found.picks, overlay, context, work, asked)
    whys = {str(item.film_id): why_of(item) for item in items}
    expected = expected_ratings(overlay, query, found)
    listed = {film_id: len(names) for film_id, names in request.wanted_by.items()}
    return [
        RoomPick(
            FilmId(pick.film_id),
            _in_words(
                whys[pick.film_id] or _on_the_whole(pick, wish, expected),
                pick,
                listed.get(pick.film_id, 0),
            ),
            _settling(pick, members, expected, len(overlay)),
        )
        for pick in found.picks
        if pick.film_id in whys
    ]


def _on_the_whole(pick: Pick, wish: str, expected: Sequence[Mapping[str, PredictedRating]]) -> str:
    """Say why a film was picked of which no theme or person tells it: what they will likely give it, or the wish."""
    guesses = [each[pick.film_id].half_stars for each in expected if pick.film_id in each]
    if guesses:
        return f"likely {show_rating(round(fmean(guesses)))} from those who come"
    return "on the whole close to the wish" if wish else "on the whole close to what you like"


def _in_words(why: str, pick: Pick, listed: int) -> str:
    """Word why a film was picked: by its terms, by how many want to see it, and what of the wish it lacks."""
    on = f"on {listed} of your watchlists" if listed else ""
    return _lacking("; ".join(filter(None, (why, on))), [each.label for each in pick.missing])


def _lacking(why: str, labels: Sequence[str]) -> str:
    """Add to a reason what a film is not, of what was wished for."""
    if not labels:
        return why
    told = f"not {joined([f'“{each}”' for each in labels], 'nor')}"
    return f"{why}; but {told}" if why else told


def _settling(
    pick: Pick,
    members: Sequence[Member],
    expected: Sequence[Mapping[str, PredictedRating]],
    films: int,
) -> dict[MemberId, HalfStars]:
    """Return the members who would settle for a film, with their predicted ratings."""
    return {
        members[number].member_id: HalfStars(round(guess.half_stars))
        for number, guess, top in verdicts(pick, expected, films)
        if guess.half_stars < SETTLED and not top
    }


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
