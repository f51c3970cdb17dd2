"""Dates in English, French and German reviews, in words and in figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from bot.domain.words.day_names import weekday_words
from bot.domain.words.text import folded

_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "january jan janvier janv januar jänner",
                "february feb février févr fevrier februar",
                "march mar mars märz maerz",
                "april apr avril avr",
                "may mai",
                "june jun juin juni",
                "july jul juillet juil juli",
                "august aug août aout",
                "september sept sep septembre",
                "october oct octobre oktober okt",
                "november nov novembre",
                "december dec décembre déc decembre dezember dez",
            ),
            1,
        )
        for name in names.split()
    }
)
_WEEKDAYS = MappingProxyType(weekday_words("en", "fr", "de"))
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(_WEEKDAYS)


@cache
def _date() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w./-])(?:(?P<weekday>{_WEEKDAY})s?,? (?:the |dem |den |le )?)?(?:"
        rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:of )?(?P<m1>{_MONTH})\b\.?(?:,? ?(?P<y1>(?:18|19|20)\d\d))?"
        rf"|(?P<m2>{_MONTH})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d| ?%)(?:,? (?P<y2>(?:18|19|20)\d\d))?"
        rf"|(?P<y3>(?:18|19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
        rf"|(?P<d4>\d{{1,2}})\. ?(?P<m4>\d{{1,2}})\. ?(?P<y4>(?:18|19|20)\d\d)"
        rf"|(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}})/(?P<y5>(?:18|19|20)\d\d)"
        rf"|(?P<m6>{_MONTH}) (?P<y6>(?:18|19|20)\d\d))(?!\w)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """Date as written; `day` and `year` may be left out, `weekday` is 0 for Monday.

    `either`: day and month may be the other way round, as in 3/4/2024.
    """

    start: int
    end: int
    text: str
    month: int
    day: int | None
    year: int | None
    weekday: int | None = None
    either: bool = False

    def on(self, year: int) -> date | None:
        """Return this day in a year; None if there is no such day or the text left it out."""
        if self.day is None:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def is_calendar_word(word: str) -> bool:
    """Tell whether a word names a month or a day of the week."""
    return word.lower() in _MONTHS or word.lower() in _WEEKDAYS


def find_dates(text: str, start: int, end: int) -> Iterator[WrittenDate]:
    """Yield the dates in a stretch, in order; impossible ones are left out."""
    for match in _date().finditer(text, start, end):
        if written := _written(match):
            yield written


def _written(match: re.Match[str]) -> WrittenDate | None:
    form = next(number for number in "123456" if match[f"m{number}"])
    day = int(match[f"d{form}"]) if form != "6" else None
    month = _month(match[f"m{form}"])
    year = int(match[f"y{form}"]) if match[f"y{form}"] else None
    either = form == "5" and day is not None and day <= 12 and day != month
    if form == "5" and month > 12 and day is not None:
        day, month = month, day
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    weekday = _WEEKDAYS[folded(match["weekday"])] if match["weekday"] else None
    return WrittenDate(
        match.start(), match.end(), match.group().rstrip("."), month, day, year, weekday, either
    )


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS[folded(word)]
