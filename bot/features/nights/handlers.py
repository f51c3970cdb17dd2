"""Handlers of film nights: show a night, change it, bring it to its next stage."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError
from bot.domain.nights import TO_BE_WATCHED, UNDECIDED, Night, Stage
from bot.features.nights.commands import AdvanceNightCommand, NightCommand
from bot.features.nights.schedule import moving, stages
from bot.features.nights.schedule.moving import MOVABLE
from bot.features.nights.schedule.planned import save
from bot.features.nights.schedule.stages import RoomPicks
from bot.features.nights.showing.card import night_card
from bot.features.nights.showing.view import film_buttons, moving_form, steering_actions, view_of
from bot.features.nights.taking_part import (
    dating,
    guests,
    hosting,
    looking_back,
    nominating,
    voting,
)
from bot.features.nights.taking_part.planning import plan_night, planning_form
from bot.features.nights.taking_part.which import (
    NO_NIGHT,
    check_host,
    may_steer,
    the_night,
)
from bot.language.grammar.durations import read_wait
from bot.messages.phrases import said, titled, undo_button
from bot.messages.replies import Actions, Block, Button, Reply
from bot.messages.spans import Usage, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find
from bot.request.registration import Handler


def night_handler(pick: RoomPicks) -> Handler:
    """Return the handler of `/night`; `pick` fills ballots up."""

    async def night(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
        if handler := _BY_ACTION.get(command.action):
            return await handler(command, context, work)
        if command.action == "open":
            return await _open(command, context, work, pick)
        return await _steer(command, context, work, pick)

    return night


def advance_handler(pick: RoomPicks) -> Handler:
    """Return the handler that the clock calls when a stage has ended."""

    async def advance(command: AdvanceNightCommand, context: Context, work: UnitOfWork) -> Reply:
        night = await work.nights.get(command.night)
        if night is not None:
            await stages.advance(night, context, work, pick)
        return said("Done.")

    return advance


async def _show(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the night in its present stage; without one, show how to plan it."""
    if not command.night and not await work.nights.open():
        past = NightCommand("history")
        return said(*NO_NIGHT, actions=(planning_form(), Button("Past nights", past)))
    night = await the_night(command.night, context, work)
    card = await night_card(await view_of(night, work), work)
    steering: tuple[Block, ...] = ()
    if night.open and await may_steer(night, context, work):
        steering = (Actions(tuple(steering_actions(night, context.now))),)
    return replace(card, blocks=(*card.blocks, *steering), visibility=Visibility.ONLY_YOU)


async def _open(
    command: NightCommand, context: Context, work: UnitOfWork, pick: RoomPicks
) -> Reply:
    """Open the vote by closing nominations; where it is open already, show the member's ballot."""
    night = await the_night(command.night, context, work, Stage.NOMINATING, Stage.VOTING)
    action = "close" if night.stage is Stage.NOMINATING else "vote"
    command = replace(command, action=action, night=night.night_id)
    if action == "vote":
        return await voting.vote(command, context, work)
    return await _steer(command, context, work, pick)


async def _steer(
    command: NightCommand, context: Context, work: UnitOfWork, pick: RoomPicks
) -> Reply:
    meant: Collection[Stage] = {"close": (), "move": MOVABLE}.get(command.action, TO_BE_WATCHED)
    night = await the_night(command.night, context, work, *meant)
    if command.action == "close" and not command.night and _to_come(night, context):
        night = await the_night(None, context, work, *UNDECIDED, Stage.RATING)
    await check_host(night, context, work)
    if not night.open:
        raise UsageError("That night is over.")
    match command.action:
        case "cancel":
            await stages.call_off(night, context, work)
            after = ", and so are those that would have followed" if night.every else ""
            return said(f"The film night is off{after}. Nominations stay for the next one.")
        case "skip" if night.every and night.stage in MOVABLE:
            return await _skip_date(night, context, work)
        case "move":
            return await _move(command, night, context, work)
        case "skip" | "close":
            return await _skip(night, context, work, pick)
        case "extend":
            return await _extend(command, night, context, work)
        case "host":
            return await hosting.hand_over(command, night, context, work)
    return await _choose(command, night, context, work)


def _to_come(night: Night, context: Context) -> bool:
    """Tell whether the film of a night is decided, and has not begun."""
    return night.stage is Stage.DECIDED and night.starts_at > context.now


