"""Regions that reviews name with a release: by country, or by nationality of the cinemas."""

import re
from functools import cache
from types import MappingProxyType

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates

_FORMS = Templates("bot.language.critics.text", "regions.toml")
_CODES = MappingProxyType(
    {"D": "DE", "A": "AT", "F": "FR", "UK": "GB", "GB": "GB", "US": "US", "USA": "US", "CH": "CH"}
)
_IN_BRACKETS = lazy_pattern(r"\((D|A|F|UK|GB|USA?|CH)\)")


def find_regions(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the regions (ISO 3166-1 alpha-2) named in a stretch, in order, each once."""
    words = (*_country().finditer(text, start, end), *_nationality().finditer(text, start, end))
    found = [(each.start(), str(each.lastgroup)) for each in words]
    found += [(each.start(), _CODES[each[1]]) for each in _IN_BRACKETS.finditer(text, start, end)]
    return tuple(dict.fromkeys(region for _, region in sorted(found)))


def is_everywhere(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch calls a release worldwide, so that no single region is meant."""
    return bool(_everywhere().search(text, start, end))


@cache
def _country() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_by_code('countries')}(?!\w)")


@cache
def _nationality() -> re.Pattern[str]:
    screens = rf"(?= (?:(?:and|und|et) [\w-]+ )?(?:[a-zäöü]+ )?{_FORMS.words('screens')}\b)"
    return re.compile(rf"(?<![\w-]){_by_code('nationalities')}{screens}")


@cache
def _everywhere() -> re.Pattern[str]:
    return re.compile(rf"\b{_FORMS.words('everywhere')}\b", re.IGNORECASE)


def _by_code(table: str) -> str:
    """Return a table of words as a pattern, in a group for each region."""
    groups = (
        rf"(?P<{code}>{'|'.join(map(_FORMS.read, forms))})"
        for code, forms in _FORMS.data[table].items()
    )
    return f"(?:{'|'.join(groups)})"
