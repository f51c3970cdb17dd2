"""Times in a person's own words: `friday at 6`, `the 5th`, `29.11. 18.30`, `in 2h30`.

Each part of a time (zone, wait, day, part of the day, clock) is found and removed. The rest may only
be fillers, else the text is no time. A number that could be a day or a clock is whatever is missing.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from bot.domain.errors import UsageError
from bot.domain.words.numbers import ORDINALS, number_words
from bot.domain.words.patterns import lazy_pattern
from bot.language.grammar.day_words import MONTH, WEEKDAY, DayWords, find_day, weekday_number

_COUNTS = number_words(0, 12)
_COUNT = rf"(?:\d{{1,4}}|half\s+an?|a\s+couple\s+of|an?|{'|'.join(_COUNTS)})"
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|fortnights?|months?|years?|yrs?)"
_PARTS = {"morning": 9, "noon": 12, "lunchtime": 12, "midday": 12, "afternoon": 15, "evening": 19,
          "tonight": 20, "night": 20, "midnight": 0}  # fmt: skip
_LATE = frozenset({"afternoon", "evening", "tonight", "night"})

_ZONE = lazy_pattern(
    r"(?:(?<=\d)\s*(?P<zone>[+-]\d{2}:?\d{2}|z)|(?<=[\dm])\s+(?P<name>utc|gmt|[a-z]{1,4}t))$"
)
_ABBREVIATION = lazy_pattern(
    r"(?:[ecmpa]?[sd]|ce|cest|we|ee|b|i|j|k|ae|ac|aw|nz|ha|ak)s?t|cet|bst|ist|jst"
)
_CLOCK = lazy_pattern(
    r"(?P<at>\bat\s+|@\s*)?(?<![\d.:/-])(?:(?P<part>half|(?:a\s+)?quarter)\s+(?P<side>past|to)\s+)?(?P<hour>\d{1,2})"
    r"(?:(?P<sign>[:.h])(?P<minute>\d{2}))?(?P<second>:\d{2})?(?![\d/])"
    r"\s*(?P<unit>[ap]\.?m\b\.?|h\b|uhr\b|o['’]?clock\b)?(?!\.?\d)"
)
_SHORT = lazy_pattern(r"(?<![\d.:/-])[1-9][:.]\d{2}(?![\d/:])(?!\s*[ap]\.?m\b)")
_PART = lazy_pattern(rf"\b(?:in\s+the\s+|at\s+)?(?P<part>{'|'.join(_PARTS)})\b")
_ORDINAL = lazy_pattern(r"\b(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)\b")
_FIRST = lazy_pattern(rf"\b({'|'.join(ORDINALS)})(?=\s+of\s+{MONTH}(?!\w))")
_NAME_OF_DAY = lazy_pattern(rf"\b{WEEKDAY}\b\.?")
_CLOCK_OF_ISO = lazy_pattern(r"(?<!\S)t(?=\d{2}:\d{2})")
_FILLERS = lazy_pattern(r"\b(?:on|at|by|the|this|in|of|for|around|about|and|from|til?l?)\b|[\s,]+")


@cache
def _wait() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})(?![a-z])"
        rf"(?:\s*(?:and\s+)?(?P<more>{_COUNT})\s?(?P<more_unit>{_UNIT})?(?![a-z]))?(?P<half>\s+and\s+a\s+half)?"
    )


@cache
def _days_on() -> re.Pattern[str]:
    """Return the form of a wait of whole days, which may stand with a clock: `in 3 days at 20:00`, `8pm in two weeks' time`."""
    whole = r"(?:days?|d|weeks?|wks?|w|fortnights?|months?|years?|yrs?)"
    return re.compile(
        rf"\b(?:in|after)\s+(?P<count>{_COUNT})\s?(?P<unit>{whole})(?![a-z])"
        rf"(?:\s*(?:and\s+)?(?P<more>{_COUNT})\s?(?P<more_unit>{whole})(?![a-z]))?(?:['’]?\s+time\b)?"
    )


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<near>today|(?:the\s+)?day\s+after\s+tomorrow|tomorrow|yesterday)"
        rf"|(?:the\s+|this\s+|next\s+)?(?P<weekend>weekend)|next\s+(?P<next>week|month)"
        rf"|(?P<which>this\s+|next\s+|coming\s+)?(?P<weekday>{WEEKDAY})s?\b\.?)"
    )


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Time as typed: a wait, or a day, a clock or both.

    `wait`: elapsed time; `zone`: typed with the clock; `either_half`: the hour may be in the
    morning or in the evening; `short`: so may `8:30` where evenings are spoken of.
    """

    day: date | None = None
    clock: time | None = None
    wait: timedelta | None = None
    zone: tzinfo | None = None
    has_year: bool = False
    either_half: bool = False
    short: bool = False


