"""Release days as the club has exported them in calendar files."""

from collections.abc import Sequence
from datetime import date

from bot.domain.films.calendar_events import CalendarEvent
from db.records import CLUB, ClubTable, Record, param, upsert
from db.schema.films import calendar

_EVENT = Record(calendar, CalendarEvent)
_EXPORTED = (
    _EVENT.select()
    .where(
        calendar.c.club_id == CLUB,
        calendar.c.region == param("of_region"),
        calendar.c.day >= param("first_day"),
    )
    .order_by(calendar.c.day, calendar.c.film_id, calendar.c.kind)
)
_SAVE = upsert(calendar)


class SqlCalendar(ClubTable):
    """Implements `bot.ports.Calendar`."""

    async def exported(self, region: str, since: date) -> Sequence[CalendarEvent]:
        """Return the events of a region from this day on, by day."""
        return await self._scope.all(_EVENT, _EXPORTED, of_region=region, first_day=since)

    async def save(self, event: CalendarEvent) -> None:
        """Insert or replace."""
        self._scope.check(event.club_id)
        await self._scope.put(_SAVE, **_EVENT.values(event))
