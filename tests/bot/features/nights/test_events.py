"""Nights as events of a server, as the core sees it: asked for, refused where there are none."""

from tests.support import Room, text


async def test_a_place_without_events_offers_the_calendar_file(room: Room) -> None:
    refused = text(await room.say("ana", "/night new friday at 8, funny, event yes"))

    assert "There are no events here" in refused
    assert "/night calendar" in refused
    assert "Film night" in text(await room.say("ana", "/night new friday at 8, funny"))
