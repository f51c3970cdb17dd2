"""New reminders: of a release, or at a time of the member's own."""

from dataclasses import replace

from bot.catalogue.starter import SOURCE as STARTER
from bot.delivery.planning import PlanningContext, cancel, plan, zone_of
from bot.domain.errors import UsageError
from bot.domain.films.film import Film, Release, ReleaseKind, first_release
from bot.domain.films.reminders import Reminder, due_for, instant_of
from bot.domain.ids import ReminderId
from bot.domain.regions import region_code
from bot.features.releases.commands import AddReleaseCommand, CancelReminderCommand, RemindCommand
from bot.language.grammar.wall_times import read_when
from bot.messages.phrases import (
    lead_words,
    release_line,
    release_place,
    reminder_place,
    said,
    titled,
)
from bot.messages.replies import Button, Form, Reply
from bot.messages.spans import Channel, Day, Span, When
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, reference


async def remind(command: RemindCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a reminder, or explain why none is possible yet."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film = found.film
    planning = context.planning(work)
    region = region_code(command.region) if command.region else context.region
    release, kind = _release(film, region, command.kind)
    reminder = _reminder(command, context, film, region, kind)
    if not (reminder.direct or context.caller.may_post):
        return _not_there(command, film, context)
    if command.on:
        return await _on_a_day_of_ones_own(command, reminder, film, release, planning, context)
    if release is None:
        await _replace_former(reminder, planning)
        await work.reminders.save(reminder)
        return _waiting(reminder, film, context)
    if instant_of(release.day, context.club.hour, zone_for(reminder, context)) <= context.now:
        return _already_out(command, release, film)
    await _replace_former(reminder, planning)
    zone = zone_for(reminder, context)
    due_at = due_for(release.day, reminder.lead, context.club.hour, zone, context.now)
    planned = await plan(replace(reminder, day=release.day), due_at, planning)
    return _receipt(planned, release, film, context)


async def _on_a_day_of_ones_own(
    command: RemindCommand,
    reminder: Reminder,
    film: Film,
    release: Release | None,
    planning: PlanningContext,
    context: Context,
) -> Reply:
    """Plan a reminder at the member's own time, whether the film is out or not."""
    zone = zone_for(reminder, context)
    asked = read_when(command.on, context.now, zone, context.club.hour, reminder.region)
    due_at = asked - command.lead
    if due_at <= context.now:
        raise UsageError(f"{lead_words(command.lead)} before that has passed already.")
    planned = await plan(replace(reminder, fixed=True), due_at, planning)
    known = _known(release) if release and release.day >= context.now.date() else ()
    return said(
        "I'll remind you of ",
        titled(film),
        " on ",
        When(planned.due_at or due_at, zone),
        f", {reminder_place(planned)}. ",
        *known,
        actions=(Button("Cancel", CancelReminderCommand(planned.reminder_id), settles=True),),
    )


def _reminder(
    command: RemindCommand, context: Context, film: Film, region: str, kind: ReleaseKind
) -> Reminder:
    here = not context.member.direct if command.here is None else command.here
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


def _not_there(command: RemindCommand, film: Film, context: Context) -> Reply:
    """Say that a reminder in this channel would reach nobody, and offer to remind privately."""
    private = replace(command, film=reference(film), here=False)
    return said(
        "I may not write in ",
        Channel(context.caller.place, "this channel"),
        ", so a reminder of ",
        titled(film),
        " there would be lost. Those who run this club can let me in; I can also remind you "
        "privately.",
        actions=(Button("Remind me privately", private, settles=True),),
    )


def _release(
    film: Film, region: str, kind: ReleaseKind | None
) -> tuple[Release | None, ReleaseKind]:
    """Find the release meant: cinema or limited cinema, unless a kind was given."""
    if kind is not None:
        return first_release(film, region, kind), kind
    for each in (ReleaseKind.CINEMA, ReleaseKind.LIMITED):
        if release := first_release(film, region, each):
            return release, each
    return None, ReleaseKind.CINEMA


async def _replace_former(reminder: Reminder, planning: PlanningContext) -> None:
    """Cancel the member's earlier reminder of the same release."""
    same = (reminder.film_id, reminder.region, reminder.kind)
    for each in await planning.work.reminders.of_member(reminder.member_id):
        own_time = each.fixed and each.day is None
        if (each.film_id, each.region, each.kind) == same and not own_time:
            await cancel(each, planning.work)


def zone_for(reminder: Reminder, context: Context) -> str:
    """Return the time zone in which a reminder of the member falls due."""
    return zone_of(context.club, context.member, direct=reminder.direct)


def _receipt(reminder: Reminder, release: Release, film: Film, context: Context) -> Reply:
    zone = zone_for(reminder, context)
    due_at = reminder.due_at or context.now
    missed = due_at > instant_of(release.day, context.club.hour, zone) - reminder.lead
    passed = f" {lead_words(reminder.lead)} before has passed already." if missed else ""
    return said(
        "I'll remind you of ",
        titled(film),
        " on ",
        When(due_at, zone),
        f", {reminder_place(reminder)}.{passed} ",
        *_known(release),
        actions=(Button("Cancel", CancelReminderCommand(reminder.reminder_id), settles=True),),
    )


def _known(release: Release) -> tuple[Span | str, ...]:
    """Word the day of a release, and who says so where it is not Matinee's own list."""
    source = "" if release.source == STARTER else f" (source: {release.source})"
    return (*release_line(release), f"{source}.")


def _waiting(reminder: Reminder, film: Film, context: Context) -> Reply:
    where = release_place(reminder.region, reminder.kind)
    today = context.now.date()
    note = AddReleaseCommand(film.film_id, reminder.region, reminder.kind, today)
    told: tuple[Span | str, ...] = (
        "I don't know yet when ",
        titled(film),
        f" comes out ({where}). I'll tell you when there is a day.",
    )
    if film.year is not None and film.year < today.year - 1:
        told = (
            titled(film),
            f" has been out for years. I'll tell you if a new day comes ({where}).",
        )
    return said(
        *told,
        actions=(
            Form("I know the day", note, ("day",)),
            Button("Cancel", CancelReminderCommand(reminder.reminder_id), settles=True),
        ),
    )


def _already_out(command: RemindCommand, release: Release, film: Film) -> Reply:
    """Say since when the film is out, and offer a kind of release still ahead."""
    later = {
        each.kind: each.day
        for each in sorted(film.releases, key=lambda each: each.day, reverse=True)
        if each.region == release.region and each.day > release.day
    }
    later.pop(release.kind, None)
    kinds = (
        sorted(later, key=lambda kind: later[kind])
        or [
            kind for kind in (ReleaseKind.DIGITAL, ReleaseKind.PHYSICAL) if kind is not release.kind
        ][:1]
    )
    buttons = (
        Button(
            f"Remind me: {release_place(release.region, kind)}",
            replace(command, film=reference(film), kind=kind, region=release.region),
        )
        for kind in kinds
    )
    where = release_place(release.region, release.kind)
    return said(
        titled(film), " has been out since ", Day(release.day), f" ({where}).", actions=buttons
    )
