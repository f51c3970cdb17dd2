"""Steering of a night by its host or an admin: its stages ended, prolonged or cut short, its date, its film."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError
from bot.domain.nights import TO_BE_WATCHED, UNDECIDED, Night, Stage
from bot.features.nights.commands import NightCommand
from bot.features.nights.counting.methods import BY_HOST
from bot.features.nights.schedule import moving, stages
from bot.features.nights.schedule.moving import MOVABLE
from bot.features.nights.schedule.planned import save, tell
from bot.features.nights.schedule.stages import RoomPicks
from bot.features.nights.showing.view import film_buttons, moving_form
from bot.features.nights.taking_part import guests, hosting
from bot.features.nights.taking_part.which import check_host, the_night
from bot.language.grammar.durations import read_wait
from bot.messages.phrases import said, titled, undo_button
from bot.messages.replies import Reply
from bot.messages.spans import Usage, When
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find

LONGEST_REASON = 300
"""Longest reason for calling a night off, in characters."""


async def steer(
    command: NightCommand, context: Context, work: UnitOfWork, pick: RoomPicks
) -> Reply:
    """Do what only the host of a night or an admin may. Raises NotAllowed."""
    meant: Collection[Stage] = {"close": (), "move": MOVABLE}.get(command.action, TO_BE_WATCHED)
    night = await the_night(command.night, context, work, *meant)
    if command.action == "close" and not command.night and _to_come(night, context):
        night = await the_night(None, context, work, *UNDECIDED, Stage.RATING)
    await check_host(night, context, work)
    if not night.open:
        raise UsageError("That night is over.")
    match command.action:
        case "cancel":
            return await _cancel(command, night, context, work)
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


async def _cancel(command: NightCommand, night: Night, context: Context, work: UnitOfWork) -> Reply:
    """Call the night off; a reason is kept with the member's part in it, so that it goes with them."""
    if command.reason:
        part = await guests.my_part(night, context, work)
        part = part or replace(guests.blank_part(night, context), coming=False)
        why = guests.for_all(command.reason[:LONGEST_REASON])
        await work.nights.save_guest(replace(part, rating=None, text=why))
    await stages.call_off(night, f"off{_by(night, context)}", context, work)
    after = ", and so are those that would have followed" if night.every else ""
    return said(f"The film night is off{after}. Nominations stay for the next one.")


def _by(night: Night, context: Context) -> str:
    """Return what the name of a piece of news adds of who is behind it."""
    return " by host" if night.member_id in {None, context.member.member_id} else " by admin"


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
    """Let the stage last longer, or shorter for `-1h`; where nominations last longer, so does the vote."""
    typed = command.when.strip() or "2h"
    wait = read_wait(typed.lstrip("-–+ ").removeprefix("by "))
    if wait is None:
        raise UsageError(
            "How much longer, or shorter? Say it so: ",
            Usage(NightCommand("extend", when="2h")),
            ", ",
            Usage(NightCommand("extend", when="-1h")),
            ".",
        )
    wait = -wait if typed.startswith(("-", "–")) else wait
    movable = night.stage in {Stage.NOMINATING, Stage.VOTING} and not night.host_chooses
    if night.until is None or not movable:
        raise UsageError("Only nominations and the vote can be extended or shortened.")
    until, last = night.until + wait, night.starts_at - timedelta(minutes=1)
    if until > last:
        raise UsageError("That is after the night begins. Name a shorter time.")
    if until <= context.now:
        raise UsageError(
            "That is over already by then. End it now with ", Usage(NightCommand("close")), "."
        )
    vote_until = until
    if night.stage is Stage.NOMINATING:
        longer = (night.vote_until or until) + max(wait, timedelta())
        vote_until = max(min(longer, last), until)
    changed = replace(night, until=until, vote_until=vote_until)
    await moving.replan_vote_reminders(changed, context, work)
    await tell(changed, f"end{_by(night, context)}", context.now, context, work)
    await save(changed, context, work)
    what = "Nominations are" if night.stage is Stage.NOMINATING else "The vote is"
    return said(f"{what} open until ", When(until, context.club.zone), " now. I say so here.")


async def _choose(command: NightCommand, night: Night, context: Context, work: UnitOfWork) -> Reply:
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    if night.stage not in {Stage.NOMINATING, Stage.VOTING, Stage.DECIDED}:
        raise UsageError("The film has been watched already.")
    await stages.settle(night, found.film.film_id, BY_HOST, context, work)
    return said(titled(found.film), " it is. I say so in the channel.")
