"""Many members vote at one instant: every ballot counts, and only the last of each."""

import asyncio

import pytest

from bot.domain.ids import ClubId
from bot.domain.nights import NOT_TONIGHT, YES_PLEASE, Stage
from tests.support import Room, text


async def _vote_of_many(room: Room, members: int) -> None:
    await room.say("host", "/night new friday at 8")
    await room.say("host", "/night close")
    await room.deliver()
    names = [f"m{number}" for number in range(members)]
    lines = [(each, line) for each in names for line in ("/night vote 1", "/night vote 2 / 1")]

    first = await asyncio.gather(*(room.say(each, line) for each, line in lines[::2]))
    second = await asyncio.gather(*(room.say(each, line) for each, line in lines[1::2]))

    assert {each.summary for each in (*first, *second)} == {"Your ballot."}
    async with room.store.reading(ClubId(room.club)) as work:
        (night,) = await work.nights.open()
        guests = await work.nights.guests([night.night_id])
    ballots = [each.ballot for each in guests if each.ballot]
    assert len(ballots) == members
    assert {each[night.films[0]] for each in ballots} == {NOT_TONIGHT}
    assert {each[night.films[1]] for each in ballots} == {YES_PLEASE}

    await room.deliver()
    card = text(await room.say("host", "/night"))
    assert f"{members} of {members + 1} have voted" in card  # the host, who planned it, comes
    assert f"and {members - 11} more." in card
    await room.say("host", "/night close")
    told = [text(reply) for _, reply in await room.deliver()]
    assert any(f"{members} yes please, nobody against" in each for each in told)
    async with room.store.reading(ClubId(room.club)) as work:
        (night,) = await work.nights.open()
    assert (night.stage, night.film_id) == (Stage.DECIDED, night.films[1])


async def test_thirty_members_vote_at_one_instant(room: Room) -> None:
    await _vote_of_many(room, 30)


@pytest.mark.long
async def test_two_hundred_members_vote_at_one_instant(room: Room) -> None:
    await _vote_of_many(room, 200)
