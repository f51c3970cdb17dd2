"""Stages of a night: how each ends, and the next begins.

A step is taken in the transaction of a command: a member's, or the clock's `AdvanceNightCommand`.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.clubs.club import MarkKind, Member
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId, ReviewId
from bot.domain.nights import Night, NightGuest, RoomPick, Rule, Stage
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.features.nights.counting.methods import BY_LOT, Poll, PollResult, decide, gave_up
from bot.features.nights.counting.polls import coming, guests_of, poll_of, vetoed, waiting
from bot.features.nights.schedule.planned import (
    cancel_reminders,
    plan_reminders,
    remind_to_vote,
    save,
    tell,
)
from bot.features.nights.schedule.times import UNCHOSEN, plan_next, settle_time, vote_end
from bot.messages.phrases import joined
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.members import is_active
from bot.views.taste import NOBODY, tastes
from recommender import predict_ratings

RoomPicks = Callable[
    [str, Sequence[Member], Collection[FilmId], int, Context, UnitOfWork],
    Awaitable[Sequence[RoomPick]],
]
"""Picker of films for a wish and the members who come, without some films, beside so many that are
nominated; best first."""

MOST_FILMS = 7
"""Most films on a ballot."""

FILLED_UP_TO = 5
"""Films to which a ballot with fewer nominations is filled up by picks for the room."""

EXTENSION = timedelta(hours=24)
"""Extension of a vote, once, if too few have voted."""

LENGTH, AFTERWARDS = timedelta(hours=2, minutes=15), timedelta(minutes=15)
"""Length of a film whose minutes are unknown; time after its end until the rating begins."""

RATING = timedelta(hours=24)
"""Time in which ratings are collected."""


def length_of(film: Film | None) -> timedelta:
    """Return a film's length, or a usual one."""
    return timedelta(minutes=film.minutes) if film and film.minutes else LENGTH


async def advance(night: Night, context: Context, work: UnitOfWork, pick: RoomPicks) -> Night:
    """Bring a night to the stage that is due now; return it as saved."""
    while night.until is not None and night.until <= context.now:
        night = await next_stage(night, context, work, pick)
    return night


async def next_stage(
    night: Night, context: Context, work: UnitOfWork, pick: RoomPicks, *, skipped: bool = False
) -> Night:
    """End the stage of a night, whatever its time; return it as saved. `skipped`: by its host."""
    match night.stage:
        case Stage.DATING:
            return await settle_time(night, context, work)
        case Stage.NOMINATING:
            return await _begin_vote(night, context, work, pick)
        case Stage.VOTING:
            return await _end_vote(night, context, work, skipped=skipped)
        case Stage.DECIDED:
            await _withdraw(night, work)
            await tell(night, "rate", context.now, context, work)
            await plan_next(night, context, work)
            rating = replace(night, stage=Stage.RATING, until=context.now + RATING)
            return await save(rating, context, work)
        case Stage.RATING:
            await _save_reviews(night, context, work)
            await tell(night, "told", context.now, context, work)
            return await save(replace(night, stage=Stage.TOLD, until=None), context, work)
    return night


async def call_off(night: Night, news: str, context: Context, work: UnitOfWork) -> Night:
    """Cancel a night, and plan the news of it, of this name; return it as saved."""
    await cancel_reminders(night, work)
    await tell(night, news, context.now, context, work)
    return await save(replace(night, stage=Stage.CANCELLED, until=None), context, work)


async def settle(
    night: Night, film_id: FilmId, how: str, context: Context, work: UnitOfWork
) -> Night:
    """Decide on the film of a night, and plan the news and reminders; return the night as saved."""
    await cancel_reminders(night, work)
    film = await work.films.get(film_id)
    ends_at = max(night.starts_at, context.now) + length_of(film) + AFTERWARDS
    chosen = replace(night, stage=Stage.DECIDED, film_id=film_id, how=how, until=ends_at)
    poll = await poll_of(night, await guests_of(night, work), work)
    await _note_guests(chosen, poll, context, work)
    await tell(chosen, "decided", context.now, context, work)
    await plan_reminders(chosen, context, work)
    return await save(chosen, context, work)


async def _withdraw(night: Night, work: UnitOfWork) -> None:
    """Withdraw the nominations of a film that was watched; until then it could be called off."""
    film = await work.films.get(night.film_id) if night.film_id else None
    if film is not None:
        await work.nights.withdraw(film.film_id)


async def _begin_vote(night: Night, context: Context, work: UnitOfWork, pick: RoomPicks) -> Night:
    """Put the nominations on the ballot, the oldest first, and fill it up for those who come."""
    nominated = list(dict.fromkeys(each.film_id for each in await waiting(work)))
    off = await vetoed(night, nominated, work)
    films = [each for each in nominated if each not in off][:MOST_FILMS]
    guests = coming(await guests_of(night, work))
    picks: Sequence[RoomPick] = ()
    if len(films) < FILLED_UP_TO:
        members = await _members(guests, context, work)
        decided = [each.film_id for each in await work.nights.open() if each.film_id]
        there = [*nominated, *decided]
        found = await pick(night.wish, members, there, len(films), context, work)
        picks = found[: FILLED_UP_TO - len(films)]
    voting = replace(
        night,
        stage=Stage.VOTING,
        films=(*films, *(each.film_id for each in picks)),
        reasons={each.film_id: each.why for each in picks},
        until=night.vote_until,
    )
    await tell(voting, "vote", context.now, context, work)
    for guest in guests:
        await work.nights.save_guest(replace(guest, settling=_settling(guest.member_id, picks)))
        await remind_to_vote(voting, guest, context, work)
    return await save(voting, context, work)


