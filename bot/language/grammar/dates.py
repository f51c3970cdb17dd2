"""Days that have passed: yesterday, last friday, 3 days ago, 26 January 2024, 26.1., 1/26/24.

Times to come are read by `bot.language.grammar.time_words`.
"""

from datetime import date, timedelta

from bot.domain.errors import UsageError
from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.language.grammar.day_words import (
    MONTH,
    WEEKDAY,
    DayWords,
    NoSuchDay,
    find_day,
    weekday_number,
)

_COUNTS = number_words(1, 6) | {"a": 1, "an": 1}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_COUNTS)})"
_FIGURES = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4}|\.)?"
_NEAR = rf"today|tonight|tomorrow|this\s+morning|(?:the\s+day\s+before\s+)?yesterday|last\s+night|(?:last\s+|on\s+)?{WEEKDAY}(?!\w)"
DATE = (
    rf"(?:{_NEAR}|{_COUNT}\s+(?:day|week)s?\s+ago|{_FIGURES}"
    rf"|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{MONTH}(?:,?\s+\d{{4}})?"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)
"""Form of a day that has passed, to be found in a longer text."""

_AGO = lazy_pattern(rf"(?P<count>{_COUNT})\s+(?P<unit>day|week)s?\s+ago")
_WEEKDAY = lazy_pattern(rf"(?:last\s+|on\s+)?(?P<weekday>{WEEKDAY})\.?")
_DAYS_BACK = {
    "today": 0, "tonight": 0, "tomorrow": -1, "this morning": 0, "yesterday": 1, "last night": 1, "the day before yesterday": 2,
}  # fmt: skip
_YEARS_AHEAD = 5
"""Years after this one that two figures mean: in 2026, 27 to 31 are to come, and 32 is 1932."""


def read_date(typed: str, today: date | None, region: str = "GB") -> date:
    """Read a day that has passed; without a year, the latest such day.

    UsageError if there is none, if it is still to come, or where it hangs on an unknown `today`.
    """
    words = " ".join(typed.lower().split())
    back = _days_back(words, today)
    if back is not None:
        if today is None:
            raise UsageError(
                f"I can't tell which day “{typed.strip()}” is here. Write it so: 26 January 2024."
            )
        return _not_ahead(today - timedelta(days=back), typed, today)
    try:
        found = find_day(words, region)
        whole = found and not (words[: found.start] + words[found.end :]).strip(" ,.")
        day = _passed(found, typed, today) if found and whole else None
    except NoSuchDay:
        day = None
    if day is None:
        raise UsageError(
            f"There is no day “{typed.strip()[:60]}”. Write it so: 26 January 2024, or 2024-01-26."
        )
    return _not_ahead(day, typed, today)


def _not_ahead(day: date, typed: str, today: date | None) -> date:
    if today is not None and day > today:
        raise UsageError(f"“{typed.strip()[:60]}” is still to come. On which day did you see it?")
    return day


def _days_back(words: str, today: date | None) -> int | None:
    """Count the days back of a day named from today: `last friday`, `a week ago`."""
    if words in _DAYS_BACK:
        return _DAYS_BACK[words]
    if found := _AGO.fullmatch(words):
        count = _COUNTS.get(found["count"]) or int(found["count"])
        return count * (7 if found["unit"] == "week" else 1)
    if found := _WEEKDAY.fullmatch(words):
        weekday = (today or date.min).weekday()
        return (weekday - weekday_number(found["weekday"]) - 1) % 7 + 1
    return None


def _passed(found: DayWords, typed: str, today: date | None) -> date:
    year = found.year
    if year is not None and year >= 100:
        return found.of(year)
    if today is None:
        raise UsageError(f"Which year was “{typed.strip()[:60]}”? Write it so: 26 January 2024.")
    if year is not None:
        ahead = (year - today.year) % 100
        return found.of(today.year + ahead - (0 if ahead <= _YEARS_AHEAD else 100))
    days = [day for day in found.in_years(range(today.year - 8, today.year + 1)) if day <= today]
    return days[-1]
