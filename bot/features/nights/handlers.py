"""Handlers of film nights: plan one, see how it stands, steer it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import UsageError
from bot.domain.nights import Night, Stage
from bot.domain.visibility import Visibility
from bot.features.nights import looking_back, stages, taking_part, voting
from bot.features.nights.card import night_card
from bot.features.nights.commands import AdvanceNightCommand, NightCommand
from bot.features.nights.planned import announce, save
from bot.features.nights.planning import check_place, inherited, read_start
from bot.features.nights.stages import RoomPicks
from bot.features.nights.view import coming_button, film_buttons, nomination_form, view_of
from bot.features.nights.which import NO_NIGHT, check_host, the_night
from bot.grammar.durations import read_wait
from bot.lookup.films import find
from bot.lookup.members import member_named
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Reply, Style, Usage, When
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.registration import Handler

_AT_ONCE = 3
"""Nights that can be planned at a time."""


def night_handler(pick: RoomPicks) -> Handler:
    """Return the handler of `/night`; `pick` fills ballots up."""

    async def night(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
        match command.action:
            case "new":
                return await _new(command, context, work)
            case "show":
                return await _show(command, context, work)
            case "in" | "out":
                return await taking_part.answer(command, context, work)
            case "nominate" | "withdraw":
                return await taking_part.nominate(command, context, work)
            case "vote":
                return await voting.vote(command, context, work)
            case "veto":
                return await taking_part.veto(command, context, work)
            case "rate":
                return await taking_part.ask_rating(command, context, work)
            case "result" | "ledger" | "history" | "calendar":
                return await looking_back.look_back(command, context, work)
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


async def _new(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a night, and announce it here."""
    club = context.club
    check_place(context)
    planned = await work.nights.open()
    if sum(each.stage in {Stage.NOMINATING, Stage.VOTING} for each in planned) >= _AT_ONCE:
        raise UsageError(f"{_AT_ONCE} nights are planned already. Cancel one of them first.")
    starts_at, rest = read_start(command.when, NightCommand("new", when="friday at 8"), context)
    night = await inherited(command, context, work)
    vote_until = stages.vote_end(context.now, starts_at)
    until = context.now + (vote_until - context.now) / 2
    night = replace(
        night,
        starts_at=starts_at,
        vote_until=vote_until,
        until=until.replace(second=0, microsecond=0),
        wish=" ".join(each for each in (rest, command.wish) if each),
    )
    await work.nights.save(night)
    await announce(night, context, work)
    return said(
        "Film night on ",
        When(starts_at, club.zone),
        ". I say so here, and take nominations until ",
        When(night.until or starts_at, club.zone),
        ".",
        actions=(
            coming_button(night),
            nomination_form(night),
            Button("Cancel it", NightCommand("cancel", night=night.night_id), Style.DANGER),
        ),
    )


async def _show(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show how the night stands; without one, what can be done."""
    if not command.night and not await work.nights.open():
        past = NightCommand("history")
        return said(*NO_NIGHT, actions=(Button("Past nights", past),))
    night = await the_night(command.night, context, work)
    card = await night_card(await view_of(night, work), work)
    return replace(card, visibility=Visibility.ONLY_YOU)


async def _steer(
    command: NightCommand, context: Context, work: UnitOfWork, pick: RoomPicks
) -> Reply:
    night = await the_night(command.night, context, work)
    await check_host(night, context, work)
    if not night.open:
        raise UsageError("That night is over.")
    match command.action:
        case "cancel":
            await stages.call_off(night, context, work)
            return said("The film night is off. Nominations stay for the next one.")
        case "skip":
            return await _skip(night, context, work, pick)
        case "extend":
            return await _extend(command, night, context, work)
        case "host":
            host = await member_named(command.member, context, work)
            await save(replace(night, member_id=host.member_id), context, work)
            return said(f"{host.name} hosts the night now.")
    return await _choose(command, night, context, work)


async def _skip(night: Night, context: Context, work: UnitOfWork, pick: RoomPicks) -> Reply:
    changed = await stages.next_stage(night, context, work, pick, skipped=True)
    match changed.stage:
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
    """Let the stage last longer; the vote moves along with the nominations."""
    wait = read_wait(command.when) if command.when else timedelta(hours=2)
    if wait is None:
        raise UsageError(
            "How much longer? Say it so: ", Usage(NightCommand("extend", when="2h")), "."
        )
    if night.until is None or night.stage not in {Stage.NOMINATING, Stage.VOTING}:
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
