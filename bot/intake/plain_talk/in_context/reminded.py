"""What `make that sunday` means after a reminder was set: another day, hour or place for it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.words.patterns import lazy_pattern
from bot.features.releases.commands import MoveReminderCommand, RemindCommand
from bot.features.talk.commands import UnclearCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.language.grammar.durations import read_wait
from bot.language.grammar.time_words import is_time
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_LEAD = lazy_pattern(
    r"(?:(?:oh|ah|um+|hm+|no|nope|nah|wait|sorry|oops|actually|ok(?:ay)?|hang\s+on|hold\s+on|or|better|rather|please|pls|can\s+(?:you|we)|could\s+(?:you|we)"
    r"|let['’]?s\s+say|i\s+(?:mean|meant|said)|i['’]?d\s+rather|(?:make|change|move|push|set|put|shift)\s+(?:it|that|this|the\s+reminder|my\s+reminder|that\s+one)(?:\s+(?:off|back|forward))?(?:\s+(?:to|be|for|until|till?|by))?"
    r"|remind\s+me|do\s+it|not\s+(?:on\s+|at\s+)?(?P<not>\S+(?:\s+\S+)?)\s*[,.;–—-]\s*(?:but\s+)?|not\s+(?:on\s+)?\S+\s+but)(?:[\s,.!–—-]+|$))*",
    re.IGNORECASE,
)
"""Openings of a correction; `not friday, saturday` names what was wrong."""

_TAIL = lazy_pattern(
    r"(?:[\s,]+(?:instead|please|pls|rather|then|actually|thanks|thx|sorry|(?:would\s+be|is|works)\s+better|better|not\s+(?:on\s+|at\s+)?\S+))+$",
    re.IGNORECASE,
)
_SHIFTED = lazy_pattern(
    r"(?:(?:for|by)\s+)?(?P<wait>\S.*?|the\s+day)\s+(?P<way>earlier|sooner|before(?:hand)?|ahead|later|after(?:wards)?|back|forward)",
    re.IGNORECASE,
)
_PLACE = lazy_pattern(
    r"(?:(?P<here>(?:in|to)\s+(?:the|this)\s+(?:channel|room|group|chat)|here|for\s+(?:everyone|all|us\s+all))|(?:in|as|by|via|to)?\s*(?:a\s+|my\s+)?(?:dms?|direct\s+message|private(?:\s+message)?|privately))",
    re.IGNORECASE,
)
_CORRECTS = lazy_pattern(
    r"\b(?:wait|oops|actually|(?:hang|hold)\s+on|i\s+(?:mean|meant|said)|let['’]?s\s+say|not|(?:make|change|move|push|set|put|shift)\s+(?:it|this|that|the|my))\b",
    re.IGNORECASE,
)
"""What takes back or changes something said before; `ok tomorrow` and `no, tomorrow` may answer somebody else."""

_DENIES = lazy_pattern(r"\b(?:no|nope|nah|sorry|better|rather)\b", re.IGNORECASE)
_INSTEAD = lazy_pattern(r"\b(?:instead|not)\b", re.IGNORECASE)
_BETTER = lazy_pattern(r"\b(?:instead|not|better|rather|actually)\b", re.IGNORECASE)
"""What corrects behind a time; `please` and `then` do not."""

_HOUR = lazy_pattern(r"\d{1,2}(?:\s?ish)?")
_NUMBER = lazy_pattern(r"(?:the\s+)?\d{1,2}(?:\s?ish|st|nd|rd|th|[.,-]\d)?", re.IGNORECASE)
"""What is rather a vote, a pick or a rating than a time, unless it corrects one: `2`, `3rd`, `4.5`."""

_SCALED = lazy_pattern(r"\d\s*/\s*\d|%|★|stars?", re.IGNORECASE)
"""What is rather a rating than a time."""

_AGAIN = lazy_pattern(r"(?:(?:please|pls)\s+)?remind\s+me", re.IGNORECASE)
"""What asks for another reminder, where no correction leads to it: `remind me two days before`."""

_LATELY = timedelta(minutes=10)
"""Age up to which a reminder counts as set just now."""

_AHEAD = frozenset({ReminderState.WAITING, ReminderState.PLANNED})


async def right_after(
    done: Command | None, line: str, context: Context, work: UnitOfWork
) -> Command | None:
    """Return the change of the reminder that the line before set or changed, as `done`; None for another line."""
    if not isinstance(done, RemindCommand | MoveReminderCommand):
        return None
    change = _change(line, context, bare=True)
    return await _of_the_latest(change, done, context, work) if change else None


async def of_the_reminder(
    command: Command, line: str, context: Context, work: UnitOfWork
) -> Command:
    """Return the change of a reminder set a short while ago, where the line means nothing else."""
    if not isinstance(command, UnclearCommand):
        return command
    change = _change(line, context, bare=False)
    changed = await _of_the_latest(change, None, context, work) if change else None
    return changed or command


def _change(line: str, context: Context, *, bare: bool) -> MoveReminderCommand | None:
    """Read the change that a line asks for; `bare`: a time alone is one, too."""
    said = tidied(without_address(line))
    lead = _LEAD.match(said)
    rest = said[lead.end() :] if lead else said
    when = _TAIL.sub("", rest)
    if not when or len(line) > LONGEST or context.titles.is_title(said) or _SCALED.search(said):
        return None
    before, behind = lead[0] if lead else "", rest[len(when) :]
    if not behind and _AGAIN.fullmatch(before.strip()):
        return None
    corrects = _CORRECTS.search(before) or _INSTEAD.search(behind)
    if bare and not corrects:
        corrects = _DENIES.search(before) or _BETTER.search(behind)
        bare = not _NUMBER.fullmatch(when)
    return _read(when) if corrects or bare else None


async def _of_the_latest(
    change: MoveReminderCommand, done: Command | None, context: Context, work: UnitOfWork
) -> Command | None:
    """Return the change with the reminder that is meant; None where there is none."""
    own = await work.reminders.of_member(context.member.member_id)
    reminder = _latest(own, done, context)
    return replace(change, reminder=reminder.reminder_id) if reminder else None


def _read(when: str) -> MoveReminderCommand | None:
    """Read a time, how much later or earlier, or a place."""
    if place := _PLACE.fullmatch(when):
        return MoveReminderCommand("", here=bool(place["here"]))
    if shifted := _SHIFTED.fullmatch(when):
        day = shifted["wait"].lower() in {"the day", "day"}
        wait = timedelta(days=1) if day else read_wait(shifted["wait"])
        if wait:
            later = shifted["way"].lower().startswith(("later", "after", "back"))
            return MoveReminderCommand("", shift=wait if later else -wait)
    if _HOUR.fullmatch(when):
        when = f"at {when.lower().removesuffix('ish').strip()}"
    return MoveReminderCommand("", on=when) if is_time(when) else None


def _latest(
    reminders: Sequence[Reminder], done: Command | None, context: Context
) -> Reminder | None:
    """Return the reminder that was changed last, else the one set last, if that was lately."""
    ahead = [
        each
        for each in reminders
        if each.state in _AHEAD and (each.due_at is None or each.due_at > context.now)
    ]
    if isinstance(done, MoveReminderCommand):
        return next((each for each in ahead if each.reminder_id == done.reminder), None)
    lately = [each for each in ahead if context.now - each.created_at <= _LATELY]
    spoken = context.last_film
    film_id = spoken.film_id if spoken else None
    return max(lately, key=lambda each: (each.created_at, each.film_id == film_id), default=None)
