"""The one writer of iCalendar files (RFC 5545): days and appointments, with their time zones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.words.text import one_line, printable

MEDIA_TYPE = "text/calendar"

_LONGEST = 300
"""Characters of a summary or a name; calendars show less."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Event of a calendar: a whole day where `start` is a date, else from an aware instant for `length`.

    `uid`: the same in every file; a higher `sequence` corrects an earlier file.
    """

    uid: str
    start: date
    summary: str
    length: timedelta = timedelta(days=1)
    sequence: int = 0
    cancelled: bool = False

    @property
    def whole_day(self) -> bool:
        """Whether it takes the day, and no hour of it."""
        return not isinstance(self.start, datetime)


def calendar_file(
    product: str, entries: Iterable[CalendarEntry], now: datetime, name: str = ""
) -> str:
    """Return the text of a calendar; instants keep the zones they are given in, which it describes.

    `product`: whose calendar it is, as in `Releases`.
    """
    # icalendar takes a third of a second to import, and is seldom needed.
    from icalendar import Calendar, Event  # noqa: PLC0415 - loaded when needed

    calendar = Calendar()
    calendar.add("prodid", f"-//Matinee//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", one_line(printable(name), _LONGEST))
    timed = False
    for each in entries:
        event = Event()
        event.add("uid", each.uid)
        event.add("sequence", each.sequence)
        event.add("dtstamp", now)
        event.add("dtstart", each.start)
        event.add("dtend", each.start + each.length)
        event.add("summary", one_line(printable(each.summary), _LONGEST))
        event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
        if each.whole_day:
            event.add("transp", "TRANSPARENT")
        timed = timed or not each.whole_day
        calendar.add_component(event)
    if timed:
        calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written.decode()
