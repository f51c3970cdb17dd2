"""Reminders as events of a calendar, which keep their ids over exports."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder
from bot.messages.calendars import CalendarEntry, calendar_file

_SHORT = timedelta(minutes=15)
"""Length of a reminder at a time of the member's own."""


def reminder_entry(reminder: Reminder, film: Film, where: str, zone: str) -> CalendarEntry | None:
    """Return the entry of a reminder: its day, else its instant in a zone; None while it waits for one.

    `where`: the place of release, as in `UK cinemas`.
    """
    uid = f"{reminder.reminder_id}@matinee"
    if reminder.day is not None:
        return CalendarEntry(uid, reminder.day, f"{film.title}: {where}")
    if reminder.due_at is None:
        return None
    return CalendarEntry(uid, reminder.due_at.astimezone(ZoneInfo(zone)), film.label, _SHORT)


def reminders_file(
    reminders: Sequence[tuple[Reminder, Film, str]], zone: str, now: datetime
) -> str:
    """Return the text of a calendar of reminders, each with its film and place of release."""
    found = (reminder_entry(*each, zone) for each in reminders)
    return calendar_file("Reminders", (each for each in found if each), now, "My reminders")
