"""Changes of a reminder that is set: another day, another hour, another place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.delivery.planning import cancel, plan
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.reminders import Reminder, ReminderState
from bot.features.releases.commands import (
    CancelReminderCommand,
    MoveReminderCommand,
    PutBackReminderCommand,
    RemindersCommand,
)
from bot.features.releases.remind import zone_for
from bot.language.grammar.wall_times import after_wait, moved_to, read_when
from bot.messages.phrases import reminder_place, said, titled, undo_button
from bot.messages.replies import Button, Reply
from bot.messages.spans import Usage, When
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def move_reminder(command: MoveReminderCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a reminder anew for another time or place, and say what it is now."""
    reminder = await _ahead(command.reminder, context, work)
    timed = bool(command.on or command.shift)
    moved = _placed(replace(reminder, fixed=reminder.fixed or timed), command.here, context)
    zone = zone_for(moved, context)
    due_at = _due(reminder, command, zone, context)
    planned = await _planned(reminder, moved, due_at, context, work)
    back = _back(reminder, planned, context)
    undo = [undo_button(back)] if back else []
    buttons = (*undo, cancel_button(planned))
    return await told("Changed: I'll remind you of ", planned, buttons, context, work)


async def put_back(command: PutBackReminderCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a reminder as it was before a change, and say what it is again."""
    reminder = await _ahead(command.reminder, context, work)
    if command.due and command.due <= context.now:
        raise UsageError("The time before that change has passed already.")
    former = _placed(replace(reminder, fixed=command.fixed), command.here, context)
    planned = await _planned(reminder, former, command.due, context, work)
    buttons = (cancel_button(planned),)
    return await told("As before: I'll remind you of ", planned, buttons, context, work)


async def _ahead(reminder_id: str, context: Context, work: UnitOfWork) -> Reminder:
    """Return the member's reminder that is still to come. Raises NotFound."""
    own = await work.reminders.of_member(context.member.member_id)
    reminder = next((each for each in own if each.reminder_id == reminder_id), None)
    gone = reminder is None or reminder.state not in {ReminderState.WAITING, ReminderState.PLANNED}
    if reminder is None or gone or (reminder.due_at and reminder.due_at <= context.now):
        raise not_ahead()
    return reminder


def not_ahead() -> NotFound:
    """Return the refusal of a change of a reminder that has been said or cancelled."""
    shown = Usage(RemindersCommand())
    return NotFound("That reminder isn't ahead of you any more. ", shown, " shows those left.")


async def _planned(
    reminder: Reminder,
    changed: Reminder,
    due_at: datetime | None,
    context: Context,
    work: UnitOfWork,
) -> Reminder:
    """Plan a reminder as it is changed; without an instant it waits for a day."""
    await cancel(reminder, work)
    waiting = replace(changed, due_at=None, state=ReminderState.WAITING)
    if due_at:
        return await plan(waiting, due_at, context.planning(work))
    await work.reminders.save(waiting)
    return waiting


async def told(
    opening: str, reminder: Reminder, actions: Sequence[Button], context: Context, work: UnitOfWork
) -> Reply:
    """Return the reply that says when and where a changed reminder is said now."""
    film = await work.films.get(reminder.film_id)
    zone, due_at = zone_for(reminder, context), reminder.due_at
    when = (" on ", When(due_at, zone)) if due_at else (" once it has a day",)
    return said(
        opening,
        titled(film) if film else "that film",
        *when,
        f", {reminder_place(reminder)}.",
        actions=tuple(actions),
    )


def cancel_button(reminder: Reminder) -> Button:
    """Return the button that cancels a reminder that was just changed."""
    return Button("Cancel", CancelReminderCommand(reminder.reminder_id), settles=True)


def _back(reminder: Reminder, moved: Reminder, context: Context) -> PutBackReminderCommand | None:
    """Return what takes a change back; None where it was to be said in a channel other than this one."""
    here = None
    if moved.place != reminder.place:
        if not reminder.direct and reminder.place != context.caller.place:
            return None
        here = not reminder.direct
    return PutBackReminderCommand(reminder.reminder_id, reminder.due_at, reminder.fixed, here)


def _placed(reminder: Reminder, here: bool | None, context: Context) -> Reminder:  # noqa: FBT001 - three values
    """Return the reminder for the place that is asked for; None leaves it where it is."""
    if here is None:
        return reminder
    if here and not context.caller.may_post:
        raise UsageError("I may not write in this channel, so a reminder there would be lost.")
    place = context.caller.place if here else context.caller.direct
    return replace(reminder, place=place, direct=not here)


def _due(
    reminder: Reminder, command: MoveReminderCommand, zone: str, context: Context
) -> datetime | None:
    """Return the new instant (UTC); of a reminder without a day, a time of its own, or none."""
    former = reminder.due_at
    if command.shift:
        if former is None:
            raise UsageError("That reminder has no day yet, so there is nothing to count from.")
        due_at = after_wait(former, command.shift, zone)
        if due_at <= context.now:
            raise UsageError("That has passed already. Name another day or hour.")
        return due_at
    if not command.on:
        return former
    now, region = context.now, context.region
    moved = moved_to(command.on, former, now, zone, region) if former else None
    return moved or read_when(command.on, now, zone, context.club.hour, region)
