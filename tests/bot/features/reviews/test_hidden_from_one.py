"""Reviews that are to be hidden from one member, or shown to one: what can be had is said, nothing is changed."""

import pytest

from bot.domain.ids import ClubId, MemberId
from tests.support import Room, text

FROM_ONE = (
    "hide my review from ben", "hide my review of heat from ben", "don't show ben my review", "can you hide my heat review from ben please",
    "i don't want ben to see my review", "ben shouldn't see my review of heat", "keep ben from seeing my review", "hide it from ben",
    "make my review invisible for ben", "everyone but ben can read my review", "don't let ben read my review of heat",
    "hide that from ben and cleo", "hide my rating of heat from @ben", "can i block ben from my reviews",
    "share my review with everyone except ben",
)  # fmt: skip
FOR_ONE = (
    "show my review only to ben",
    "my review is only for ben",
    "only ben may read my review of heat",
)


async def private(room: Room) -> list[bool]:
    async with room.store.reading(ClubId(room.club)) as work:
        return [each.private for each in await work.reviews.of_member(MemberId("test:ana"))]


@pytest.mark.parametrize("line", [*FROM_ONE, *FOR_ONE])
async def test_nothing_is_hidden_or_shown_but_by_a_button(line: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5")
    reply = await room.say("ana", line)
    how = "keep it for ben alone" if line in FOR_ONE else "hide it from ben alone"
    assert text(reply).startswith(
        f"I can't {how}: your review of Heat (1995) is for the whole club"
    )
    assert await private(room) == [False]
    await room.press("ana", reply, "Only for me")
    assert await private(room) == [True]


@pytest.mark.parametrize("line", ["hide my review from ben", "show my review only to ben"])
async def test_a_private_review_is_not_published(line: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 --private")
    assert text(await room.say("ana", line)).startswith("Only you can read your review of Heat")
    assert await private(room) == [True]


async def test_without_a_review_nothing_is_asked(room: Room) -> None:
    assert "You have no review of Heat" in text(
        await room.say("ana", "hide my review of heat from ben")
    )
