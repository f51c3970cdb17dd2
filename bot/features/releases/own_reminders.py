"""A member's own reminders: list, cancel, snooze; named by id or by the film's title."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.planning import cancel, plan
from bot.domain.deliveries import DeliveryState, Purpose
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.ids import FilmId
from bot.features.releases.commands import (
    EVERY_REMINDER,
    CancelReminderCommand,
    RemindCommand,
    RemindersCommand,
    SnoozeReminderCommand,
)
from bot.features.releases.moving import cancel_button, not_ahead, told
from bot.features.releases.remind import zone_for
from bot.language.grammar.durations import read_wait
from bot.language.grammar.wall_times import after_wait, read_when
from bot.messages.commands import Command
from bot.messages.phrases import counted, joined, release_place, said, titled
from bot.messages.plain_text import moment
from bot.messages.replies import Action, Block, Button, FilmItem, FilmList, Heading, Reply, Style
from bot.messages.spans import Plain, Span, Usage, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_TO_COME = frozenset({ReminderState.WAITING, ReminderState.PLANNED})
"""States of reminders that are still to be sent."""

_LIKE_ENOUGH = 0.5
"""Similarity (0..1) from which a typed title means one of the films with a reminder."""


async def reminders(_: RemindersCommand, context: Context, work: UnitOfWork) -> Reply:
    """List the member's reminders, each with buttons to snooze or cancel it."""
    every = await work.reminders.of_member(context.member.member_id)
    listed = [(each, line) for each in every if (line := await _state(each, context, work))]
    films = await work.films.many([each.film_id for each, _ in listed])
    items = tuple(
        FilmItem(
            each.film_id,
            films[each.film_id].title,
            films[each.film_id].year,
            (line,),
            tuple(_list_actions(each)),
        )
        for each, line in listed
        if each.film_id in films
    )
    if not items:
        return said(
            "You have no reminders. Try ",
            Usage(RemindCommand()),
            " and the title of a film to come.",
        )
    blocks: tuple[Block, ...] = (Heading((Plain("Your reminders"),)), FilmList(items))
    titles = ", ".join(item.title for item in items)
    return Reply(blocks, f"Your reminders: {titles}.", Visibility.ONLY_YOU)


async def cancelled(command: CancelReminderCommand, context: Context, work: UnitOfWork) -> Reply:
    """Cancel a reminder and its planned delivery, or every one."""
    if command.reminder.strip().casefold() == EVERY_REMINDER:
        return await _cancel_all(context, work)
    found = await _own(command.reminder, context, work)
    if len(found) != 1:
        return await _which(
            found, lambda each: CancelReminderCommand(each.reminder_id), context, work
        )
    reminder = found[0]
    film = await work.films.get(reminder.film_id)
    await cancel(reminder, work)
    again = _again(reminder, context)
    return said(
        "Cancelled: no reminder of ",
        titled(film) if film else "that film",
        ".",
        actions=(Button("Remind me after all", again, settles=True),),
    )


def _again(reminder: Reminder, context: Context) -> RemindCommand:
    """Return the command that plans a cancelled reminder as it was."""
    on = ""
    if reminder.fixed and reminder.day is None and reminder.due_at:
        local = reminder.due_at.astimezone(ZoneInfo(zone_for(reminder, context)))
        on = f"{local:%Y-%m-%d %H:%M}"
    return RemindCommand(
        f"id:{reminder.film_id}",
        reminder.kind,
        reminder.region,
        lead=timedelta() if on else reminder.lead,
        here=None if reminder.direct else True,
        on=on,
    )


async def _cancel_all(context: Context, work: UnitOfWork) -> Reply:
    """Cancel every reminder of the member that is still to come."""
    every = await work.reminders.of_member(context.member.member_id)
    waiting = [each for each in every if each.state in _TO_COME]
    for each in waiting:
        await cancel(each, work)
    if not waiting:
        return said("You have no reminders.")
    films = await work.films.many([each.film_id for each in waiting])
    titles = joined(sorted({film.title for film in films.values()}))
    return said(f"Cancelled: {counted(len(waiting), 'reminder')}, of {titles}.")


async def snooze(command: SnoozeReminderCommand, context: Context, work: UnitOfWork) -> Reply:
    """Snooze a reminder: from now if it has fired, else from its own time."""
    found = await _own(command.reminder, context, work, said_too=True)
    if len(found) != 1:
        return await _which(
            found, lambda each: replace(command, reminder=each.reminder_id), context, work
        )
    reminder = found[0]
    if reminder.due_at is None:
        raise UsageError("That reminder has no day yet, so there is nothing to put off.")
    zone = zone_for(reminder, context)
    if command.due is not None and reminder.due_at > command.due:
        return await _snoozed_already(reminder, context, work)
    due_at = _later(command.until, reminder.due_at, zone, context)
    await cancel(reminder, work)
    planning = context.planning(work)
    snoozed = await plan(replace(reminder, fixed=True), due_at, planning)
    buttons = (cancel_button(snoozed),)
    return await told("Snoozed: I'll remind you of ", snoozed, buttons, context, work)