def read_time_words(typed: str, local: datetime, region: str = "GB") -> TimeWords | None:
    """Read a time relative to the local wall time; None where the text is no time.

    UsageError for a zone's abbreviation that means several zones, and for days that do not exist.
    """
    text = _CLOCK_OF_ISO.sub("", " ".join(typed.lower().split()))
    text = _FIRST.sub(lambda each: f"{ORDINALS.index(each[1]) + 1}th", text)
    if not text or len(text) > 60:
        return None
    if waited := _read_wait(text, local):
        return waited
    text, zone, unclear = _take_zone(text)
    text, day, has_year = _take_dated(text, local, region)
    if day is None:
        text, day = _take_days_on(text, local)
    text, part = _take(text, _PART)
    short = not part and _SHORT.search(text) is not None
    text, clock, either = _take_clock(text, part["part"] if part else "")
    if day is None:
        text, day = _take_day(text, local, clock, tonight=bool(part and part["part"] == "tonight"))
    else:
        text, _ = _take(text, _NAME_OF_DAY)
    if _FILLERS.sub("", text) or (day is None and clock is None):
        return None
    if unclear:  # only now: `Carol 6pm EST` is no time, however unclear its zone is
        raise UsageError(
            f"I can't tell which zone “{unclear.upper()}” is. Give the time as it is where you are, "
            "or with its offset: 18:00-05:00."
        )
    return TimeWords(day, clock, zone=zone, has_year=has_year, either_half=either, short=short)


def is_time(text: str) -> bool:
    """Tell whether a text is a time, whatever day it is today."""
    try:
        return read_time_words(text, datetime(2024, 1, 1, 12)) is not None  # noqa: DTZ001 - wall time
    except UsageError:
        return True


def _take(text: str, form: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    found = form.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}", found) if found else (text, None)


def _read_wait(text: str, local: datetime) -> TimeWords | None:
    """Read `in two weeks`, `in 2h30`, `2 hours ago`, `an hour from now`."""
    ago, later = text.endswith(" ago"), text.endswith(" from now")
    if not (ago or later or text.startswith(("in ", "after "))):
        return None
    body = re.sub(r"^(?:in|after)\s+|\s+(?:ago|from\s+now)$", "", text)
    found = _wait().fullmatch(body)
    if found is None:
        return None
    unit = _unit(found["unit"])
    count = _count(found["count"]) + (0.5 if found["half"] else 0)
    if unit == "months":
        count *= 12 if found["unit"].startswith("y") else 1
        return TimeWords(_months_on(local.date(), -int(count) if ago else int(count)))
    wait = timedelta(**{unit: count * (2 if found["unit"].startswith("f") else 1)})
    if found["more"]:
        wait += timedelta(**{_unit(found["more_unit"] or "m"): _count(found["more"])})
    wait = -wait if ago else wait
    if unit in {"days", "weeks"} and not wait % timedelta(days=1):
        return TimeWords(local.date() + wait)
    return TimeWords(wait=wait)


def _take_days_on(text: str, local: datetime) -> tuple[str, date | None]:
    """Remove a wait of whole days; return the day on which it ends."""
    rest, found = _take(text, _days_on())
    if found is None:
        return text, None
    day = local.date()
    for count, unit in ((found["count"], found["unit"]), (found["more"], found["more_unit"])):
        if unit and _unit(unit) == "months":
            day = _months_on(day, int(_count(count) * (12 if unit.startswith("y") else 1)))
        elif unit:
            day += timedelta(**{_unit(unit): _count(count) * (2 if unit.startswith("f") else 1)})
    return rest, day


def _count(text: str) -> float:
    if text.isdigit():
        return int(text)
    if text.startswith("half"):
        return 0.5
    if "couple" in text:
        return 2
    return _COUNTS.get(text, 1)


def _unit(text: str) -> str:
    if text.startswith(("mo", "y")):
        return "months"
    return {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks", "f": "weeks"}[
        text[0]
    ]


def _months_on(day: date, count: int) -> date:
    month = day.month - 1 + count
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _take_zone(text: str) -> tuple[str, tzinfo | None, str]:
    """Remove a zone from the end: an offset, UTC or GMT, or an abbreviation that is told as unclear."""
    found = _ZONE.search(text)
    if found is None:
        return text, None, ""
    name, rest = found["zone"] or found["name"], text[: found.start()]
    if name in {"z", "utc", "gmt"}:
        return rest, UTC, ""
    if name[0] in "+-":
        size = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return rest, timezone(-size if name[0] == "-" else size), ""
    if _ABBREVIATION.fullmatch(name):
        return rest, None, name
    return text, None, ""


