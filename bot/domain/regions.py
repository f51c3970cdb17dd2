"""Names of countries and languages by their codes (Unicode CLDR, by Babel); typed regions, zones."""

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from babel.core import get_global

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern

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
    "turkey": "TR",
    "uae": "AE",
    "czech republic": "CZ",
    "ivory coast": "CI",
    "macau": "MO",
    "burma": "MM",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "republic of ireland": "IE",
}
TONGUES = ("de", "fr", "es", "it", "pt", "nl", "sv", "tr", "pl")
"""Languages besides English in which a country may be named."""

OTHER_CITIES = {
    "Africa/Johannesburg": "cape town, durban, pretoria",
    "America/Chicago": "austin, dallas, houston, minneapolis, new orleans, san antonio",
    "America/Edmonton": "calgary",
    "America/Los_Angeles": "hollywood, las vegas, oakland, san diego, san francisco, seattle",
    "America/New_York": "atlanta, boston, brooklyn, miami, philadelphia, washington dc",
    "America/Sao_Paulo": "brasília, brasilia, rio, rio de janeiro, são paulo",
    "America/Toronto": "montréal, ottawa, québec",
    "Asia/Dubai": "abu dhabi",
    "Asia/Ho_Chi_Minh": "hanoi",
    "Asia/Jerusalem": "haifa",
    "Asia/Karachi": "islamabad, lahore",
    "Asia/Kolkata": "bangalore, bengaluru, bombay, chennai, delhi, hyderabad, mumbai, new delhi",
    "Asia/Seoul": "busan",
    "Asia/Shanghai": "beijing, guangzhou, shenzhen",
    "Asia/Tokyo": "kyoto, osaka",
    "Australia/Brisbane": "gold coast",
    "Europe/Amsterdam": "rotterdam, the hague, utrecht",
    "Europe/Berlin": "cologne, frankfurt, hamburg, köln, leipzig, munich, münchen, stuttgart",
    "Europe/Dublin": "cork, galway",
    "Europe/Istanbul": "ankara, izmir",
    "Europe/Lisbon": "lisboa, porto",
    "Europe/London": "bristol, cardiff, edinburgh, glasgow, leeds, liverpool, manchester, sheffield",
    "Europe/Madrid": "barcelona, sevilla, seville, valencia",
    "Europe/Moscow": "saint petersburg, st petersburg",
    "Europe/Paris": "bordeaux, lille, lyon, marseille, nice, toulouse",
    "Europe/Rome": "florence, milan, milano, naples, napoli, roma, turin, venice",
    "Europe/Stockholm": "gothenburg, göteborg, malmö",
    "Europe/Vienna": "graz, salzburg, wien",
    "Europe/Warsaw": "krakow, kraków, warszawa",
    "Europe/Zurich": "basel, bern, geneva, genève, zürich",
    "Pacific/Auckland": "wellington",
}
"""Large cities that no zone is named for, by their zone; none whose name stands for several places."""

_NO_CITIES = ("Etc/", "posix/", "right/", "SystemV/")
_EXCLAVES = frozenset({"Europe/Busingen"})
_SYSTEM = frozenset({"localtime", "factory", "posixrules", "leapseconds", "posix", "right"})
_ABBREVIATION = lazy_pattern(r"[a-z]{2,4}(?:\d[a-z]{0,4})?", re.IGNORECASE)
_PLAIN_ZONES = frozenset({"UTC", "GMT"})

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


AS_CLUB = "as the club's"
"""What a member types or reads where the club's country or zone is theirs."""

_AS_CLUB = lazy_pattern(
    r"(?:(?:the\s+)?same\s+)?(?:as\s+)?(?:the\s+)?club(?:['’]?s)?(?:\s*:.*)?", re.IGNORECASE
)


def is_as_club(typed: str) -> bool:
    """Tell whether somebody asks for the club's own value: `as the club's`, `club`."""
    return _AS_CLUB.fullmatch(typed.strip()) is not None


