"""Release dates as an iCalendar file (RFC 5545): all-day events, without a time zone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.calendar_events import CalendarEvent
from bot.domain.films import Film
from bot.domain.text import one_line, printable

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar"

_LONGEST_SUMMARY = 300


def revised(event: CalendarEvent, day: date | None) -> CalendarEvent:
    """Update an event to the current release date; None where there is none any more.

    The revision number (SEQUENCE) grows only where something has changed.
    """
    changed = replace(event, day=day or event.day, cancelled=day is None)
    return event if changed == event else replace(changed, sequence=event.sequence + 1)


def calendar_text(
    name: str, events: Iterable[tuple[CalendarEvent, Film, str]], now: datetime
) -> str:
    """Return the iCalendar text of events, each with film and place of release (`UK cinemas`)."""
    # icalendar takes a third of a second to import, and is seldom needed.
    from icalendar import Calendar  # noqa: PLC0415 - loaded when needed

    calendar = Calendar()
    calendar.add("prodid", "-//Matinee//Releases//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(printable(name), _LONGEST_SUMMARY))
    for event, film, where in events:
        calendar.add_component(_event(event, film, where, now))
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(event: CalendarEvent, film: Film, where: str, now: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - loaded when needed

    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", now)
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", one_line(printable(f"{film.title}: {where}"), _LONGEST_SUMMARY))
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return entry