def _take_dated(text: str, local: datetime, region: str) -> tuple[str, date | None, bool]:
    """Remove a date in figures or with the name of a month; tell whether it has a year."""
    found = find_day(text, region)
    if found is None:
        return text, None, False
    rest = f"{text[: found.start]} {text[found.end :]}"
    if found.year is None:
        return rest, _coming(found, local.date()), False
    return rest, found.of(found.year + (2000 if found.year < 100 else 0)), True


_RECENT = timedelta(days=60)
"""Age up to which a day without a year counts as past; an older one is next year's."""


def _coming(found: DayWords, today: date) -> date:
    """Return the day of this year, or of the next one where it passed long ago."""
    return next(
        day for day in found.in_years(range(today.year, today.year + 9)) if day >= today - _RECENT
    )


def _take_clock(text: str, part: str) -> tuple[str, time | None, bool]:
    """Remove the time of day: a clock, perhaps with a part of the day (`8 tonight`), or the part.

    The last value tells whether the hour was bare, and may be in either half of the day.
    """
    for found in _CLOCK.finditer(text):
        if clock := _clock(found, part):
            bare = not (found["minute"] or found["unit"] or part) and clock.hour < 12
            return f"{text[: found.start()]} {text[found.end() :]}", clock, bare
    return text, time(_PARTS[part]) if part else None, False


def _clock(found: re.Match[str], part: str) -> time | None:
    hour, minute, unit = int(found["hour"]), int(found["minute"] or 0), (found["unit"] or "")[:1]
    marked = found["minute"] or unit or found["at"] or found["side"] or part
    if not marked or hour > 24 or minute > 59:
        return None
    if side := found["side"]:
        size = 30 if found["part"] == "half" else 15
        minute = size if side == "past" else 60 - size
        hour = hour if side == "past" else (hour - 2) % 12 + 1 if 1 <= hour <= 12 else hour - 1
    if unit in {"a", "p"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if unit == "p" else 0)
    elif hour < 12 and (part in _LATE or _afternoon(found, hour, part)):
        hour += 12
    return time(hour % 24, minute)


def _afternoon(found: re.Match[str], hour: int, part: str) -> bool:
    """Tell whether a bare hour means the afternoon: `at 6` is hardly six in the morning."""
    return not found["minute"] and not found["unit"] and not part and 1 <= hour <= 7


def _take_day(
    text: str, local: datetime, clock: time | None, *, tonight: bool
) -> tuple[str, date | None]:
    today = local.date()
    text, found = _take(text, _relative())
    if found is None:
        text, ordinal = _take(text, _ORDINAL)
        if ordinal is not None:
            return text, _next_ordinal(int(ordinal["day"]), today)
        return text, today if tonight else None
    if near := found["near"]:
        days = {"today": 0, "tomorrow": 1, "yesterday": -1}.get(near, 2)
        return text, today + timedelta(days=days)
    if found["next"]:
        return text, (
            today + timedelta(weeks=1) if found["next"] == "week" else _months_on(today, 1)
        )
    if found["weekend"]:
        ahead = (5 - today.weekday()) % 7
        return text, today + timedelta(days=ahead + (7 if "next" in found[0] else 0))
    text, ordinal = _take(text, _ORDINAL)
    if ordinal is not None:
        return text, _next_ordinal(int(ordinal["day"]), today, weekday_number(found["weekday"]))
    return text, _weekday(found, today, local.time(), clock)


def _weekday(found: re.Match[str], today: date, now: time, clock: time | None) -> date:
    """Return the coming day of the week; today if its hour is ahead, with `next` of next week."""
    number = weekday_number(found["weekday"])
    if (found["which"] or "").strip() == "next":
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=number)
    ahead = (number - today.weekday()) % 7
    if ahead == 0 and (clock is None or clock <= now):
        ahead = 7
    return today + timedelta(days=ahead)


def _next_ordinal(number: int, today: date, weekday: int | None = None) -> date:
    """Return the next day of the month with this number; with a weekday (Monday is 0), one that falls on it."""
    if not 1 <= number <= 31:
        raise UsageError(f"No month has a day {number}. Say it so: the 5th, 26 January.")
    for months in range(12 if weekday is None else 24):
        first = _months_on(today.replace(day=1), months)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if day > today and weekday in {None, day.weekday()}:
            return day
    raise UsageError(f"No month has a day {number}. Say it so: the 5th, 26 January.")
