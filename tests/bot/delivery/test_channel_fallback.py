"""Channel fallback: reminders of refused direct messages, where the member allows it."""

from datetime import UTC, date, datetime

from bot.domain.ids import PlaceId
from tests.bot.features.releases.test_reminders import on, put, shelved
from tests.support import Room, text

OUT = datetime(2024, 1, 26, 9, tzinfo=UTC)
HALL = PlaceId("test:club#room")


async def asked(room: Room, *members: str, fallback: bool = True) -> None:
    """Let members ask for a reminder, then close their direct messages."""
    await room.say("host", "/setup here yes", admin=True)
    await room.deliver()  # whose channel it is now
    for member in members:
        if fallback:
            await room.say(member, "/settings fallback yes")
        await room.say(member, "/remind All of Us Strangers")
        room.mailbox.closed.add(room.caller(member).direct)


async def test_it_is_said_in_the_channel_once(room: Room) -> None:
    await asked(room, "ana", "ben")
    room.clock.instant = OUT
    delivered = [*await room.deliver(), *await room.deliver()]

    assert {place for place, _ in delivered} == {HALL}
    told = " ".join(reply.summary for _, reply in delivered)
    assert told.count("ana") == told.count("ben") == 1
    assert "is out: UK cinemas" in told
    assert "could not be delivered" not in told
    assert "You have no reminders" in text(await room.say("ana", "/reminders"))


async def test_who_did_not_allow_it_finds_it_among_their_reminders(room: Room) -> None:
    await asked(room, "ana", fallback=False)
    room.clock.instant = OUT
    [(place, notice)] = [*await room.deliver(), *await room.deliver()]

    assert place == HALL
    assert "Strangers" not in notice.summary
    listed = await room.say("ana", "/reminders")
    assert "could not be delivered" in text(listed)
    assert "Cancelled" in text(await room.press("ana", listed, "Cancel"))
    assert "You have no reminders" in text(await room.say("ana", "/reminders"))


async def test_news_of_a_moved_day_goes_the_same_way(room: Room) -> None:
    await asked(room, "ana")
    await put(room, on(await shelved(room), date(2024, 2, 2)))
    delivered = await room.deliver()
    room.clock.forward(seconds=1)
    delivered += await room.deliver()

    assert [place for place, _ in delivered] == [HALL]
    assert "2 February 2024" in delivered[0][1].summary
