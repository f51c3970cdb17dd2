"""Spans as plain text: for summaries, notifications and screen readers. Spoilers stay hidden."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.domain.words.day_names import MONTHS, WEEKDAYS
from bot.domain.words.spoilers import SPOILER_HIDDEN
from bot.messages.spans import (
    Channel,
    Code,
    Day,
    Emphasis,
    Link,
    Mention,
    Plain,
    Span,
    Spoiler,
    Strong,
    Usage,
    When,
)


def plain(spans: Iterable[Span]) -> str:
    """Flatten spans to plain text."""
    return "".join(_plain(span) for span in spans)


def long_day(day: date) -> str:
    """Write a day in full, whatever the machine's locale: `26 January 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(instant: datetime, zone: str) -> str:
    """Write an instant in a zone's wall time: `Fri 26 Jan 2024, 09:00 (Europe/London)`.

    In UTC where the zone is unknown, or cannot express the instant.
    """
    try:
        local = instant.astimezone(ZoneInfo(zone))
    except (KeyError, ValueError, OSError, OverflowError):
        local, zone = instant.astimezone(UTC), "UTC"
    month = MONTHS[local.month - 1][:3]
    return (
        f"{WEEKDAYS[local.weekday()][:3]} {local.day} {month} {local.year}, "
        f"{local.hour:02}:{local.minute:02} ({zone})"
    )


def _plain(span: Span) -> str:
    match span:
        case Spoiler():
            return SPOILER_HIDDEN
        case Plain(text) | Code(text):
            return text
        case Usage():
            return str(span)
        case Strong(spans) | Emphasis(spans) | Link(spans=spans):
            return plain(spans)
        case Mention(name=name) | Channel(name=name):
            return name
        case When(instant, zone):
            return moment(instant, zone)
        case Day(day):
            return long_day(day)
