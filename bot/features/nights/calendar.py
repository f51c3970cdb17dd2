"""A film night as an iCalendar file (RFC 5545), in the club's time zone, which it describes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.films import Film
from bot.domain.nights import Night
from bot.domain.text import one_line, printable

MEDIA_TYPE = "text/calendar"


def night_calendar(
    night: Night, film: Film | None, name: str, zone: str, now: datetime, length: timedelta
) -> str:
    """Return the iCalendar text of a night; a later file of the same night corrects it."""
    # icalendar takes a third of a second to import, and is seldom needed.
    from icalendar import Calendar, Event  # noqa: PLC0415 - loaded when needed

    calendar = Calendar()
    calendar.add("prodid", "-//Matinee//Film nights//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{night.night_id}@matinee")
    event.add("dtstamp", now)
    event.add("sequence", int((now - night.created_at).total_seconds()))
    start = night.starts_at.astimezone(ZoneInfo(zone))
    event.add("dtstart", start)
    event.add("dtend", start + length)
    what = f"Film night: {film.label}" if film else f"Film night, {name}".rstrip(", ")
    event.add("summary", one_line(printable(what), 300))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written.decode()
