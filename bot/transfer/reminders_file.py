"""Reminders as an iCalendar file (RFC 5545): all-day events, which keep their ids over exports."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.films import Film
from bot.domain.reminders import Reminder
from bot.domain.text import one_line, printable


def reminders_file(reminders: Sequence[tuple[Reminder, Film, str]], now: datetime) -> str:
    """Return the text of a calendar: each reminder with its film and the place of release, `UK cinemas`.

    Reminders that wait for a day are left out: a calendar has no place for them.
    """
    # icalendar takes a third of a second to import, and is seldom needed.
    from icalendar import Calendar, Event  # noqa: PLC0415 - loaded when needed

    calendar = Calendar()
    calendar.add("prodid", "-//Matinee//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "My reminders")
    for reminder, film, where in reminders:
        if reminder.day is None:
            continue
        event = Event()
        event.add("uid", f"{reminder.reminder_id}@matinee")
        event.add("dtstamp", now)
        event.add("dtstart", reminder.day)
        event.add("dtend", reminder.day + timedelta(days=1))
        event.add("summary", one_line(printable(f"{film.title}: {where}"), 300))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
