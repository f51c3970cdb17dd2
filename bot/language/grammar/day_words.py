"""Days of the calendar as people write them: 2026-11-29, 29.11., 11/29, 29 November, Nov 29th 2026."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.domain.errors import UsageError
from bot.domain.words.day_names import MONTHS, WEEKDAYS
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded

MONTH_FIRST = frozenset({"US", "PH", "PW", "FM"})
"""Regions that write 11/29 for 29 November."""

_LONGEST = {month: calendar.monthrange(2024, month)[1] for month in range(1, 13)}
"""Number of days of each month, in a leap year."""

_MONTHS = [name[:3].lower() for name in MONTHS]
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)"
)
_ISO = lazy_pattern(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:t(?=\d))?")
_NUMBERS = lazy_pattern(
    r"(?<![\d:])(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2})|\.)?(?![\d:])"
)
_BESIDE_A_DAY = lazy_pattern(rf"\b(?:{WEEKDAY}|today|tomorrow|yesterday)\b")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month>{MONTH})"
        rf"|(?P<month2>{MONTH})\s+(?:the\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)(?![\w:])(?:,?\s+(?P<year>\d{{4}}))?"
    )


class NoSuchDay(UsageError):
    """Day that is not in the calendar: 31 February."""


def weekday_number(typed: str) -> int:
    """Return the number of a weekday, 0 for Monday, by its first three letters."""
    begins = folded(typed[:3]).capitalize()
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(begins))


@dataclass(frozen=True, slots=True)
class DayWords:
    """Day of the calendar in a text: its offsets, and its numbers; `year` as typed, 26 or 2026."""

    start: int
    end: int
    month: int
    number: int
    year: int | None = None

    def of(self, year: int) -> date:
        """Return the day in a year; NoSuchDay where there is none."""
        try:
            return date(year, self.month, self.number)
        except ValueError:
            raise self._missing(f" {year}") from None

    def _missing(self, year: str = "") -> NoSuchDay:
        named = f"{self.number} {_MONTHS[(self.month - 1) % 12].capitalize()}{year}"
        return NoSuchDay(f"There is no day {named}. Say it so: 26 January.")

    def in_years(self, years: range) -> list[date]:
        """Return the day in each of these years that has it; NoSuchDay for a day no year has."""
        if not 1 <= self.number <= _LONGEST.get(self.month, 0):
            raise self._missing()
        leap = (self.month, self.number) == (2, 29)
        return [self.of(year) for year in years if not leap or _is_leap(year)]


def find_day(text: str, region: str) -> DayWords | None:
    """Find a day in figures or with the name of a month in lower-case text.

    NoSuchDay for figures that can only be a day, but are none.
    """
    if found := _ISO.search(text):
        return DayWords(
            *found.span(), int(found["month"]), int(found["day"]), year=int(found["year"])
        )
    if found := _named().search(text):
        month = 1 + _MONTHS.index((found["month"] or found["month2"])[:3])
        number, year = int(found["day"] or found["day2"]), found["year"]
        return DayWords(*found.span(), month, number, int(year) if year else None)
    for found in _NUMBERS.finditer(text):
        if numbers := _in_figures(found, text, region):
            year = found["year"]
            return DayWords(*found.span(), *numbers, int(year) if year else None)
    return None


def _in_figures(found: re.Match[str], text: str, region: str) -> tuple[int, int] | None:
    """Return month and day of a date in figures; None where they can only be a clock."""
    first, second = int(found["first"]), int(found["second"])
    month_first = region in MONTH_FIRST and found["sign"] == "/"
    month, number = (first, second) if month_first else (second, first)
    if month > 12 >= number > 0 and found["sign"] == "/":
        month, number = number, month
    closed = found["year"] or found[0].endswith(".") or found["sign"] == "/"
    beside_a_day = not closed and _BESIDE_A_DAY.search(text)
    if not 1 <= month <= 12 or not 1 <= number <= 31 or beside_a_day:
        if closed and not beside_a_day:
            raise NoSuchDay(
                f"There is no day “{found[0]}”. Write it so: 26 January, or 2027-01-26."
            )
        return None
    return month, number


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
