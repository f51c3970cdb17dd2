"""Values of options, read by the declared kind."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.domain.errors import UsageError
from bot.domain.regions import AS_CLUB, is_as_club, region_code, zone_name
from bot.domain.words.patterns import lazy_pattern
from bot.language.grammar.time_words import read_time_words
from bot.language.grammar.titles import unquoted
from bot.messages.commands import Kind, OptionSpec

_YES = frozenset({"yes", "y", "on", "true", "ja", "oui", "si", "sí"})
_NO = frozenset({"no", "n", "off", "false", "nein", "non"})
_SAME_CHOICE = {
    "5": "five", "out of 5": "five", "10": "ten", "out of 10": "ten", "100": "percent", "%": "percent", "percentages": "percent", "star": "stars", "★": "stars",
}  # fmt: skip
"""Choices by what people also call them."""

_LONGEST_NAME = 60
_TO_A_REGION = lazy_pattern(r"^(?:in\s+)?(?:the\s+)?", re.IGNORECASE)
_NAMES = lazy_pattern(r"[\s,]+(?:(?:and|&)\s+)?")


def read_value(option: OptionSpec, text: str) -> Any:  # noqa: ANN401 - as the option's kind says
    """Read one value; UsageError says what would fit."""
    text = text.strip().rstrip(",;").strip()
    if not text and option.kind is not Kind.YES_NO:
        raise UsageError(f"“{option.label}” needs a value: {option.help}.")
    match option.kind:
        case Kind.YES_NO:
            return _yes_no(option, text)
        case Kind.CHOICE:
            return _choice(option, text)
        case Kind.REGION | Kind.ZONE | Kind.CLOCK | Kind.CHANNEL:
            return _READERS[option.kind](text)
        case Kind.FILM:
            return unquoted(text)
        case Kind.MEMBER:
            return text.removeprefix("@")
        case Kind.MEMBERS:
            return tuple(name.removeprefix("@") for name in _NAMES.split(text) if name)
        case Kind.TEXT:
            return text.removeprefix("/")
        case _:
            return text


def _yes_no(option: OptionSpec, text: str) -> bool:
    word = text.casefold()
    if word in _NO:
        return False
    if not word or word in _YES:
        return True
    help_ = (
        "" if option.help.casefold() == option.label.casefold().rstrip("?") else f": {option.help}"
    )
    raise UsageError(f"“{option.label}” is yes or no, not “{text[:60]}”{help_}.")


def _choice(option: OptionSpec, text: str) -> str:
    """Return the very choice that the option declares, which may be a member of an enumeration."""
    word = _SAME_CHOICE.get(text.casefold(), text.casefold())
    for each in option.choices:
        if each == word:
            return each
    raise UsageError(
        f"“{option.label}” is one of {', '.join(option.choices)}, not “{text[:60]}”: {option.help}."
    )


def _clock(text: str) -> str:
    """Return a time of day as 24-hour wall time: `09:00`."""
    if text.isdecimal() and int(text) < 24:
        return f"{int(text):02}:00"
    words = read_time_words(text, datetime(2024, 1, 1))  # noqa: DTZ001 - wall time, of any day
    if words is None or words.clock is None or words.day or words.zone:
        raise UsageError(f"I can't read the time “{text[:40]}”. It looks like 09:00, or 8pm.")
    return f"{words.clock:%H:%M}"


def _region(text: str) -> str:
    if is_as_club(text):
        return AS_CLUB
    return region_code(_TO_A_REGION.sub("", text[:_LONGEST_NAME]))


def _zone(text: str) -> str:
    """Return the IANA zone in its proper case, whatever case was typed."""
    if is_as_club(text):
        return AS_CLUB
    text = text[:_LONGEST_NAME]
    words = text.replace(" ", "_").split("/")
    as_written = "/".join("_".join(part.capitalize() for part in word.split("_")) for word in words)
    try:
        return zone_name(as_written)
    except UsageError:
        return zone_name(text)


def _channel(text: str) -> str:
    """Refuse a typed channel: only the platform can say which one is meant, and whose it is."""
    raise UsageError(
        f"Choose the channel from the list instead of typing “{text[:40]}”, or give the command in "
        "the channel itself with “here yes”."
    )


_READERS: Mapping[Kind, Callable[[str], str]] = MappingProxyType(
    {Kind.REGION: _region, Kind.ZONE: _zone, Kind.CLOCK: _clock, Kind.CHANNEL: _channel}
)
