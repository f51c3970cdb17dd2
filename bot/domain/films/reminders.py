"""Reminders of films on the day they come out, and their instants."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.films.film import ReleaseKind
from bot.domain.ids import ClubId, FilmId, MemberId, PlaceId, ReminderId


class ReminderState(StrEnum):
    """Waiting for a date, planned for one, delivered, or cancelled."""

    WAITING = "waiting"
    PLANNED = "planned"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Reminder that a member asked for. `day`: local to the region; `due_at`: UTC, None while waiting.

    `fixed`: the member chose the instant: with a `day` by putting the reminder off, so that only a
    new day moves it; without one by naming a time of their own, which nothing moves.
    """

    reminder_id: ReminderId
    club_id: ClubId
    member_id: MemberId
    film_id: FilmId
    region: str
    kind: ReleaseKind
    place: PlaceId
    created_at: datetime
    direct: bool = True
    lead: timedelta = timedelta()
    day: date | None = None
    due_at: datetime | None = None
    state: ReminderState = ReminderState.WAITING
    fixed: bool = False

    @property
    def release(self) -> tuple[FilmId, str, ReleaseKind, date | None]:
        """The release that it is of; a message has one line for each."""
        return self.film_id, self.region, self.kind, self.day


def instant_of(day: date, hour: time, zone: str) -> datetime:
    """Resolve a local day and hour in an IANA zone to one UTC instant.

    An hour that the clocks skip moves forward by the length of the gap; of an hour that comes
    twice the first is meant.
    """
    local = datetime.combine(day, hour.replace(fold=0), tzinfo=ZoneInfo(zone))
    return local.astimezone(ZoneInfo("UTC"))


def due_for(day: date, lead: timedelta, hour: time, zone: str, now: datetime) -> datetime:
    """Choose the instant (UTC) of a reminder: the lead before the day's hour.

    Days of the lead are days in the zone, whatever the clocks do between. Where that has passed it
    is the hour itself, and where that has passed too it is `now`.
    """
    on_the_day = instant_of(day, hour, zone)
    whole_days = timedelta(days=lead.days)
    before = instant_of(day - whole_days, hour, zone) - (lead - whole_days)
    return before if before > now else max(on_the_day, now)
