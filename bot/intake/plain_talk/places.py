"""Countries and cities in plain words: `i live in lisbon`, `what comes out in france`."""

import re
from zoneinfo import available_timezones

from bot.domain.errors import UsageError
from bot.domain.regions import region_code
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.features.releases.commands import ReleasesCommand


def region(place: str) -> SettingsCommand | None:
    """Read where a member lives: a country, or a city by which their time zone goes."""
    code = _code(place)
    return SettingsCommand(region=code) if code else zone(place)


def club_region(place: str) -> SetupCommand | None:
    """Read the country of the club."""
    code = _code(place)
    return SetupCommand(region=code) if code else None


def zone(place: str) -> SettingsCommand | None:
    """Read the city by which a member's time zone goes; None where there is none."""
    city = place.strip().replace(" ", "_").casefold().rpartition("/")[2]
    zones = sorted(each for each in available_timezones() if "/" in each)
    found = [each for each in zones if each.rpartition("/")[2].casefold() == city]
    return SettingsCommand(zone=found[0]) if found else None


def releases(place: str | None) -> ReleasesCommand | None:
    """Read where releases are asked for; without a place, those of the club's region."""
    if place is None:
        return ReleasesCommand()
    code = _code(place)
    return ReleasesCommand(code) if code else None


def _code(place: str) -> str | None:
    try:
        return region_code(re.sub(r"^(?:the|in)\s+", "", place, flags=re.IGNORECASE))
    except UsageError:
        return None
