"""Sharing to this channel or to the club's: asked where both are possible, and only there."""

from bot.domain.ids import PlaceId
from bot.messages.replies import Reply
from bot.messages.visibility import Visibility
from tests.support import Room, actions, button, text

ELSEWHERE = PlaceId("test:club#elsewhere")
HOME = PlaceId("test:club#room")
DIRECT = PlaceId("test:club@ana")


async def pressed(room: Room, reply: Reply, label: str, place: PlaceId = ELSEWHERE) -> Reply:
    return await room.say_from("ana", button(reply, label).command, place=place)


def labels(reply: Reply) -> list[str]:
    return [each.label for each in actions(reply)]


async def test_without_a_channel_of_the_club_it_is_shown_here(room: Room) -> None:
    picks = await room.say_from("ana", "/recommend like Carol", place=ELSEWHERE)
    shared = await pressed(room, picks, "Share")
    assert (shared.visibility, shared.place) == (Visibility.CLUB, None)
    assert "Shared by ana." in text(shared)


async def test_in_the_clubs_channel_nothing_is_asked(room: Room) -> None:
    await room.say("ana", "/setup here", admin=True)
    picks = await room.say("ana", "/recommend like Carol")
    shared = await room.press("ana", picks, "Share")
    assert (shared.visibility, shared.place) == (Visibility.CLUB, None)


async def test_elsewhere_the_member_chooses(room: Room) -> None:
    await room.say("ana", "/setup here", admin=True)
    long = (
        "/recommend like Carol, Heat, Aftersun, Her more tender and ghostly less bleak under 140m"
    )
    for line in ("/recommend like Carol", long):
        picks = await room.say_from("ana", line, place=ELSEWHERE)
        asked = await pressed(room, picks, "Share")
        assert asked.asks
        assert asked.visibility is Visibility.ONLY_YOU
        assert labels(asked) == ["Here", "In the club's channel"]

        for label, place in (("Here", None), ("In the club's channel", HOME)):
            shared = await pressed(room, asked, label)
            assert (shared.visibility, shared.place) == (Visibility.CLUB, place)
            assert "Shared by ana." in text(shared)


async def test_in_private_it_goes_to_the_clubs_channel_if_there_is_one(room: Room) -> None:
    alone = await room.say_from("ana", "/recommend like Carol", place=DIRECT)
    assert "Share" not in labels(alone)
    await room.say("ana", "/setup here", admin=True)
    picks = await room.say_from("ana", "/recommend like Carol", place=DIRECT)
    shared = await pressed(room, picks, "Share", DIRECT)
    assert (shared.visibility, shared.place) == (Visibility.CLUB, HOME)


async def test_the_same_is_asked_for_a_review_of_ones_own(room: Room) -> None:
    await room.say("ana", "/setup here", admin=True)
    saved = await room.say_from("ana", "/review Heat 4/5", place=ELSEWHERE)
    asked = await pressed(room, saved, "Share")
    assert labels(asked) == ["Here", "In the club's channel"]
    assert "follows here" in text(await pressed(room, asked, "Here"))
    room.clock.forward(seconds=1)
    assert "follows in" in text(await pressed(room, asked, "In the club's channel"))
    async with room.store.reading(room.caller("ana").club_id) as work:
        (own,) = await work.reviews.of_member(room.caller("ana").member_id)
        copies = await work.deliveries.of("shared review", own.review_id)
    assert {each.place for each in copies} == {HOME, ELSEWHERE}
