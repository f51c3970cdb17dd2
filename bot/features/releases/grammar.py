"""Grammar of `remind`: film { kind | in region | lead before | on day | here | dm }, read from the right.

Or `list`, `cancel` with an id or a title, `snooze` with an id or a title and a time. `releases` takes
days and a region, or `add` with film { kind | in region } day.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.errors import UsageError
from bot.domain.films.film import ReleaseKind
from bot.domain.regions import region_code
from bot.domain.words.patterns import lazy_pattern
from bot.features.releases.commands import (
    CancelReminderCommand,
    ReleasesCommand,
    RemindCommand,
    RemindersCommand,
    SnoozeReminderCommand,
)
from bot.language.grammar.day_spans import is_span
from bot.language.grammar.durations import find_lead, is_wait
from bot.language.grammar.reading import Reading
from bot.language.grammar.time_words import is_time, read_time_words
from bot.language.grammar.titles import KnownTitles, cut_title, unquoted
from bot.language.grammar.values import read_value
from bot.messages.commands import Command
from bot.messages.spans import Usage

_LONGEST_CLAUSE = 60
_LEADING = r"(?:^|(?<=\s))"
_KIND = lazy_pattern(
    rf"""{_LEADING}(?:
        (?P<premiere>(?:at\s+(?:its\s+|the\s+)?)?premiere)
      | (?P<limited>(?:in\s+)?limited(?:\s+release)?)
      | (?P<cinema>(?:in\s+(?:the\s+)?|at\s+the\s+)?(?:cinemas?|theat(?:er|re)s?)|theatrical)
      | (?P<digital>(?:on\s+)?(?:digital|streaming|vod)|to\s+stream)
      | (?P<physical>(?:on\s+)?(?:physical|disc|dvd|blu-?ray))
      | (?P<tv>(?:on\s+)?(?:tv|television))
      | (?P<any>any(?:\s+kind)?)
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_REGION = lazy_pattern(rf"{_LEADING}in\s+(?P<region>[^\d\s][^\d]{{0,39}})$", re.IGNORECASE)
_PLACE = lazy_pattern(
    rf"{_LEADING}(?:(?P<here>here)|(?:(?:by|as|in)\s+(?:a\s+)?)?(?P<dm>dms?)|(?P<own>privately))$",
    re.IGNORECASE,
)
_ON = lazy_pattern(r"^on\s+", re.IGNORECASE)
_UNTIL = lazy_pattern(r"^(?:for|by|until|till|til|to)\s+", re.IGNORECASE)
_MARKED = lazy_pattern(r"(?:on|at|in|this|next)\s|.*\d\s?(?:[ap]\.?m|h\b|:\d)", re.IGNORECASE)
_MOST_TIME_WORDS = 8
_ARTICLE = lazy_pattern(r"^the\s+", re.IGNORECASE)
_ALSO_WORDS = frozenset(
    {"am", "as", "at", "be", "do", "in", "is", "it", "la", "me", "my", "no", "so", "to"}
)
_REMIND = lazy_pattern(r"remind(?:\s+|$)", re.IGNORECASE)
_ADD = lazy_pattern(r"(?:add|note)(?:\s+|$)", re.IGNORECASE)
_VERB = lazy_pattern(r"(?P<verb>cancel|snooze)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)

_Read = tuple[int, dict[str, Any]]
"""Where a clause at the end of a text begins, and its fields."""

_Clause = Callable[[str, int], _Read | None]
"""Reads the clause that a text ends with, at or after a place."""

_TimeClause = Callable[[str, int, KnownTitles], _Read | None]


def parse_remind(
    text: str, reading: Reading
) -> RemindCommand | RemindersCommand | CancelReminderCommand | SnoozeReminderCommand:
    """Read what was typed after `remind`: a new reminder, the list, a cancellation or a snooze."""
    titles = reading.titles
    text = text.strip()
    if text.lower() == "list" or (text.lower() == "cancel" and not titles.is_title(text)):
        return RemindersCommand()
    if (verb := _VERB.fullmatch(text)) and not titles.is_title(text):
        return _change(verb["verb"].lower(), verb["rest"].strip(), titles)
    readers = (_kind, _place, find_lead, _region)
    film, fields = _film_and_clauses(text, titles, readers, _time)
    return RemindCommand(film, **fields)


def parse_releases(text: str, reading: Reading) -> Command:
    """Read `/releases [region]`, `/releases add ...`, or `/releases remind ...` as Slack has it."""
    text = text.strip()
    if remind := _REMIND.match(text):
        return parse_remind(text[remind.end() :], reading)
    if add := _ADD.match(text):
        return _noted(text[add.end() :].strip(), reading.titles)
    region, *_ = ReleasesCommand.options()
    span, text = _leading_span(text)
    return ReleasesCommand(read_value(region, text) if text else "", span=span)


def _leading_span(text: str) -> tuple[str, str]:
    """Cut off the days that are asked for: `next month in the US`; no region is called so."""
    for at in [len(text), *reversed(_word_starts(text, 1))]:
        if is_span(text[:at].strip()):
            return text[:at].strip(), re.sub(
                r"^in\s+(?:the\s+)?", "", text[at:], flags=re.IGNORECASE
            )
    return "", text


def _noted(text: str, titles: KnownTitles) -> ReleasesCommand:
    """Read a film and the day that it comes out."""
    film, fields = _film_and_clauses(text, titles, (_kind, _region), _day)
    if not film or "on" not in fields:
        example = ReleasesCommand(film="Flow", on="12 June")
        raise UsageError("Name the film, then the day it comes out, as in ", Usage(example), ".")
    return ReleasesCommand(film=film, **fields)


def _film_and_clauses(
    text: str, titles: KnownTitles, readers: Sequence[_Clause], time: _TimeClause
) -> tuple[str, dict[str, Any]]:
    """Read clauses and a time from the right, each once, up to the title."""
    cut = cut_title(text, 0, len(text), titles)
    least = cut.end if cut and cut.marked else 0
    fields: dict[str, Any] = {}
    while not titles.is_title(text) and (
        clause := _last_clause(text, least, titles, readers, time)
    ):
        at, found = clause
        if any(name in fields for name in found):
            break
        fields |= found
        text = text[:at].rstrip(" \t\r\n,;")
    return _film(text, least), fields


def _film(text: str, least: int) -> str:
    """Return the title; a quoted one without its quotes, with the text after it."""
    quoted, rest = unquoted(text[:least]), text[least:].strip()
    if not least:
        return unquoted(text)
    return f"{quoted} {rest}" if rest else quoted


def _change(
    verb: str, rest: str, titles: KnownTitles
) -> CancelReminderCommand | SnoozeReminderCommand:
    """Read a cancellation or a snooze: which reminder, and until when."""
    if verb == "cancel":
        return CancelReminderCommand(unquoted(rest))
    if not titles.is_title(rest):
        for at in _word_starts(rest, 1):
            until = _UNTIL.sub("", rest[at:])
            if is_wait(until) or is_time(until):
                return SnoozeReminderCommand(unquoted(rest[:at].strip()), until)
    return SnoozeReminderCommand(unquoted(rest))


def _word_starts(text: str, start: int) -> list[int]:
    """Return where the last words of text[start:] begin, as many as a time may have, in order."""
    found = [each.start() for each in re.finditer(r"(?<!\S)\S", text) if each.start() >= start]
    return found[-_MOST_TIME_WORDS:]


def _last_clause(
    text: str,
    least: int,
    titles: KnownTitles,
    readers: Sequence[_Clause],
    time: _TimeClause,
) -> _Read | None:
    """Read the clause at the end of the text, if it leaves a title before it."""
    start = max(least, len(text) - _LONGEST_CLAUSE)
    if (clause := time(text, start, titles)) and text[: clause[0]].strip():
        return clause
    for read in readers:
        if (clause := read(text, start)) and text[: clause[0]].strip():
            return clause
    return None


def _time(text: str, start: int, titles: KnownTitles) -> _Read | None:
    """Find the member's own time: the longest one that the text ends with.

    After an unknown title, a time needs a word of its own before it, or a clock, or small letters.
    """
    for at in _word_starts(text, max(start, 1)):
        typed = text[at:]
        if not is_time(typed):
            continue
        if _MARKED.match(typed) or typed.islower() or titles.is_title(text[:at].strip()):
            return at, {"on": _ON.sub("", typed)}
    return None


def _day(text: str, start: int, titles: KnownTitles) -> _Read | None:
    """Find the day that the text ends with: after a known title, else the longest one."""
    starts = [at for at in _word_starts(text, max(start, 1)) if _is_day(text[at:])]
    known = (at for at in starts if titles.is_title(text[:at].strip(" ,;")))
    at = next(known, starts[0] if starts else None)
    return None if at is None else (at, {"on": _ON.sub("", text[at:])})


def _is_day(typed: str) -> bool:
    try:
        words = read_time_words(typed, datetime(2024, 1, 1, 12))  # noqa: DTZ001 - wall time
    except UsageError:
        return True
    return words is not None and words.clock is None


def _kind(text: str, start: int) -> _Read | None:
    found = _KIND.search(text, start)
    if not found:
        return None
    name = found.lastgroup or ""
    if name == "any":
        raise UsageError(f"I remind of one kind of release at a time: {', '.join(ReleaseKind)}.")
    return found.start(), {"kind": ReleaseKind(name)}


def _place(text: str, start: int) -> _Read | None:
    found = _PLACE.search(text, start)
    return (found.start(), {"here": bool(found["here"])}) if found else None


def _region(text: str, start: int) -> _Read | None:
    """Find "in" followed by a region; the longest name wins (in the Isle of Man)."""
    for at in [
        each.start() for each in re.finditer(r"(?:^|(?<=\s))in\s", text[start:], re.IGNORECASE)
    ]:
        found = _REGION.search(text, start + at)
        if found and (region := _code(found["region"])):
            return found.start(), {"region": region}
    return None


def _code(text: str) -> str | None:
    """Return a region's code, but not for plain words that are codes too: "in it", "in me"."""
    text = _ARTICLE.sub("", text)
    try:
        return None if text in _ALSO_WORDS else region_code(text)
    except UsageError:
        return None
