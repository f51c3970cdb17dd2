"""Words added to a review of one's own: behind those that are there, never in their place."""

import pytest

from bot.domain.ids import ClubId, MemberId
from bot.domain.reviews import Review
from tests.support import Room, text

ADDED = (
    ("also, the score was great", "The city. The score was great"),
    ("and the ending drags", "The city. The ending drags"),
    ("oh and pacino shouts", "The city. Pacino shouts"),
    ("forgot to say: the diner scene is perfect", "The city. The diner scene is perfect"),
    ("PS the coffee was my favourite", "The city. The coffee was my favourite"),
    ("also, spoiler: he dies", "The city. ||he dies||"),
    ("add to my review of heat: the ending drags", "The city. The ending drags"),
    ('add "so long" to my review', "The city. So long"),
    ("add to my heat review that the city glows", "The city. The city glows"),
    ("please append to my review: too long", "The city. Too long"),
)


async def own(room: Room, member: str = "ana") -> list[Review]:
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.reviews.of_member(MemberId(f"test:{member}")))


@pytest.mark.parametrize(("line", "words"), ADDED)
async def test_words_are_added_once_that_is_confirmed(line: str, words: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city")
    asked = await room.say("ana", line)
    assert [each.text for each in await own(room)] == ["The city"]
    changed = await room.press("ana", asked, "Save")
    assert text(changed).startswith("Changed your review of Heat (1995): ★★★★")
    assert [(each.text, each.rating) for each in await own(room)] == [(words, 8)]


NOT_ADDED = (
    "also something funny please", "and a comedy", "also add alien to my list", "and what about alien?",
    "and alien 3/5", "and ben?", "also i'm in for friday", "and we could order pizza",
)  # fmt: skip


@pytest.mark.parametrize("line", NOT_ADDED)
async def test_what_asks_for_something_else_is_not_added(line: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city")
    assert "The city" not in text(await room.say("ana", line))


async def test_nothing_is_added_to_what_others_wrote_or_to_an_old_review(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city")
    assert "The city" not in text(await room.say("ben", "also, the score was great"))
    room.clock.forward(minutes=20)
    assert "The city" not in text(await room.say("ana", "also, the score was great"))


async def test_words_are_added_to_a_review_that_waits_to_be_saved(room: Room) -> None:
    await room.say("ana", "heat 4/5 | the city")
    asked = await room.say("ana", "also, the score was great")
    await room.press("ana", asked, "Save")
    assert [(each.text, each.rating) for each in await own(room)] == [
        ("the city. The score was great", 8)
    ]


async def test_a_private_review_stays_private(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city --private")
    asked = await room.say("ana", "also, the score was great")
    await room.press("ana", asked, "Save")
    assert [each.private for each in await own(room)] == [True]
    assert not await room.deliver()
