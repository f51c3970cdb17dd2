"""Calendar entry of a film night, in the club's time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.films.film import Film
from bot.domain.nights import Night
from bot.messages.calendars import CalendarEntry


def night_entry(
    night: Night, film: Film | None, name: str, zone: str, now: datetime, length: timedelta
) -> CalendarEntry:
    """Return the entry of a night, which replaces earlier ones of the same night. `name`: the club's."""
    return CalendarEntry(
        f"{night.night_id}@matinee",
        night.starts_at.astimezone(ZoneInfo(zone)),
        f"Film night: {film.label}" if film else f"Film night, {name}".rstrip(", "),
        length,
        sequence=int((now - night.created_at).total_seconds()),
    )