async def _move(command: NightCommand, night: Night, context: Context, work: UnitOfWork) -> Reply:
    """Hold the night at another time; ask for it where none is given."""
    if not command.when and night.stage in MOVABLE:
        return said("When is it held instead?", actions=(moving_form(night),), asks=True)
    moved = await moving.move(night, command.when, context, work)
    if moved.starts_at == night.starts_at:
        return said("The film night is on ", When(night.starts_at, context.club.zone), " already.")
    return said(
        "The film night is on ",
        When(moved.starts_at, context.club.zone),
        " now. I say so here, and reminders follow.",
        actions=(
            undo_button(NightCommand("move", when=_wall(night, context), night=night.night_id)),
        ),
    )


def _wall(night: Night, context: Context) -> str:
    """Return the beginning of a night as it is typed in the club's zone."""
    return f"{night.starts_at.astimezone(ZoneInfo(context.club.zone)):%Y-%m-%d %H:%M}"


async def _skip_date(night: Night, context: Context, work: UnitOfWork) -> Reply:
    """Skip one date of a repeated night: it is held on the next date instead."""
    moved = await moving.skip_date(night, context, work)
    at = When(moved.starts_at, context.club.zone)
    if film := await work.films.get(night.film_id) if night.film_id else None:
        return said("Skipped: we watch ", titled(film), " on ", at, ".")
    kept = "Nominations stay" if night.stage is Stage.NOMINATING else "The vote goes on"
    return said("Skipped: the next film night is on ", at, f". {kept}.")


async def _skip(night: Night, context: Context, work: UnitOfWork, pick: RoomPicks) -> Reply:
    if _to_come(night, context):
        raise UsageError(
            "The film is still to be watched: it has not begun. Hold the night at another time with ",
            Usage(NightCommand("move", when="saturday at 9")),
            ", or call it off with ",
            Usage(NightCommand("cancel")),
            ".",
        )
    changed = await stages.next_stage(night, context, work, pick, skipped=True)
    match changed.stage:
        case Stage.NOMINATING:
            return said("The time is settled: ", When(changed.starts_at, context.club.zone), ".")
        case Stage.VOTING if night.stage is Stage.VOTING:
            choices = await film_buttons(night, work)
            return said("Too few have voted to count. Choose the film yourself:", actions=choices)
        case Stage.VOTING:
            return said("Nominations are closed, the vote is open.")
        case Stage.DECIDED:
            return said("The vote is closed.")
        case Stage.RATING:
            return said("Ratings are open.")
    return said("Ratings are closed.")


async def _extend(command: NightCommand, night: Night, context: Context, work: UnitOfWork) -> Reply:
    """Extend the stage; where nominations last longer, so does the vote."""
    wait = read_wait(command.when) if command.when else timedelta(hours=2)
    if wait is None:
        raise UsageError(
            "How much longer? Say it so: ", Usage(NightCommand("extend", when="2h")), "."
        )
    extensible = night.stage in {Stage.NOMINATING, Stage.VOTING} and not night.host_chooses
    if night.until is None or not extensible:
        raise UsageError("Only nominations and the vote can be extended.")
    until, last = night.until + wait, night.starts_at - timedelta(minutes=1)
    if until > last:
        raise UsageError("That is after the night begins. Name a shorter time.")
    vote_until = max(night.vote_until or until, until)
    if night.stage is Stage.NOMINATING:
        vote_until = min(vote_until + wait, last)
    await save(replace(night, until=until, vote_until=vote_until), context, work)
    return said(
        f"That goes on for {command.when or '2h'} more, until ", When(until, context.club.zone), "."
    )


async def _choose(command: NightCommand, night: Night, context: Context, work: UnitOfWork) -> Reply:
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    if night.stage not in {Stage.NOMINATING, Stage.VOTING, Stage.DECIDED}:
        raise UsageError("The film has been watched already.")
    await stages.settle(night, found.film.film_id, "chosen by the host", context, work)
    return said(titled(found.film), " it is. I say so in the channel.")


_BY_ACTION: Mapping[str, Callable[[NightCommand, Context, UnitOfWork], Awaitable[Reply]]] = (
    MappingProxyType(
        {
            "new": plan_night,
            "when": plan_night,
            "dates": dating.dates,
            "show": _show,
            "in": guests.answer,
            "out": guests.answer,
            "nominate": nominating.nominate,
            "withdraw": nominating.nominate,
            "vote": voting.vote,
            "veto": guests.veto,
            "rate": guests.ask_rating,
            "result": looking_back.look_back,
            "ledger": looking_back.look_back,
            "history": looking_back.look_back,
            "calendar": looking_back.look_back,
            "picture": looking_back.look_back,
            "ratings": looking_back.look_back,
            "turns": hosting.turns,
            "pass": hosting.pass_turn,
        }
    )
)
"""What everyone may do; the rest steers the night."""
