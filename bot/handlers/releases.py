"""What comes out when, and reminders of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.commands import CancelReminder, Releases, Remind
from bot.context import Context
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.errors import NotFound
from bot.domain.films import Film, Release, ReleaseKind, first_release
from bot.domain.ids import DeliveryId, ReminderId
from bot.domain.reminders import Reminder, ReminderState, instant_of
from bot.handlers.finding import find, reference
from bot.handlers.phrases import release_line, release_place, said, titled
from bot.plain import long_day
from bot.ports import UnitOfWork
from bot.regions import country, region_code
from bot.replies import (
    Block,
    Button,
    Day,
    FilmItem,
    FilmList,
    Heading,
    Plain,
    Reply,
    Span,
    Style,
    Visibility,
    When,
)

WEEKS_AHEAD = 8
"""How far /releases looks."""


async def remind(command: Remind, context: Context, work: UnitOfWork) -> Reply:
    """Plan a reminder, or say why there is nothing to remind of yet."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film = found.film
    region = region_code(command.region) if command.region else context.region
    release, kind = _release(film, region, command.kind)
    here = not context.member.direct if command.here is None else command.here
    if release is not None and _day_begins(release, context) <= context.now:
        return _already_out(release, film, region)
    await _replace_former(film, region, kind, context, work)
    reminder = _reminder(command, context, film, region, kind, here=here)
    if release is None:
        await work.reminders.save(reminder)
        return _waiting(reminder, film)
    planned = _planned(reminder, release, context)
    await work.reminders.save(planned)
    await work.deliveries.plan(_delivery(planned, context))
    return _receipt(planned, release, film, context)


async def reminders(context: Context, work: UnitOfWork) -> Reply:
    """List the member's reminders, each with a way to cancel it."""
    every = await work.reminders.of_member(context.member.member_id)
    waiting = [each for each in every if each.due_at is None or each.due_at > context.now]
    if not waiting:
        return said("You have no reminders. Try /remind and the title of a film to come.")
    films = await work.films.many([each.film_id for each in waiting])
    items = tuple(
        FilmItem(
            each.film_id,
            films[each.film_id].title,
            films[each.film_id].year,
            (_when(each, context),),
            (Button("Cancel", CancelReminder(each.reminder_id), Style.DANGER),),
        )
        for each in waiting
        if each.film_id in films
    )
    blocks: tuple[Block, ...] = (Heading((Plain("Your reminders"),)), FilmList(items))
    titles = ", ".join(item.title for item in items)
    return Reply(blocks, f"Your reminders: {titles}.", Visibility.ONLY_YOU)


async def cancel(command: CancelReminder, context: Context, work: UnitOfWork) -> Reply:
    """Take back a reminder and what was planned for it."""
    reminder = await work.reminders.get(command.reminder_id)
    if reminder is None or reminder.member_id != context.member.member_id:
        raise NotFound("That reminder isn't yours, or it is gone.")
    film = await work.films.get(reminder.film_id)
    await work.reminders.save(replace(reminder, state=ReminderState.CANCELLED))
    await work.deliveries.cancel(Purpose.REMINDER, reminder.reminder_id)
    again = Remind(f"id:{reminder.film_id}", reminder.kind, reminder.region)
    return said(
        "Cancelled: no reminder of ",
        titled(film) if film else "that film",
        ".",
        actions=(Button("Remind me after all", again),),
    )


async def releases(command: Releases, context: Context, work: UnitOfWork) -> Reply:
    """List what comes out in the coming weeks."""
    region = region_code(command.region) if command.region else context.club.region
    today = _today(context)
    found = await work.films.releases(region, today, today + timedelta(weeks=WEEKS_AHEAD))
    where = country(region)
    if not found:
        return said(
            f"I know of nothing that comes out in the next {WEEKS_AHEAD} weeks ({where}). "
            "The starter catalogue holds few days yet; /remind waits for a day to be known.",
            visibility=Visibility.CLUB,
        )
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (release_line(release),),
            (Button("Remind me", Remind(reference(film), release.kind, region)),),
        )
        for film, release in found
    )
    title = f"Coming out ({where})"
    blocks: tuple[Block, ...] = (Heading((Plain(title),)), FilmList(items, numbered=False))
    names = ", ".join(f"{film.title}, {long_day(release.day)}" for film, release in found)
    return Reply(blocks, f"{title}: {names}.", Visibility.CLUB)


