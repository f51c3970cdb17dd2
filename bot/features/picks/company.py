"""Members who watch, too, as they are named after `with`: `with ben, cleo and dev`."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates

_NAMES = Templates("bot.features.picks", "company.toml")
_REFUSED = lazy_pattern(r"(?:no|not|nothing)\s", re.IGNORECASE)


def members_named(text: str) -> tuple[list[str], int] | None:
    """Return members and where their names end: the first word, then each with an @ or an "and" before it, or alone in a list.

    After "everyone", no more names are read.
    """
    first = _first_name().match(text)
    if not first:
        return None
    names, at = [first["name"]], first.end()
    while names[-1].lower() != "everyone" and (following := _next_name().match(text, at)):
        names.append(following["at"] or following["name"] or following["listed"])
        at = following.end()
    return names, at


def is_refused(text: str) -> bool:
    """Tell whether a text says what there is to be none of: `with no gore`."""
    return _REFUSED.match(text) is not None


@cache
def _first_name() -> re.Pattern[str]:
    return re.compile(rf"(?:@|{_no_name()})(?P<name>[^\s,@]+)", re.IGNORECASE)


@cache
def _next_name() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:,\s*)?(?:(?:and|&)\s+)?@(?P<at>[^\s,@]+)"
        rf"|(?:\s*,\s*|\s+)(?:and|&)\s+{_no_name()}(?P<name>[^\s,@]+)"
        rf"|\s*,\s*{_no_name()}(?P<listed>[^\s,@]+)(?=\s*(?:[,@]|$)|\s+(?:and|&)\s)",
        re.IGNORECASE,
    )


def _no_name() -> str:
    """Return the form of a place where no word stands that is never a member's name."""
    return rf"(?!{_NAMES.words('no_name')}(?![^\s,]))"
