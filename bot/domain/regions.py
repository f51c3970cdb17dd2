"""Names of countries and languages by their codes (Unicode CLDR, by Babel); typed regions, zones."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from bot.domain.errors import UsageError

_SHORT = {"GB": "UK", "US": "US", "HK": "Hong Kong", "CZ": "Czechia", "BA": "Bosnia"}
_ALSO = {
    "uk": "GB",
    "britain": "GB",
    "great britain": "GB",
    "england": "GB",
    "usa": "US",
    "u.s.": "US",
    "america": "US",
    "holland": "NL",
    "korea": "KR",
}

_NO_COUNTRIES = frozenset({"EU", "UN", "EZ", "ZZ", "QO", "XA", "XB"})


def country(code: str) -> str:
    """Name a country by its ISO 3166-1 code: `UK`, `France`."""
    return _SHORT.get(code) or str(_english().territories.get(code, code))


@cache
def countries() -> Mapping[str, str]:
    """Name every country by its code."""
    codes = sorted(code for typed, code in _codes().items() if typed == code.casefold())
    return {code: country(code) for code in codes}


def language(code: str) -> str:
    """Name a language by its ISO 639-1 code: `French`."""
    return str(_english().languages.get(code, code))


def region_code(typed: str) -> str:
    """Read a country as people type it; UsageError when there is none."""
    folded = typed.strip().casefold()
    code = _codes().get(folded)
    if code is None:
        raise UsageError(
            f"I don't know a country {typed!r}. Type its two letters (GB, US, DE) or its name."
        )
    return code


def zone_name(typed: str) -> str:
    """Read an IANA time zone as people type it; UsageError when there is none."""
    name = typed.strip().replace(" ", "_")
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"I don't know a time zone {typed!r}. It looks like Europe/London or America/New_York."
        ) from error


@cache
def _english() -> Locale:
    return Locale("en")


@cache
def _codes() -> Mapping[str, str]:
    names = {code: str(name) for code, name in _english().territories.items() if len(code) == 2}
    codes = {code.casefold(): code for code in names if code not in _NO_COUNTRIES}
    return {name.casefold(): code for code, name in names.items()} | codes | _ALSO