def _settling(member_id: MemberId, picks: Iterable[RoomPick]) -> dict[FilmId, HalfStars]:
    """Return the films among picks that a member would settle for, with their predicted ratings."""
    return {each.film_id: each.settling[member_id] for each in picks if member_id in each.settling}


async def _members(
    guests: Sequence[NightGuest], context: Context, work: UnitOfWork
) -> Sequence[Member]:
    """Return the members who come; everyone active, where nobody has said so yet."""
    members = await work.members.all()
    there = {each.member_id for each in guests}
    return [each for each in members if each.member_id in there] or [
        each for each in members if is_active(each, context)
    ]


async def _end_vote(night: Night, context: Context, work: UnitOfWork, *, skipped: bool) -> Night:
    """Count; with too few ballots, let the vote go on for a day, once; then the host decides.

    Where the host has not by a day after the night was to begin, it is called off.
    """
    if night.host_chooses and not skipped:
        await plan_next(night, context, work)
        return await call_off(night, "unchosen", context, work)
    poll = await poll_of(night, await guests_of(night, work), work)
    if night.films and len(poll.ballots) >= max(night.quorum, 1):
        verdict = decide(poll, night.rule)
        return await settle(night, verdict.film_id, await _how(verdict, work), context, work)
    longer = min(context.now + EXTENSION, vote_end(context.now, night.starts_at))
    if not (night.extended or skipped) and longer > context.now:
        extended = replace(night, until=longer, vote_until=longer, extended=True)
        await tell(extended, "extended", context.now, context, work)
        return await save(extended, context, work)
    if not skipped:
        await tell(night, "host", context.now, context, work)
    until = max(night.starts_at, context.now) + UNCHOSEN
    return await save(replace(night, until=until), context, work)


async def _how(verdict: PollResult, work: UnitOfWork) -> str:
    """Return what decided, in words, with the films among which lots were drawn."""
    films = await work.films.many(verdict.tied)
    tied = [films[each].label for each in verdict.tied if each in films]
    return f"a tie between {joined(tied)}, {BY_LOT}" if tied else verdict.how


async def _note_guests(night: Night, poll: Poll, context: Context, work: UnitOfWork) -> None:
    """Note for each guest the weight of their ballot, what they gave up, and their predicted rating."""
    film_id = night.film_id
    if film_id is None:
        return
    overlay = await context.indexes.of(work)
    roster = {each.member_id: each for each in await work.members.all()}
    nominators = {
        each.member_id for each in await work.nights.nominations() if each.film_id == film_id
    }
    counted = film_id in poll.films
    for guest in coming(await guests_of(night, work)):
        me = guest.member_id
        voted = counted and me in poll.ballots
        member = roster.get(me)
        profiles = await tastes([member], NOBODY, work) if member else ()
        guesses = predict_ratings(overlay, profiles[0], [film_id]) if profiles else {}
        await work.nights.save_guest(
            replace(
                guest,
                weight=poll.weight(me),
                gave_up=gave_up(poll, me, film_id) if voted else None,
                expected=guesses[film_id].half_stars if film_id in guesses else None,
                won=me in nominators,
                chose=voted and night.rule is Rule.TURN and me == next(iter(poll.turns), None),
            )
        )


async def _save_reviews(night: Night, context: Context, work: UnitOfWork) -> None:
    """Turn what those who came said of the film into reviews like any other, without announcing them."""
    if night.film_id is None:
        return
    film = await work.films.get(night.film_id)
    film_id = film.film_id if film else night.film_id  # it may have been merged since
    for guest in coming(await guests_of(night, work)):
        if guest.rating is not None or guest.text:
            await work.reviews.save(await _review(night, film_id, guest, context, work))
            await work.marks.remove(guest.member_id, film_id, MarkKind.WATCHLIST)


async def _review(
    night: Night, film_id: FilmId, guest: NightGuest, context: Context, work: UnitOfWork
) -> Review:
    former = await work.reviews.by(guest.member_id, film_id)
    again = former is not None and not former.deleted
    if former is None or former.deleted:
        review_id = former.review_id if former else ReviewId(context.ids.new())
        former = Review(
            review_id, context.club.club_id, film_id, guest.member_id, context.now, context.now
        )
    return replace(
        former,
        changed_at=context.now,
        rating=guest.rating or former.rating,
        text=guest.text or former.text,
        spoiler=former.spoiler and not guest.text,
        rewatch=again,
        watched_on=night.starts_at.astimezone(ZoneInfo(context.club.zone)).date(),
        undated=False,
    )
