"""The club's reminders."""

from collections.abc import Sequence

from bot.domain.ids import MemberId, ReminderId
from bot.domain.reminders import Reminder, ReminderState
from db.records import CLUB, Record, Scope, param, upsert
from db.schema import reminders

_REMINDER = Record(reminders, Reminder)
_OF_CLUB = _REMINDER.select().where(reminders.c.club_id == CLUB)
_GET = _OF_CLUB.where(reminders.c.reminder_id == param("reminder_id"))
_OF_MEMBER = _OF_CLUB.where(
    reminders.c.member_id == param("member_id"),
    reminders.c.state.in_([ReminderState.WAITING, ReminderState.PLANNED]),
).order_by(
    reminders.c.due_at.is_(None),
    reminders.c.due_at,
    reminders.c.created_at,
    reminders.c.reminder_id,
)
_SAVE = upsert(reminders)


class SqlReminders:
    """Implements `bot.ports.Reminders`."""

    def __init__(self, scope: Scope) -> None:
        """Work in one transaction of one club."""
        self._scope = scope

    async def get(self, reminder_id: ReminderId) -> Reminder | None:
        """Find by id."""
        return await self._scope.one(_REMINDER, _GET, reminder_id=reminder_id)

    async def of_member(self, member_id: MemberId) -> Sequence[Reminder]:
        """Return those waiting or planned, soonest first, those without a date last."""
        return await self._scope.all(_REMINDER, _OF_MEMBER, member_id=member_id)

    async def save(self, reminder: Reminder) -> None:
        """Insert or replace."""
        self._scope.check(reminder.club_id)
        await self._scope.put(_SAVE, **_REMINDER.values(reminder))
