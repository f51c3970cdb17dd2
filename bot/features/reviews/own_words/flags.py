"""Flags of a review: --spoiler, --private, --rewatch, --dnf 40, --on 26 January 2024."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.language.grammar.dates import DATE, read_date
from bot.language.grammar.reading import Habits

_DASHES = r"(?:--|—|–|―)"
_NAMES = ("spoiler", "private", "rewatch", "dnf", "on")
_LIKE_A_FLAG = lazy_pattern(rf"(?<!\S){_DASHES}(?P<name>[a-z]{{2,12}})(?=\s|\||$)", re.IGNORECASE)
_UNREAD_DAY = lazy_pattern(r"(?<!\S)(?:--on\b|—on\s+\S*\d)[^\n|]{0,20}", re.IGNORECASE)
_LONGEST = 60
MOST_FLAGS = 20
"""Most flags read in a row; nobody types more."""

_FIELDS = {"spoiler": "spoiler", "private": "private", "rewatch": "rewatch"}


@cache
def _flag() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<!\S){_DASHES}(?:
            (?P<plain>spoilers?|private|rewatch(?:ed)?)
          | dnf(?:\s+(?P<minutes>\d{{1,4}})(?:\s?m(?:in(?:utes?)?)?)?(?![\w/%.,]))?
          | on\s+(?P<on>{DATE})
        )(?=\s|\||$)""",
        re.VERBOSE | re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Flags:
    """Flags read up to `end` (or, read backwards, from `end` on), as fields of a review."""

    end: int
    fields: Mapping[str, Any] = field(default_factory=dict)


def flag_at(text: str, start: int, end: int, habits: Habits) -> Flags | None:
    """Read one flag that begins exactly here; UsageError if it is one misspelt or incomplete."""
    found = _flag().match(text, start, end)
    if found:
        return Flags(found.end(), _fields(found, habits))
    if wrong := _LIKE_A_FLAG.match(text, start, end):
        _refuse(wrong["name"], text[start : min(end, start + _LONGEST)])
    return None


def last_flags(text: str, start: int, end: int, habits: Habits) -> Flags:
    """Read the flags that text[start:end] ends with; `end` is where the first of them begins."""
    fields: dict[str, Any] = {}
    for _ in range(MOST_FLAGS):
        if not (flag := _last_flag(text, start, end)):
            break
        fields = {**_fields(flag, habits), **fields}
        end = flag.start()
    tail = text[max(start, end - _LONGEST) : end].split()
    if len(tail) > 1 and (wrong := _LIKE_A_FLAG.fullmatch(tail[-1])):
        _refuse(wrong["name"], tail[-1])
    return Flags(_back_over_blanks(text, start, end) if fields else end, fields)


def flags_inside(text: str, habits: Habits) -> tuple[str, dict[str, Any]]:
    """Take the flags out of the middle of a text; UsageError for a day that cannot be read."""
    fields: dict[str, Any] = {}
    for found in _flag().finditer(text):
        fields |= _fields(found, habits)
    if fields:
        text = re.sub(r"[ \t]{2,}", " ", _flag().sub(" ", text)).strip()
    if unread := _UNREAD_DAY.search(text):
        raise UsageError(
            f"I can't read the day in “{unread[0].strip()[:_LONGEST]}”. Write it so: --on 26 January 2024"
        )
    return text, fields


def _back_over_blanks(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _last_flag(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find a flag that only blanks follow."""
    end = _back_over_blanks(text, start, end)
    for found in _flag().finditer(text, max(start, end - _LONGEST), end):
        if found.end() == end:
            return found
    return None


def _fields(found: re.Match[str], habits: Habits) -> dict[str, Any]:
    if plain := found["plain"]:
        name = next(each for each in _FIELDS if folded(plain).startswith(each))
        return {_FIELDS[name]: True}
    if on := found["on"]:
        return {"watched_on": read_date(on, habits.today, habits.region)}
    minutes = found["minutes"]
    return {"abandoned": True} | ({"abandoned_after": int(minutes)} if minutes else {})


def _refuse(name: str, typed: str) -> None:
    """Refuse an unknown flag: a review meant to be private must not be published."""
    name = name.lower()
    if name == "on":
        raise UsageError(f"I can't read the day in “{typed}”. Write it so: --on 26 January 2024")
    best = max(_NAMES, key=lambda each: OSA.normalized_similarity(name, each))
    if OSA.normalized_similarity(name, best) >= 0.65:
        raise UsageError(
            f"I don't know --{name}. Did you mean --{best}? "
            "There are --spoiler, --private, --rewatch, --dnf and --on."
        )
