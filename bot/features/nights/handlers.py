"""Handlers of film nights: show a night, change it, bring it to its next stage."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.domain.nights import Stage
from bot.features.nights.commands import AdvanceNightCommand, NightCommand
from bot.features.nights.schedule import stages
from bot.features.nights.schedule.stages import RoomPicks
from bot.features.nights.showing.card import night_card
from bot.features.nights.showing.view import (
    also_open,
    looking_back_buttons,
    steering_actions,
    view_of,
)
from bot.features.nights.steering import steer
from bot.features.nights.taking_part import (
    dating,
    guests,
    hosting,
    looking_back,
    nominating,
    voting,
)
from bot.features.nights.taking_part.planning import plan_night, planning_form, rules_form
from bot.features.nights.taking_part.which import (
    NO_NIGHT,
    may_steer,
    the_night,
)
from bot.messages.phrases import said
from bot.messages.replies import Actions, Block, Reply
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.registration import Handler


def night_handler(pick: RoomPicks) -> Handler:
    """Return the handler of `/night`; `pick` fills ballots up."""

    async def night(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
        if handler := _BY_ACTION.get(command.action):
            return await handler(command, context, work)
        if command.action == "open":
            return await _open(command, context, work, pick)
        return await steer(command, context, work, pick)

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
        return said(*NO_NIGHT, actions=(planning_form(), rules_form(), *looking_back_buttons()))
    night = await the_night(command.night, context, work)
    card = await night_card(await view_of(night, work), work)
    more: list[Block] = []
    if night.open and await may_steer(night, context, work):
        more.append(Actions(tuple(steering_actions(night, context.now))))
    more += await also_open(night, context, work)
    return replace(card, blocks=(*card.blocks, *more), visibility=Visibility.ONLY_YOU)


async def _open(
    command: NightCommand, context: Context, work: UnitOfWork, pick: RoomPicks
) -> Reply:
    """Open the vote by closing nominations; where it is open already, show the member's ballot."""
    night = await the_night(command.night, context, work, Stage.NOMINATING, Stage.VOTING)
    action = "close" if night.stage is Stage.NOMINATING else "vote"
    command = replace(command, action=action, night=night.night_id)
    if action == "vote":
        return await voting.vote(command, context, work)
    return await steer(command, context, work, pick)


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
