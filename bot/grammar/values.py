"""Values of options, read by the declared kind."""

import re
from typing import Any

from bot.domain.errors import UsageError
from bot.domain.regions import region_code, zone_name
from bot.grammar.titles import unquoted
from bot.messages.commands import Kind, OptionSpec

_YES = frozenset({"yes", "y", "on", "true", "ja", "oui", "si", "sí"})
_NO = frozenset({"no", "n", "off", "false", "nein", "non"})
_LONGEST_NAME = 60
_TO_A_REGION = re.compile(r"^(?:in\s+)?(?:the\s+)?", re.IGNORECASE)
_NAMES = re.compile(r"[\s,]+(?:(?:and|&)\s+)?")


def read_value(option: OptionSpec, text: str) -> Any:  # noqa: ANN401 - as the option's kind says
    """Read one value; UsageError says what would fit."""
    text = text.strip().rstrip(",;").strip()
    if not text and option.kind is not Kind.YES_NO:
        raise UsageError(f"“{option.name}” needs a value: {option.help}.")
    match option.kind:
        case Kind.YES_NO:
            return _yes_no(option, text)
        case Kind.CHOICE:
            return _choice(option, text)
        case Kind.REGION:
            return _region(text)
        case Kind.ZONE:
            return _zone(text)
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
    raise UsageError(f"“{option.name}” is yes or no, not “{text[:60]}”: {option.help}.")


def _choice(option: OptionSpec, text: str) -> str:
    """Return the very choice that the option declares, which may be a member of an enumeration."""
    for each in option.choices:
        if each == text.casefold():
            return each
    raise UsageError(
        f"“{option.name}” is one of {', '.join(option.choices)}, not “{text[:60]}”: {option.help}."
    )


def _region(text: str) -> str:
    return region_code(_TO_A_REGION.sub("", text[:_LONGEST_NAME]))


def _zone(text: str) -> str:
    """Return the IANA zone in its proper case, whatever case was typed."""
    text = text[:_LONGEST_NAME]
    words = text.replace(" ", "_").split("/")
    as_written = "/".join("_".join(part.capitalize() for part in word.split("_")) for word in words)
    try:
        return zone_name(as_written)
    except UsageError:
        return zone_name(text)
