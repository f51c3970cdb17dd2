"""Lead times: how long before a release a member wants to be reminded, `2d`, `1 week before`."""

import re
from datetime import timedelta
from typing import Any

from bot.domain.errors import UsageError

_LEADING = r"(?:^|(?<=\s))"
_LEAD = re.compile(
    rf"{_LEADING}(?:(?P<count>\d{{1,6}})|an?|the|one)\s?(?P<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|"
    r"w|wks?|weeks?)\s+before$",
    re.IGNORECASE,
)
_LONGEST_LEAD = timedelta(days=365)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def find_lead(text: str, start: int) -> tuple[int, dict[str, Any]] | None:
    """Find a lead time at the end of text[start:]; return where it begins, and its field."""
    found = _LEAD.search(text, start)
    if not found:
        return None
    lead = timedelta(**{_UNITS[found["unit"][0].lower()]: int(found["count"] or 1)})
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
