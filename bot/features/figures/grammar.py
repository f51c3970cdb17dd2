"""Grammar of figures: a member and a year, in either order."""

import re

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.features.figures.commands import StatsCommand, YearCommand
from bot.language.grammar.reading import Reading
from bot.messages.spans import Usage

_YEAR = lazy_pattern(r"(?:(?:in|of|for)\s+)?(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_WHOSE = lazy_pattern(r"(?:(?:of|for|by)\s+)?@?(?P<name>[^\s@].*)", re.IGNORECASE)
_NAMES = lazy_pattern(r"(?:member|year)\s*[:=]?\s+", re.IGNORECASE)


def parse_stats(text: str, reading: Reading) -> StatsCommand:
    """Read `/stats`, `/stats 2024`, `/stats @ben`, `/stats @ben 2024`."""
    member, year = _parted(text, reading)
    return StatsCommand(member, year)


def parse_year(text: str, reading: Reading) -> YearCommand:
    """Read `/year` and `/year 2024`."""
    left, year = _parted(text, reading)
    if left:
        raise UsageError(
            f"“{left[:60]}” is no year. It goes like this: ", Usage(YearCommand(2024)), "."
        )
    return YearCommand(year)


def _parted(text: str, reading: Reading) -> tuple[str, int | None]:
    """Return the member's name and the year of a text; `this year` and `last year` are years."""
    text = _NAMES.sub("", " ".join(text.split()))
    today = reading.today
    for words, back in (("this year", 0), ("last year", 1)):
        if today and text.casefold().endswith(words):
            return _name(text[: -len(words)]), today.year - back
    parts = text.split(" ")
    for number in range(len(parts)):
        for end in (number + 2, number + 1):
            found = _YEAR.fullmatch(" ".join(parts[number:end]))
            if found:
                left = [*parts[:number], *parts[end:]]
                return _name(" ".join(left)), int(found["year"])
    return _name(text), None


def _name(text: str) -> str:
    found = _WHOSE.fullmatch(text.strip())
    name = found["name"].strip() if found else ""
    return "" if name.casefold() in {"the club", "club", "everyone", "us"} else name
