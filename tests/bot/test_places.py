"""Countries, time zones and hours as people name them."""

from datetime import time
from zoneinfo import available_timezones

import pytest

from bot.domain.errors import UsageError
from bot.domain.ids import ClubId
from bot.domain.regions import OTHER_CITIES, region_code, zone_name
from tests.support import Room, text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Turkey", "TR"), ("Türkiye", "TR"), ("Hong Kong", "HK"), ("Bosnia", "BA"), ("UAE", "AE"),
        ("U.K.", "GB"), ("uk", "GB"), ("Deutschland", "DE"), ("España", "ES"), ("Frankreich", "FR"),
        ("Czech Republic", "CZ"), ("Republic of Ireland", "IE"), ("Northern Ireland", "GB"), ("U.S.A.", "US"), ("gb", "GB"),
    ],
)  # fmt: skip
def test_a_country_goes_by_its_everyday_names(typed: str, code: str) -> None:
    assert region_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Dublin", "Europe/Dublin"), ("New York", "America/New_York"), ("tokyo", "Asia/Tokyo"),
        ("Europe/London", "Europe/London"),
        ("San Francisco", "America/Los_Angeles"), ("mumbai", "Asia/Kolkata"), ("Beijing", "Asia/Shanghai"),
        ("München", "Europe/Berlin"), ("rio de janeiro", "America/Sao_Paulo"), ("UTC", "UTC"), ("America/New York", "America/New_York"),
    ],
)  # fmt: skip
def test_a_zone_goes_by_its_city(typed: str, zone: str) -> None:
    assert zone_name(typed) == zone


def test_every_city_is_in_a_zone_that_there_is() -> None:
    zones = {zone_name(city) for each in OTHER_CITIES.values() for city in each.split(", ")}
    assert zones == set(OTHER_CITIES)
    assert zones <= available_timezones()


@pytest.mark.parametrize(
    "typed", ["EST", "MST", "EST5EDT", "localtime", "Factory", "posixrules", "right/UTC"]
)
def test_what_means_no_one_zone_is_asked_about(typed: str) -> None:
    with pytest.raises(UsageError, match="Name a city"):
        zone_name(typed)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("8pm", time(20)), ("8 am", time(8)), ("09:30", time(9, 30)), ("20h", time(20)),
     ("9", time(9)), ("0", time(0)), ("noon", time(12))],
)  # fmt: skip
async def test_an_hour_is_read_as_it_is_said(typed: str, hour: time, room: Room) -> None:
    await room.say("ana", f"/setup hour {typed}", admin=True)
    async with room.store.reading(ClubId(room.club)) as work:
        assert (await work.clubs.get()).hour == hour


@pytest.mark.parametrize("typed", ["25", "soon", "friday", "99:99"])
async def test_what_is_no_hour_is_refused(typed: str, room: Room) -> None:
    refused = await room.say("ana", f"/setup hour {typed}", admin=True)
    assert "It looks like 09:00" in text(refused)
