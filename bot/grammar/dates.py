"""Days that have passed: 2024-01-26, 26 January 2024, Jan 26, 26.1.2024, yesterday.

Times to come are read by `bot.grammar.time_words`.
"""

import re
from datetime import date, timedelta

from bot.domain.errors import UsageError

_MONTHS = "january february march april may june july august september october november december"
_MONTH = r"[a-zà-ÿ]{3,12}\.?"
DATE = (
    r"(?:today|yesterday|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{2,4})")
_DAY = re.compile(r"\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NAME = re.compile(r"[a-z]{3,12}", re.IGNORECASE)


def read_date(typed: str, today: date | None) -> date:
    """Read a day; without a year, the latest such day up to `today`. UsageError if there is none."""
    word = typed.strip().lower()
    if word in {"today", "yesterday"}:
        return _near_today(word, today)
    try:
        return _read(word, today)
    except (ValueError, StopIteration):
        raise UsageError(
            f"There is no day “{typed.strip()}”. Write it so: 26 January 2024, or 2024-01-26."
        ) from None


def _near_today(word: str, today: date | None) -> date:
    if today is None:
        raise UsageError(f"I can't tell which day “{word}” is here. Write it so: 26 January 2024.")
    return today - timedelta(days=word == "yesterday")


def _read(word: str, today: date | None) -> date:
    if found := _ISO.fullmatch(word) or _NUMBERS.fullmatch(word):
        year = int(found["year"])
        return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    found_day, found_name = _DAY.search(word), _month_in(word)
    if found_day is None:
        raise ValueError(word)
    day = int(found_day[0])
    if found_year := _YEAR.search(word):
        return date(int(found_year[0]), found_name, day)
    return _latest(found_name, day, today, word)


def _month_in(word: str) -> int:
    """Return the number of a month from its name, or from its first three letters or more."""
    for found in _NAME.finditer(word):
        for number, month in enumerate(_MONTHS.split(), 1):
            if month.startswith(found[0].lower()) or found[0].lower() == "sept" == month[:4]:
                return number
    raise ValueError(word)


def _latest(month: int, day: int, today: date | None, word: str) -> date:
    date(2024, month, day)  # a leap year: ValueError for a day that no year has
    if today is None:
        raise UsageError(f"Which year was “{word}”? Write it so: 26 January 2024.")
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError(word)
