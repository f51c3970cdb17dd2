"""Planning of reminders and their deliveries, in the caller's transaction.

A reminder delivery is for a place and an instant, not for one reminder: its subject is the place,
and all reminders due there and then are one message. So planning a second one joins the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.clubs.club import Club, Member
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.films.film import Film, first_release
from bot.domain.films.reminders import Reminder, ReminderState, due_for
from bot.domain.ids import DeliveryId, FilmId, MemberId, PlaceId
from bot.ports.clock import Ids
from bot.ports.store import UnitOfWork

REPLAN_BATCH = 100
"""Reminders moved in one transaction: a longer one would block other writers."""

MOST_FILMS = 8
"""Films in one message of reminders: with their buttons, as many as every platform shows."""

MOST_MEMBERS = 40
"""Members whom one message of reminders mentions."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlanningContext:
    """Transaction, club, source of ids and instant (UTC) of planning."""

    work: UnitOfWork
    club: Club
    ids: Ids
    now: datetime

    def delivery(
        self, purpose: Purpose, subject: str, place: PlaceId, due_at: datetime
    ) -> Delivery:
        """Return a new delivery of this club, with a new id."""
        delivery_id = DeliveryId(self.ids.new())
        return Delivery(delivery_id, self.club.club_id, purpose, subject, place, due_at)


def zone_of(club: Club, member: Member | None, *, direct: bool) -> str:
    """Return the time zone of a reminder's day: the member's for direct ones, else the club's."""
    return (member.zone if member and direct else None) or club.zone


async def plan(reminder: Reminder, due_at: datetime, planning: PlanningContext) -> Reminder:
    """Plan a reminder for an instant, joined with others due at its place; return it as saved.

    Due a second later, or more, where the delivery of that instant is full, or may have been sent
    already.
    """
    while not await _joins(reminder, due_at, planning):
        due_at += timedelta(seconds=1)
    planned = replace(reminder, due_at=due_at, state=ReminderState.PLANNED)
    await planning.work.reminders.save(planned)
    return planned


async def _joins(reminder: Reminder, due_at: datetime, planning: PlanningContext) -> bool:
    """Plan a delivery, or join the existing one; False if that is full, or may have been sent.

    It may where the clocks of two machines differ, or one was set back.
    """
    place, work = reminder.place, planning.work
    if await work.deliveries.plan(planning.delivery(Purpose.REMINDER, place, place, due_at)):
        return True
    existing = await work.deliveries.get(Purpose.REMINDER, place, due_at)
    return (
        existing is not None
        and existing.untouched
        and _has_room(reminder, await work.reminders.due(place, due_at))
    )


def _has_room(reminder: Reminder, there: Sequence[Reminder]) -> bool:
    """Return whether one message can name a reminder, too: the film, with buttons, and its member."""
    lines = {each.release for each in there}
    return len(there) < MOST_MEMBERS and (reminder.release in lines or len(lines) < MOST_FILMS)


async def move(
    reminder: Reminder, day: date | None, due_at: datetime | None, planning: PlanningContext
) -> Reminder:
    """Plan a reminder anew, or let it wait where `due_at` is None; cancel its former delivery."""
    moved = replace(reminder, day=day, due_at=None, state=ReminderState.WAITING)
    await planning.work.reminders.save(moved)
    await _cancel_delivery(reminder, planning.work)
    return moved if due_at is None else await plan(moved, due_at, planning)


async def cancel(reminder: Reminder, work: UnitOfWork) -> None:
    """Cancel a reminder, and its delivery if no other reminder is in it."""
    await work.reminders.save(replace(reminder, state=ReminderState.CANCELLED))
    await _cancel_delivery(reminder, work)


async def _cancel_delivery(reminder: Reminder, work: UnitOfWork) -> None:
    due_at, place = reminder.due_at, reminder.place
    if due_at is not None and not await work.reminders.due(place, due_at):
        await work.deliveries.cancel(Purpose.REMINDER, place, due_at)


async def replan(
    planning: PlanningContext, *, film_id: FilmId | None = None, member_id: MemberId | None = None
) -> int:
    """Update due times after a change of release days, zones or hours; return how many moved.

    All reminders of the club, or those of a film or a member; `REPLAN_BATCH` at most, the rest is
    left to maintenance. Members get a message where the day has changed. Idempotent.
    """
    movable = [
        each
        for each in await planning.work.reminders.movable((planning.now - _A_DAY).date())
        if film_id in {None, each.film_id} and member_id in {None, each.member_id}
    ]
    if not movable:
        return 0
    films = await planning.work.films.many({each.film_id for each in movable})
    members = {each.member_id: each for each in await planning.work.members.all()}
    moved = 0
    for each in movable:
        if each.film_id in films and moved < REPLAN_BATCH:
            member = members.get(each.member_id)
            moved += await _replan(each, films[each.film_id], member, planning)
    return moved


async def _replan(
    reminder: Reminder, film: Film, member: Member | None, planning: PlanningContext
) -> bool:
    """Move a reminder if its day or due time has changed; return whether it moved."""
    release = first_release(film, reminder.region, reminder.kind)
    day = release.day if release else None
    if day == reminder.day and _settled(reminder, planning.now):
        return False
    club = planning.club
    zone = zone_of(club, member, direct=reminder.direct)
    due_at = due_for(day, reminder.lead, club.hour, zone, planning.now) if day else None
    if day == reminder.day and _same(due_at, reminder.due_at):
        return False
    moved = await move(replace(reminder, fixed=False), day, due_at, planning)
    if (
        day != reminder.day and due_at != planning.now
    ):  # if due now, the reminder itself has the new day
        await _plan_news(moved, reminder.day, planning)
    return True


def _same(due_at: datetime | None, planned: datetime | None) -> bool:
    """Return whether it is planned for that instant: `plan` may have delayed it by seconds."""
    if due_at is None or planned is None:
        return due_at is planned
    return timedelta() <= planned - due_at < timedelta(minutes=1)


def _settled(reminder: Reminder, now: datetime) -> bool:
    """Return whether only a new day may move it: it is waiting, due, or at a fixed time."""
    return reminder.due_at is None or reminder.due_at <= now or reminder.fixed


async def _plan_news(reminder: Reminder, former: date | None, planning: PlanningContext) -> None:
    """Plan a message that the day has changed; `former` is the day known before.

    If it changed back before a planned message was sent, that one is cancelled instead.
    """
    deliveries = planning.work.deliveries
    pending = moved_subject(reminder, reminder.day)
    if await deliveries.cancel(Purpose.MOVED, pending):
        return
    subject = moved_subject(reminder, former)
    await deliveries.plan(planning.delivery(Purpose.MOVED, subject, reminder.place, planning.now))


def moved_subject(reminder: Reminder, former: date | None) -> str:
    """Return the subject of a delivery about a changed day: reminder id, blank, the former ISO day or nothing."""
    return f"{reminder.reminder_id} {former.isoformat() if former else ''}"


def read_moved_subject(subject: str) -> tuple[str, date | None]:
    """Split what `moved_subject` joins: the reminder's id, and the former day or None."""
    reminder_id, _, former = subject.partition(" ")
    return reminder_id, date.fromisoformat(former) if former else None
