"""Spans of days in a person's own words: `this week`, `in january`, `next month`, `the next two weeks`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.domain.words.day_names import MONTHS, WEEKDAYS
from bot.domain.words.numbers import number_words
from bot.domain.words.text import folded
from bot.language.grammar.day_words import MONTH, WEEKDAY, weekday_number

_COUNTS = {**number_words(2, 12), "few": 3, "couple": 2}
_WEEK = timedelta(weeks=1)
_WEEKEND = 4
"""Day of the week, from Monday as 0, with which a weekend begins."""

_DAY = timedelta(days=1)
_FURTHEST = 24
"""Most weeks or months that a count may say."""

_YEARS = range(1, 9999)
"""Years whose days, and the day after them, a date can hold."""


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:(?:in|on|for|of|over|during|within|by)\s+)?(?:
            (?P<day>today|tonight|tomorrow|yesterday)
          | (?P<which>this|next|last|the\s+coming|coming|the\s+last|the\s+next)\s+(?P<unit>week|weekend|month|year)
          | (?:the\s+|(?P<gone>past)\s+)?(?P<weekend>weekend)
          | (?:(?P<side>next|last|past|this)\s+)?(?P<weekday>{WEEKDAY})s?
          | (?:the\s+)?(?P<ahead>next|coming|last|past)\s+(?:a\s+)?(?P<count>\d{{1,2}}|{"|".join(_COUNTS)})\s+(?:of\s+)?(?P<units>days|weeks|months)
          | (?:the\s+month\s+of\s+)?(?:(?P<before>last|past|next|this)\s+)?(?P<month>{MONTH})(?:,?\s+(?P<year>\d{{4}}))?
          | (?P<only>\d{{4}})
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days from `first` to `last`, and how they are called: `this week`, `in January`."""

    first: date
    last: date
    label: str


def read_span(typed: str, today: date) -> DaySpan | None:
    """Read a span of days; None where the text is none."""
    found = _named().fullmatch(folded(" ".join(typed.split())))
    if found is None:
        return None
    typed_year = found["year"] or found["only"]
    if typed_year and int(typed_year) not in _YEARS:
        return None
    if found["month"]:
        return _month(found, today)
    if found["only"]:
        year = int(found["only"])
        return DaySpan(date(year, 1, 1), date(year, 12, 31), f"in {year}")
    if found["units"]:
        return _counted(found, today)
    if found["unit"] or found["weekend"]:
        return _unit(found, today)
    return _one_day(found, today)


def is_span(typed: str) -> bool:
    """Tell whether a text is a span of days, whatever day it is today."""
    return read_span(typed, date(2024, 1, 1)) is not None


def _month(found: re.Match[str], today: date) -> DaySpan:
    """Return the month that is named: this year's, or the one before or after that is meant."""
    number = next(n for n, name in enumerate(MONTHS, 1) if name[:3] == found["month"][:3].title())
    before = (found["before"] or "").lower()
    year = int(found["year"]) if found["year"] else today.year
    if not found["year"]:
        gone = number > today.month or (before == "last" and number == today.month)
        if before in {"last", "past"}:
            year -= gone
        elif number < today.month or (before == "next" and number == today.month):
            year += 1
    first = date(year, number, 1)
    name = MONTHS[number - 1]
    named = name if year == today.year else f"{name} {year}"
    return DaySpan(first, _month_on(first, 1) - _DAY, f"in {named}")


def _counted(found: re.Match[str], today: date) -> DaySpan | None:
    count = _COUNTS.get(found["count"].lower()) or int(found["count"])
    if not 1 <= count <= _FURTHEST:
        return None
    units = found["units"].lower()
    back = found["ahead"].lower() in {"last", "past"}
    if units == "months":
        end = _month_on(today, -count if back else count)
    else:
        wait = (_WEEK if units == "weeks" else _DAY) * count
        end = today - wait if back else today + wait
    label = f"in the {'last' if back else 'next'} {count} {units if count > 1 else units[:-1]}"
    return DaySpan(min(end, today), max(end, today), label)


def _unit(found: re.Match[str], today: date) -> DaySpan:
    unit = (found["unit"] or "weekend").lower()
    which = re.sub(r"^the\s+", "", (found["which"] or "this").lower()).replace("coming", "next")
    if found["gone"] and today.weekday() < _WEEKEND:
        which = "last"
    step = {"this": 0, "next": 1, "last": -1}[which]
    label = f"{which} {unit}"
    if unit == "year":
        year = today.year + step
        return DaySpan(date(year, 1, 1), date(year, 12, 31), label)
    if unit == "month":
        first = _month_on(today.replace(day=1), step)
        return DaySpan(first, _month_on(first, 1) - _DAY, label)
    monday = today - timedelta(days=today.weekday()) + _WEEK * step
    if unit == "weekend":
        return DaySpan(monday + timedelta(days=_WEEKEND), monday + timedelta(days=6), label)
    return DaySpan(monday, monday + timedelta(days=6), label)


def _one_day(found: re.Match[str], today: date) -> DaySpan:
    if found["day"]:
        named = found["day"].lower()
        day = today + {"yesterday": -_DAY, "tomorrow": _DAY}.get(named, timedelta())
        return DaySpan(day, day, "today" if named == "tonight" else named)
    number, side = weekday_number(found["weekday"]), (found["side"] or "").lower()
    ahead = timedelta(days=(number - today.weekday()) % 7)
    day = today + ahead - (_WEEK if side in {"last", "past"} else timedelta())
    if side == "next":
        day = today - timedelta(days=today.weekday()) + _WEEK + timedelta(days=number)
    return DaySpan(day, day, f"on {WEEKDAYS[number]}")


def _month_on(day: date, count: int) -> date:
    month = day.month - 1 + count
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - _DAY
    return first.replace(day=min(day.day, last.day))
