"""Reminders of one club."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, exists, or_, update

from bot.domain.deliveries import DeliveryState, Purpose
from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.ids import FilmId, MemberId, PlaceId, ReminderId
from db.records import CLUB, ClubTable, Record, param, upsert
from db.schema.deliveries import deliveries, reminders

_REMINDER = Record(reminders, Reminder)
_OF_CLUB = _REMINDER.select().where(reminders.c.club_id == CLUB)
_GET = _OF_CLUB.where(reminders.c.reminder_id == param("reminder_id"))
_OF_MEMBER = _OF_CLUB.where(
    reminders.c.member_id == param("member_id"),
    reminders.c.state != ReminderState.CANCELLED,
).order_by(
    reminders.c.due_at.is_(None),
    reminders.c.due_at,
    reminders.c.created_at,
    reminders.c.reminder_id,
)
_OF_FILM = _OF_CLUB.where(
    reminders.c.film_id == param("film_id"),
    reminders.c.state != ReminderState.CANCELLED,
).order_by(reminders.c.created_at, reminders.c.reminder_id)
_DUE = _OF_CLUB.where(
    reminders.c.place == param("of_place"),
    reminders.c.due_at == param("at"),
    reminders.c.state == ReminderState.PLANNED,
).order_by(reminders.c.created_at, reminders.c.reminder_id)
_MOVABLE = _OF_CLUB.where(
    or_(
        reminders.c.state == ReminderState.WAITING,
        and_(
            reminders.c.state.in_([ReminderState.PLANNED, ReminderState.DELIVERED]),
            reminders.c.day >= param("first_day"),
        ),
    )
).order_by(reminders.c.created_at, reminders.c.reminder_id)
_SAVE = upsert(reminders)
_digest = deliveries.alias("digest")
# A delivery folded into a digest is sent when the digest is.
_sent = exists().where(
    deliveries.c.club_id == CLUB,
    deliveries.c.purpose == Purpose.REMINDER,
    deliveries.c.subject == reminders.c.place,
    deliveries.c.due_at == reminders.c.due_at,
    deliveries.c.state == DeliveryState.SENT,
    or_(
        deliveries.c.digest_id.is_(None),
        exists().where(
            _digest.c.club_id == CLUB,
            _digest.c.delivery_id == deliveries.c.digest_id,
            _digest.c.state == DeliveryState.SENT,
        ),
    ),
)
_DELIVERED = (
    update(reminders)
    .where(reminders.c.club_id == CLUB, reminders.c.state == ReminderState.PLANNED, _sent)
    .values(state=ReminderState.DELIVERED)
)


class SqlReminders(ClubTable):
    """Implements `bot.ports.Reminders`."""

    async def get(self, reminder_id: ReminderId) -> Reminder | None:
        """Find by id."""
        return await self._scope.one(_REMINDER, _GET, reminder_id=reminder_id)

    async def of_member(self, member_id: MemberId) -> Sequence[Reminder]:
        """Return a member's reminders but cancelled ones, by due time, those without one last."""
        return await self._scope.all(_REMINDER, _OF_MEMBER, member_id=member_id)

    async def of_film(self, film_id: FilmId) -> Sequence[Reminder]:
        """Return all for this film that are not cancelled, oldest wish first."""
        return await self._scope.all(_REMINDER, _OF_FILM, film_id=film_id)

    async def due(self, place: PlaceId, at: datetime) -> Sequence[Reminder]:
        """Return those planned for this place and instant (UTC), oldest first."""
        return await self._scope.all(_REMINDER, _DUE, of_place=place, at=at)

    async def movable(self, since: date) -> Sequence[Reminder]:
        """Return those that a new release day can move: waiting, or for a day from `since` on."""
        return await self._scope.all(_REMINDER, _MOVABLE, first_day=since)

    async def save(self, reminder: Reminder) -> None:
        """Insert or replace."""
        self._scope.check(reminder.club_id)
        await self._scope.put(_SAVE, **_REMINDER.values(reminder))

    async def mark_delivered(self) -> int:
        """Mark reminders as delivered whose delivery was sent; return the number."""
        return (await self._scope.run(_DELIVERED)).rowcount
