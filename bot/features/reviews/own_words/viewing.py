"""What a review's own words say of the viewing: when it was, that it was another one, that it stopped."""

import re
from dataclasses import replace
from functools import cache

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.dates import DATE, read_date
from bot.language.grammar.reading import Habits

_WORDS = Templates("bot.features.reviews.own_words", "viewing.toml")
_START = r"(?:^|(?<=[.!?;,:(\n])\s*|(?<=[.!?;,:(])\s*[-–—]\s*)(?:(?:i|we)\s+|(?:i|we)['’]ve\s+)?(?:just\s+|finally\s+|only\s+)?"
_END = r"(?=\s*(?:[.,;:!?)\n|]|[-–—]\s|$))"
_PLAIN_STOP = lazy_pattern(r"gave|did|dnf", re.IGNORECASE)
_COUNTS = {"an": 1.0, "one": 1.0, "two": 2.0, "half": 0.5}


@cache
def _seen() -> re.Pattern[str]:
    end = rf"(?:{_END}|(?=\s+(?:with|at|in|and)\s))"
    return re.compile(
        rf"{_START}{_WORDS.words('seen')}\s+(?:on\s+)?(?P<day>{DATE}){end}", re.IGNORECASE
    )


@cache
def _again() -> re.Pattern[str]:
    day = rf"(?:\s+(?:on\s+)?(?:{DATE}))?"
    return re.compile(rf"{_START}{_WORDS.words('seen again')}{day}{_END}", re.IGNORECASE)


@cache
def _stopped() -> re.Pattern[str]:
    count = r"(?P<count>\d{1,3}|an|one|two|half\s+an)"
    unit = r"(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)(?!\w)"
    after = rf"(?:\s+(?:after|at|around)\s+(?:about\s+)?{count}\s?{unit})?"
    return re.compile(rf"{_START}{_WORDS.words('stopped')}{after}(?:\s+in)?{_END}", re.IGNORECASE)


def noted(command: ReviewCommand, habits: Habits) -> ReviewCommand:
    """Set the day, the rewatch and the stop that the words tell of, where no field says otherwise.

    The words stay, unless there are no others.
    """
    text, rest = command.text, command.text
    if seen := _seen().search(text):
        command = _with_day(command, seen["day"], habits)
        rest = _without(rest, seen) if command.watched_on else rest
    if (again := _again().search(text)) or (seen and seen[0].lower().lstrip().startswith("re")):
        command = replace(command, rewatch=True)
        rest = _without(rest, again) if again else rest
    stopped = _stopped().search(text)
    if stopped and (stopped["count"] or _PLAIN_STOP.search(stopped[0])):
        minutes = command.abandoned_after or _minutes(stopped)
        command = replace(command, abandoned=True, abandoned_after=minutes)
        rest = _without(rest, stopped)
    return command if rest.strip(" \t\n.,;:!-–—()|") else replace(command, text="")


def _with_day(command: ReviewCommand, typed: str, habits: Habits) -> ReviewCommand:
    """Set the day; one that cannot be, or is still to come, is only words."""
    if command.watched_on:
        return command
    try:
        return replace(command, watched_on=read_date(typed, habits.today, habits.region))
    except UsageError:
        return command


def _minutes(stopped: re.Match[str]) -> int | None:
    if not stopped["count"]:
        return None
    first = stopped["count"].split()[0].lower()
    count = _COUNTS.get(first) or float(first)
    return int(count * 60) if stopped["unit"].lower().startswith("h") else int(count)


def _without(text: str, found: re.Match[str]) -> str:
    return text.replace(found[0], " ", 1)
