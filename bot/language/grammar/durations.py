"""Lengths of time: `2d`, `an hour`, and lead times of reminders, `1 week before`."""

import re
from datetime import timedelta
from functools import cache
from typing import Any

from bot.domain.errors import UsageError
from bot.domain.words.numbers import number_words
from bot.domain.words.text import folded

_UNIT = r"(?P<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)"
_WORDS = number_words(2, 10)
_COUNT = rf"(?:(?P<count>\d{{1,6}})|an?|the|one|(?P<few>a\s+(?:couple\s+of|few))|(?P<word>{'|'.join(_WORDS)}))"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST_LEAD = timedelta(days=365)
_LONGEST_WAIT = timedelta(days=366)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=\s)){_COUNT}\s?{_UNIT}\s+(?:before(?:hand)?|ahead|in\s+advance|earlier)$",
        re.IGNORECASE,
    )


@cache
def _wait() -> re.Pattern[str]:
    return re.compile(rf"(?!the\s){_COUNT}\s?{_UNIT}", re.IGNORECASE)


def find_lead(text: str, start: int) -> tuple[int, dict[str, Any]] | None:
    """Find a lead time at the end of text[start:]; return where it begins, and its field."""
    found = _lead().search(text, start)
    if not found:
        return None
    lead = _length(found)
    if lead > _LONGEST_LEAD:
        raise UsageError("I can remind you at most a year before. Say it so: 2d before, 1w before.")
    return found.start(), {"lead": lead}


def read_lead(text: str) -> timedelta:
    """Return the lead time that the whole text is; UsageError otherwise."""
    lead = find_lead(f"{text.strip().removesuffix('before').strip()} before", 0)
    if lead is None or lead[0]:
        raise UsageError(f"“{text[:40]}” is no length of time. Say it so: 2d, 1w, 12h.")
    length: timedelta = lead[1]["lead"]
    return length


def is_wait(typed: str) -> bool:
    """Tell whether a text is a length of time, even one that is too long to wait."""
    return _wait().fullmatch(typed.strip()) is not None


def read_wait(typed: str) -> timedelta | None:
    """Read a length of time, `2d` or `an hour`; None for anything else. UsageError over a year."""
    found = _wait().fullmatch(typed.strip())
    if found is None:
        return None
    wait = _length(found)
    if not timedelta() < wait <= _LONGEST_WAIT:
        raise UsageError("I can put it off by a minute to a year. Say it so: 3h, 2d, 1w.")
    return wait


def _length(found: re.Match[str]) -> timedelta:
    unit = _UNITS[found["unit"][0].lower()]
    count = int(found["count"] or 1)
    if found["word"]:
        count = _WORDS[folded(found["word"])]
    elif found["few"]:
        count = 2 if "couple" in found["few"].lower() else 3
    return timedelta(**{unit: count})
