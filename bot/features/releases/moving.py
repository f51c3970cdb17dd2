"""Changes of a reminder that is set: another day, another hour, another place."""

from dataclasses import replace
from datetime import datetime

from bot.delivery.planning import cancel, plan, zone_of
from bot.domain.errors import NotFound, UsageError
from bot.domain.reminders import Reminder
from bot.features.releases.commands import (
    CancelReminderCommand,
    MoveReminderCommand,
    RemindersCommand,
)
from bot.grammar.wall_times import after_wait, moved_to, read_when
from bot.messages.phrases import reminder_place, said, titled
from bot.messages.replies import Button, Reply
from bot.messages.spans import Usage, When
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def move_reminder(command: MoveReminderCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a reminder anew for another time or place, and say what it is now."""
    own = await work.reminders.of_member(context.member.member_id)
    reminder = next((each for each in own if each.reminder_id == command.reminder), None)
    if reminder is None or (reminder.due_at and reminder.due_at <= context.now):
        raise NotFound(
            "That reminder isn't ahead of you any more. ",
            Usage(RemindersCommand()),
            " shows those left.",
        )
    film = await work.films.get(reminder.film_id)
    moved = _placed(reminder, command, context)
    zone = zone_of(context.club, context.member, direct=moved.direct)
    due_at = _due(reminder, command, zone, context)
    await cancel(reminder, work)
    planned = moved
    if due_at is None:
        await work.reminders.save(moved)
    else:
        planning = context.planning(work)
        planned = await plan(moved, due_at, planning)
    when = (" on ", When(planned.due_at or due_at, zone)) if due_at else (" once it has a day",)
    return said(
        "Changed: I'll remind you of ",
        titled(film) if film else "that film",
        *when,
        f", {reminder_place(planned)}.",
        actions=(Button("Cancel", CancelReminderCommand(planned.reminder_id), settles=True),),
    )


def _placed(reminder: Reminder, command: MoveReminderCommand, context: Context) -> Reminder:
    """Return the reminder for the place that is asked for; a time of the member's own stays where it is put."""
    timed = bool(command.on or command.shift)
    moved = replace(reminder, fixed=reminder.fixed or timed)
    if command.here is None:
        return moved
    if command.here and not context.caller.may_post:
        raise UsageError("I may not write in this channel, so a reminder there would be lost.")
    place = context.caller.place if command.here else context.caller.direct
    return replace(moved, place=place, direct=not command.here)


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