async def _snoozed_already(reminder: Reminder, context: Context, work: UnitOfWork) -> Reply:
    """Say that a button pressed again has no second effect; offer another day."""
    more = Button(
        "Another day",
        SnoozeReminderCommand(reminder.reminder_id, due=reminder.due_at),
        settles=True,
    )
    return await told("Snoozed already: I'll remind you of ", reminder, (more,), context, work)


def _later(until: str, due_at: datetime, zone: str, context: Context) -> datetime:
    if wait := read_wait(until):
        return after_wait(max(due_at, context.now), wait, zone)
    return read_when(until, context.now, zone, context.club.hour, context.region)


async def _state(reminder: Reminder, context: Context, work: UnitOfWork) -> tuple[Span, ...] | None:
    """Word a reminder's state; None for one that was delivered."""
    own_time = reminder.fixed and reminder.day is None
    where = "as you said" if own_time else release_place(reminder.region, reminder.kind)
    if reminder.state is ReminderState.WAITING or reminder.due_at is None:
        return (Plain(f"{where}: no day known yet"),)
    due = When(reminder.due_at, zone_for(reminder, context))
    if reminder.due_at > context.now:
        return (due, Plain(f" · {where}"))
    delivery = await work.deliveries.get(Purpose.REMINDER, reminder.place, reminder.due_at)
    if reminder.state is ReminderState.PLANNED and delivery:
        if delivery.state is DeliveryState.DEAD:
            if await _is_told(reminder, work):
                return None
            return (due, Plain(f" · {where} · could not be delivered"))
        if delivery.state in {DeliveryState.PLANNED, DeliveryState.UNCERTAIN}:
            return (due, Plain(f" · {where} · about to be said"))
    return None


async def _is_told(reminder: Reminder, work: UnitOfWork) -> bool:
    """Return whether the member was told directly what the reminder's channel refused."""
    told = await work.deliveries.of(Purpose.UNDELIVERED, reminder.reminder_id)
    return any(each.state is DeliveryState.SENT for each in told)


async def _is_dead(reminder: Reminder, work: UnitOfWork) -> bool:
    """Return whether a reminder could not be delivered, so that it still stands in the list."""
    if reminder.due_at is None or reminder.state is not ReminderState.PLANNED:
        return False
    delivery = await work.deliveries.get(Purpose.REMINDER, reminder.place, reminder.due_at)
    return delivery is not None and delivery.state is DeliveryState.DEAD


def _list_actions(reminder: Reminder) -> Iterable[Action]:
    if reminder.due_at is not None:
        yield Button(
            "Snooze a day", SnoozeReminderCommand(reminder.reminder_id, due=reminder.due_at)
        )
    yield Button("Cancel", CancelReminderCommand(reminder.reminder_id), Style.DANGER)


async def _own(
    named: str, context: Context, work: UnitOfWork, *, said_too: bool = False
) -> Sequence[Reminder]:
    """Find the member's reminders by id or film title; NotFound if there are none.

    Of delivered ones only the last counts, and only with `said_too`.
    """
    every = await work.reminders.of_member(context.member.member_id)
    by_id = [each for each in every if each.reminder_id == named]
    films = _films_meant(named, {each.film_id for each in every}, context)
    found = by_id or [each for each in every if each.film_id in films]
    ahead = [each for each in found if each.due_at is None or each.due_at > context.now]
    if not ahead:
        ahead = [each for each in by_id if await _is_dead(each, work)]
    if not ahead and said_too:
        ahead = found[-1:]
    if not ahead:
        if by_id:
            raise not_ahead()
        raise NotFound(
            "You have no such reminder. ", Usage(RemindersCommand()), " shows those you have."
        )
    return ahead


def _films_meant(named: str, among: set[FilmId], context: Context) -> set[FilmId]:
    """Return the films, among those with a reminder of the member's, that a title means."""
    match = context.titles.resolve(named, 20)
    exact = {each.film_id for each in match.exact} & among
    near = {each.film_id for each in match.near if each.score >= _LIKE_ENOUGH} & among
    return exact or near


async def _which(
    found: Sequence[Reminder],
    command: Callable[[Reminder], Command],
    context: Context,
    work: UnitOfWork,
) -> Reply:
    """Ask which of several reminders of a film is meant."""
    films = await work.films.many([each.film_id for each in found])
    buttons = [
        Button(_named(each, films[each.film_id], context), command(each))
        for each in found
        if each.film_id in films
    ]
    return said("You have several that may be meant. Which one?", actions=buttons, asks=True)


def _named(reminder: Reminder, film: Film, context: Context) -> str:
    if reminder.due_at is None:
        return f"{film.label}, {release_place(reminder.region, reminder.kind)}"
    return f"{film.label}, {moment(reminder.due_at, zone_for(reminder, context))}"
