"""Release dates as events of a calendar: whole days, without a time zone."""

from dataclasses import replace
from datetime import date

from bot.domain.films.calendar_events import CalendarEvent
from bot.domain.films.film import Film
from bot.messages.calendars import CalendarEntry
from bot.messages.phrases import release_place


def revised(event: CalendarEvent, day: date | None) -> CalendarEvent:
    """Update an event to the current release date; None where there is none any more.

    The revision number (SEQUENCE) grows only where something has changed.
    """
    changed = replace(event, day=day or event.day, cancelled=day is None)
    return event if changed == event else replace(changed, sequence=event.sequence + 1)


def release_entry(event: CalendarEvent, film: Film) -> CalendarEntry:
    """Return the entry of a release."""
    where = release_place(event.region, event.kind)
    return CalendarEntry(
        event.uid,
        event.day,
        f"{film.title}: {where}",
        sequence=event.sequence,
        cancelled=event.cancelled,
    )
