"""Reviews written in a channel that only some can read: who will read them is said before saving."""

from dataclasses import replace

import pytest

from bot.domain.ids import PlaceId
from bot.features.reviews.commands import ReviewCommand
from bot.messages.commands import Command
from bot.messages.replies import Reply
from bot.messages.requests import Request
from tests.support import Room, button, text

ATTIC = PlaceId("test:club#attic")
ASKED = "Who may read your review of Her (2013)? It is not saved yet."


async def written(room: Room, content: str | Command = "/review Her 4/5 Warm.") -> Reply:
    return await room.say_from("ana", content, place=ATTIC, closed=True)


async def pressed(room: Room, reply: Reply, label: str) -> Reply:
    return await written(room, button(reply, label).command)


@pytest.mark.parametrize(
    "content", ["/review Her 4/5 Warm.", "/review Her 4/5", ReviewCommand("Her", text="Warm.")]
)
async def test_nothing_is_saved_before_its_author_said_who_may_read_it(
    room: Room, content: str | Command
) -> None:
    await room.say("host", "/setup here yes", admin=True)
    await room.deliver()  # whose channel it is now
    asked = await written(room, content)
    assert "Not everybody reads this channel" in text(asked)
    assert ASKED in text(asked)
    assert "No reviews" in text(await room.say("ben", "/reviews Her"))

    saved = await pressed(room, asked, "The club")
    assert "All of the club can read it" in text(saved)
    assert "ana" in text(await room.say("ben", "/reviews Her"))
    assert await room.deliver() == []  # and never announced anywhere else


async def test_it_can_be_private(room: Room) -> None:
    saved = await pressed(room, await written(room), "Only me")
    assert "Only you can read it" in text(saved)
    assert "No reviews" in text(await room.say("ben", "/reviews Her"))


async def test_one_who_asked_for_privacy_is_not_asked_again(room: Room) -> None:
    saved = await written(room, "/review Her 4/5 Warm. --private")
    assert "Only you can read it" in text(saved)


async def test_in_a_closed_channel_that_is_the_clubs_own_it_is_asked_once(room: Room) -> None:
    await room.bot.handle(_setup(room))
    await room.deliver()  # whose channel it is now
    saved = await pressed(room, await written(room), "The club")
    assert "Saved" in text(saved)
    assert [place for place, _ in await room.deliver()] == [ATTIC]

    second = await written(room, "/review Aftersun 5/5")
    assert "Saved your review of Aftersun" in text(second)
    assert "All of the club can read it" in text(second)


async def test_an_edit_asks_no_more(room: Room) -> None:
    await pressed(room, await written(room), "The club")
    assert "Changed your review" in text(await written(room, "/review Her 2/5"))


def _setup(room: Room) -> Request:
    caller = replace(room.caller("host", admin=True), place=ATTIC, closed=True)
    return Request("setup", caller, "/setup here yes")
