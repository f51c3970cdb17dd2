"""Reminders and their deliveries: planned, moved and taken back in the caller's transaction.

A delivery stands for a place and an instant, not for one reminder: its subject is the place, and
whatever is due there then is one message. So planning a second one only joins the first.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.clubs import Club, Member
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.films import Film, first_release
from bot.domain.ids import DeliveryId, FilmId, MemberId, PlaceId
from bot.domain.reminders import Reminder, ReminderState, due_for
from bot.ports.clock import Ids
from bot.ports.store import UnitOfWork

AT_ONCE = 100
"""Reminders moved in one transaction: others wait for it."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlanningContext:
    """Where and when plans are made: one club, one transaction, one instant (UTC)."""

    work: UnitOfWork
    club: Club
    ids: Ids
    now: datetime

    def delivery(
        self, purpose: Purpose, subject: str, place: PlaceId, due_at: datetime
    ) -> Delivery:
        """Make a delivery of this club's under a new id."""
        delivery_id = DeliveryId(self.ids.new())
        return Delivery(delivery_id, self.club.club_id, purpose, subject, place, due_at)


def zone_of(club: Club, member: Member | None, *, direct: bool) -> str:
    """Choose the zone in which a place keeps its days: the member's in private, else the club's."""
    return (member.zone if member and direct else None) or club.zone


async def plan(reminder: Reminder, due_at: datetime, planning: PlanningContext) -> Reminder:
    """Plan to say it then, together with whatever is due at its place; return it as saved."""
    place = reminder.place
    while not await _join(planning.delivery(Purpose.REMINDER, place, place, due_at), planning):
        due_at += timedelta(seconds=1)
    planned = replace(reminder, due_at=due_at, state=ReminderState.PLANNED)
    await planning.work.reminders.save(planned)
    return planned


async def _join(delivery: Delivery, planning: PlanningContext) -> bool:
    """Plan the delivery, or join the one that stands, unless it may have been said already.

    That can be where two machines' clocks differ, or one was set back.
    """
    deliveries = planning.work.deliveries
    if await deliveries.plan(delivery):
        return True
    stands = await deliveries.get(delivery.purpose, delivery.subject, delivery.due_at)
    return stands is not None and stands.state is DeliveryState.PLANNED and stands.tried_at is None


async def move(
    reminder: Reminder, day: date | None, due_at: datetime | None, planning: PlanningContext
) -> Reminder:
    """Plan it anew, or let it wait where there is no instant; what was planned before is gone."""
    moved = replace(reminder, day=day, due_at=None, state=ReminderState.WAITING)
    await planning.work.reminders.save(moved)
    await _forget(reminder, planning.work)
    return moved if due_at is None else await plan(moved, due_at, planning)


async def cancel(reminder: Reminder, work: UnitOfWork) -> None:
    """Take it back, and its delivery too where it was alone in it."""
    await work.reminders.save(replace(reminder, state=ReminderState.CANCELLED))
    await _forget(reminder, work)


async def _forget(reminder: Reminder, work: UnitOfWork) -> None:
    due_at, place = reminder.due_at, reminder.place
    if due_at is not None and not await work.reminders.due(place, due_at):
        await work.deliveries.cancel(Purpose.REMINDER, place, due_at)


async def replan(
    planning: PlanningContext, *, film_id: FilmId | None = None, member_id: MemberId | None = None
) -> int:
    """Bring reminders in line with the days, zones and hours as they stand; return how many moved.

    All of the club's, or only those of a film or a member, and `AT_ONCE` at most: upkeep does the
    rest. Whoever had been told another day, or none, is told. Doing it again changes nothing.
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
        if each.film_id in films and moved < AT_ONCE:
            member = members.get(each.member_id)
            moved += await _replan(each, films[each.film_id], member, planning)
    return moved


async def _replan(
    reminder: Reminder, film: Film, member: Member | None, planning: PlanningContext
) -> bool:
    """Move one reminder where it has to; tell whether it had."""
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
    if day != reminder.day and due_at != planning.now:  # due at once: the reminder itself tells
        await _tell(moved, reminder.day, planning)
    return True


def _same(due_at: datetime | None, planned: datetime | None) -> bool:
    """Tell whether it is planned for that instant: `_join` may have put it seconds after."""
    if due_at is None or planned is None:
        return due_at is planned
    return timedelta() <= planned - due_at < timedelta(minutes=1)


def _settled(reminder: Reminder, now: datetime) -> bool:
    """Tell whether only a new day may move it: it waits, its time has come, or it was put off."""
    return reminder.due_at is None or reminder.due_at <= now or reminder.fixed


async def _tell(reminder: Reminder, former: date | None, planning: PlanningContext) -> None:
    """Plan the word that the day has changed; `former` is the day that was known before.

    Where it only moved back before anybody was told, there is nothing to tell.
    """
    deliveries = planning.work.deliveries
    untold = moved_subject(reminder, reminder.day)
    if await deliveries.cancel(Purpose.MOVED, untold):
        return
    subject = moved_subject(reminder, former)
    await deliveries.plan(planning.delivery(Purpose.MOVED, subject, reminder.place, planning.now))


def moved_subject(reminder: Reminder, former: date | None) -> str:
    """Name a change of day as a delivery's subject."""
    return f"{reminder.reminder_id} {former.isoformat() if former else ''}"


def read_moved_subject(subject: str) -> tuple[str, date | None]:
    """Return the reminder's id and the day that was known before."""
    reminder_id, _, former = subject.partition(" ")
    return reminder_id, date.fromisoformat(former) if former else None