def region_code(typed: str) -> str:
    """Read a country as people type it; UsageError when there is none."""
    folded = typed.strip().casefold()
    bare = folded.replace(".", "")
    code = _codes().get(folded) or _codes().get(bare) or _named_elsewhere().get(bare)
    if code is None:
        raise UsageError(
            f"I don't know a country “{typed}”. Type its two letters (GB, US, DE) or its name."
        )
    return code


def zone_name(typed: str) -> str:
    """Read an IANA time zone, its city, or a country that has one zone, as people type it.

    UsageError when there is none, or several.
    """
    name = typed.strip().replace(" ", "_")
    if city := _cities().get(name.casefold()) or _zone_of_country(typed):
        return city
    by_a_system = name.casefold() in _SYSTEM or name.startswith(_NO_CITIES)
    if by_a_system or (_ABBREVIATION.fullmatch(name) and name.upper() not in _PLAIN_ZONES):
        raise UsageError(
            f"I can't tell which time zone “{typed}” is. Name a city of it, as New York, or the zone: "
            "America/New_York."
        )
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"I don't know a time zone “{typed}”. It looks like Europe/London or America/New_York."
        ) from error


def region_of_zone(zone: str) -> str | None:
    """Return the code of the country that a time zone (IANA) is in; None for one that is in none."""
    found = get_global("zone_territories").get(_aliases().get(zone, zone))
    return str(found) if found and found != "001" else None


@cache
def _english() -> Locale:
    return Locale("en")


@cache
def _cities() -> Mapping[str, str]:
    """Return the zone of each city that only one zone is named for, under whatever names."""
    zones: dict[str, set[str]] = {}
    for each in available_timezones():
        if "/" in each and not each.startswith(_NO_CITIES):
            zones.setdefault(_city(each), set()).add(each)
    found = {}
    for city, names in zones.items():
        current = {_aliases().get(each, each) for each in names}
        if len(names) == 1:
            found[city] = min(names)
        elif len(current) == 1 and _city(min(current)) == city:
            found[city] = min(current)
    for zone, others in OTHER_CITIES.items():
        found |= {each.replace(" ", "_"): zone for each in others.split(", ")}
    return found


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].casefold()


def _aliases() -> Mapping[str, str]:
    """Return the present name of each zone by its former ones."""
    names: Mapping[str, str] = get_global("zone_aliases")
    return names


def _zone_of_country(typed: str) -> str | None:
    """Return the zone of a country by its name; UsageError where it has several.

    Two letters are no name: PT and MT are also zones of the US, in short.
    """
    folded = typed.strip().casefold().replace(".", "")
    if len(folded) <= 2 and folded != "uk":
        return None
    code = _codes().get(folded) or _named_elsewhere().get(folded)
    zones = _zones_of_countries().get(code, ()) if code else ()
    if len(zones) > 1:
        raise UsageError(
            f"{country(code or '')} has several time zones. Name a city of yours, or the zone: "
            "America/New_York."
        )
    return zones[0] if zones else None


@cache
def _zones_of_countries() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    known = available_timezones()  # walks the folders of zones
    for zone, code in get_global("zone_territories").items():
        if zone in known and zone not in _EXCLAVES:
            found[code] = (*found.get(code, ()), zone)
    return found


@cache
def _named_elsewhere() -> Mapping[str, str]:
    """Return the code of each country by its names in other languages."""
    return {
        str(name).casefold(): code
        for tongue in TONGUES
        for code, name in Locale(tongue).territories.items()
        if len(code) == 2 and code not in _NO_COUNTRIES
    }


@cache
def _codes() -> Mapping[str, str]:
    names = {code: str(name) for code, name in _english().territories.items() if len(code) == 2}
    codes = {code.casefold(): code for code in names if code not in _NO_COUNTRIES}
    short = {name.casefold(): code for code, name in _SHORT.items()}
    return {name.casefold(): code for code, name in names.items()} | short | codes | _ALSO