def _reminder(
    command: Remind, context: Context, film: Film, region: str, kind: ReleaseKind, *, here: bool
) -> Reminder:
    return Reminder(
        reminder_id=ReminderId(context.ids.new()),
        club_id=context.club.club_id,
        member_id=context.member.member_id,
        film_id=film.film_id,
        region=region,
        kind=kind,
        place=context.caller.place if here else context.caller.direct,
        created_at=context.now,
        direct=not here,
        lead=command.lead,
    )


def _release(
    film: Film, region: str, kind: ReleaseKind | None
) -> tuple[Release | None, ReleaseKind]:
    """Find the release that is meant: in cinemas, a few of them will do, unless a kind was given."""
    if kind is not None:
        return first_release(film, region, kind), kind
    for each in (ReleaseKind.CINEMA, ReleaseKind.LIMITED):
        if release := first_release(film, region, each):
            return release, each
    return None, ReleaseKind.CINEMA


async def _replace_former(
    film: Film, region: str, kind: ReleaseKind, context: Context, work: UnitOfWork
) -> None:
    """Cancel what the member had asked for the same release: one reminder of it is enough."""
    for each in await work.reminders.of_member(context.member.member_id):
        if (each.film_id, each.region, each.kind) == (film.film_id, region, kind):
            await work.reminders.save(replace(each, state=ReminderState.CANCELLED))
            await work.deliveries.cancel(Purpose.REMINDER, each.reminder_id)


def _planned(reminder: Reminder, release: Release, context: Context) -> Reminder:
    """Set the instant. Where the lead has passed already, the day itself is still to come."""
    on_the_day = instant_of(release.day, context.club.hour, _zone(reminder, context))
    due_at = on_the_day - reminder.lead
    if due_at <= context.now:
        due_at, reminder = on_the_day, replace(reminder, lead=timedelta())
    return replace(reminder, day=release.day, due_at=due_at, state=ReminderState.PLANNED)


def _zone(reminder: Reminder, context: Context) -> str:
    return context.zone if reminder.direct else context.club.zone


def _day_begins(release: Release, context: Context) -> datetime:
    return instant_of(release.day, context.club.hour, context.zone)


def _receipt(reminder: Reminder, release: Release, film: Film, context: Context) -> Reply:
    place = "in a direct message" if reminder.direct else "in this channel"
    when = When(reminder.due_at or context.now, _zone(reminder, context))
    return said(
        "I'll remind you of ",
        titled(film),
        " on ",
        when,
        f", {place}. ",
        *release_line(release),
        f" (source: {release.source}).",
        actions=(Button("Cancel", CancelReminder(reminder.reminder_id)),),
    )


def _waiting(reminder: Reminder, film: Film) -> Reply:
    where = release_place(reminder.region, reminder.kind)
    return said(
        "I don't know yet when ",
        titled(film),
        f" comes out ({where}). I'll tell you when there is a day.",
        actions=(Button("Cancel", CancelReminder(reminder.reminder_id)),),
    )


def _already_out(release: Release, film: Film, region: str) -> Reply:
    """Say since when it is out, and offer a later kind of release that lies ahead."""
    later = sorted(
        {
            each.kind
            for each in film.releases
            if each.region == region and each.day > release.day and each.kind is not release.kind
        }
    )
    buttons = (
        Button(f"Remind me: {release_place(region, kind)}", Remind(reference(film), kind, region))
        for kind in later or (ReleaseKind.DIGITAL,)
        if kind is not release.kind
    )
    where = release_place(release.region, release.kind)
    return said(
        titled(film), " is already out since ", Day(release.day), f" ({where}).", actions=buttons
    )


def _when(reminder: Reminder, context: Context) -> tuple[Span, ...]:
    where = release_place(reminder.region, reminder.kind)
    if reminder.due_at is None:
        return (Plain(f"{where}: no day known yet"),)
    return (When(reminder.due_at, _zone(reminder, context)), Plain(f" · {where}"))


def _delivery(reminder: Reminder, context: Context) -> Delivery:
    return Delivery(
        delivery_id=DeliveryId(context.ids.new()),
        club_id=reminder.club_id,
        purpose=Purpose.REMINDER,
        subject=reminder.reminder_id,
        place=reminder.place,
        due_at=reminder.due_at or context.now,
    )


def _today(context: Context) -> date:
    return context.now.astimezone(ZoneInfo(context.zone)).date()
