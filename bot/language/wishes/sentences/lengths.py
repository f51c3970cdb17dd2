"""Lengths after `under`, as digits: `under 90`, `under 1h30`."""

import re

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.features.picks.commands import RecommendCommand
from bot.messages.spans import Usage

LENGTH = lazy_pattern(
    r"(?:(?P<hours>\d{1,2})\s?h(?:ours?|rs?)?\s?(?:(?P<rest>\d{1,2})(?:\s?m(?:in(?:ute)?s?)?)?)?"
    r"|(?P<minutes>\d{1,4})(?:\s?m(?:in(?:ute)?s?)?)?)(?=[\s,]|$)",
    re.IGNORECASE,
)


def minutes(found: re.Match[str]) -> int:
    """Return the minutes of a length. UsageError for none at all."""
    if found["minutes"]:
        length = int(found["minutes"])
    else:
        length = int(found["hours"]) * 60 + int(found["rest"] or 0)
    if not length:
        raise UsageError(
            "No film is that short. Say it so: ", Usage(RecommendCommand(max_minutes=100))
        )
    return length
