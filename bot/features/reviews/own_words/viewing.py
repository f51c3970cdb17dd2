"""What a review's own words say of the viewing: when it was, that it was another one, that it stopped."""

import re
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.dates import DATE, read_date
from bot.language.grammar.reading import Habits

_START = r"(?:^|(?<=[.!?;,:(\n])\s*|(?<=[.!?;,:(])\s*[-–—]\s*)(?:(?:i|we)\s+|(?:i|we)['’]ve\s+)?(?:just\s+|finally\s+|only\s+)?"
_END = r"(?=\s*(?:[.,;:!?)\n|]|[-–—]\s|$))"
_SEEN = re.compile(
    rf"{_START}(?:re-?)?(?:watched|saw|seen|viewed)\s+(?:it\s+|this\s+)?(?:on\s+)?(?P<day>{DATE})(?:{_END}|(?=\s+(?:with|at|in|and)\s))",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"{_START}(?:a\s+|my\s+)?(?:re-?watch(?:ed)?|(?:second|third|fourth|2nd|3rd)\s+(?:viewing|time|watch)|"
    rf"(?:watched|saw|seen)\s+(?:it\s+|this\s+)?again)(?:\s+(?:it|this))?(?:\s+(?:on\s+)?(?:{DATE}))?{_END}",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    rf"{_START}(?:(?:gave\s+(?:it\s+)?up(?:\s+on\s+(?:it|this))?|stopped(?:\s+watching)?|switched\s+(?:it\s+)?off|turned\s+(?:it\s+)?off|"
    r"walked\s+out|bailed(?:\s+out)?|quit|left|did\s+not\s+finish(?:\s+it)?|didn['’]?t\s+finish(?:\s+it)?|dnf)"
    r"(?:\s+(?:after|at|around)\s+(?:about\s+)?(?P<count>\d{1,3}|an|one|two|half\s+an)\s?(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)(?!\w))?)"
    rf"(?:\s+in)?{_END}",
    re.IGNORECASE,
)
_PLAIN_STOP = re.compile(r"gave|did|dnf", re.IGNORECASE)
_COUNTS = {"an": 1.0, "one": 1.0, "two": 2.0, "half": 0.5}


def noted(command: ReviewCommand, habits: Habits) -> ReviewCommand:
    """Set the day, the rewatch and the stop that the words tell of, where no field says otherwise.

    The words stay, unless there are no others.
    """
    text, rest = command.text, command.text
    if seen := _SEEN.search(text):
        command = _with_day(command, seen["day"], habits)
        rest = _without(rest, seen) if command.watched_on else rest
    if (again := _AGAIN.search(text)) or (seen and seen[0].lower().lstrip().startswith("re")):
        command = replace(command, rewatch=True)
        rest = _without(rest, again) if again else rest
    stopped = _STOPPED.search(text)
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
