"""A club's live index: current in every process, its club's alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.ids import ClubId, MemberId
from bot.messages.replies import FilmItem
from bot.service import Bot
from recommender import BaseIndex, Query, recommend
from tests.support import Room, items, text


def another_process(room: Room, titles: TitleIndex, index: BaseIndex) -> Room:
    """A second core on the same database, which saw nothing of what the first one wrote."""
    return replace(room, bot=Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids))


async def mood(room: Room, words: str) -> Sequence[FilmItem]:
    return items(await room.say("ana", f"/recommend {words}"))


async def test_what_one_process_writes_the_other_reads(
    room: Room, titles: TitleIndex, index: BaseIndex
) -> None:
    other = another_process(room, titles, index)
    other.requests = 1_000
    await room.say("ben", "/review Stalker 5/5 A zorblaxian film.")
    assert [item.title for item in await mood(other, "zorblaxian")] == ["Stalker"]
    await other.say("ben", "/review Stalker | A quuxish film.")
    assert await mood(room, "zorblaxian") == []
    assert [item.title for item in await mood(room, "quuxish")] == ["Stalker"]


async def test_both_processes_pick_alike(room: Room, titles: TitleIndex, index: BaseIndex) -> None:
    other = another_process(room, titles, index)
    other.requests = 1_000
    for number, film in enumerate(("Her", "Carol", "Weekend", "Aftersun", "Moonlight")):
        speaker = (room, other)[number % 2]
        await speaker.say("ben", f'/review "{film}" {number + 5}/10 | Tender and {film} and rain.')
        await speaker.say("cleo", f'/review "{film}" {10 - number}/10')
    for line in ("/recommend", "/recommend like Carol", "/recommend tender rain"):
        assert items(await room.say("ana", line)) == items(await other.say("ana", line))


async def test_a_hundred_readers_at_once_see_the_same(room: Room) -> None:
    for film in ("Her", "Carol", "Weekend"):
        await room.say("ben", f"/review {film} 4/5 A zorblaxian film.")
    every = await asyncio.gather(*(mood(room, "zorblaxian") for _ in range(100)))
    assert all(found == every[0] for found in every)
    assert len(every[0]) == 3


async def test_an_overlay_that_followed_equals_one_built_at_once(
    room: Room, index: BaseIndex
) -> None:
    following = ClubIndexes(index)
    for rating in range(1, 11):
        await room.say("ben", f"/review Her {rating}/10 Version {rating}, with rain.")
        await room.say("cleo", f"/review Carol {rating}/10")
        async with room.store.reading(ClubId(room.club)) as work:
            await following.of(work)
    async with room.store.reading(ClubId(room.club)) as work:
        query = Query(mood="rain version")
        assert recommend(await following.of(work), query) == recommend(
            await ClubIndexes(index).of(work), query
        )


async def test_a_club_never_sees_another_clubs_words_or_films(room: Room) -> None:
    elsewhere = room.other("test:elsewhere")
    await room.say("ben", "/review Stalker 5/5 A zorblaxian film.")
    asked = await room.say("ana", "/film Qwertyuiop Asdf")
    form = next(
        action
        for block in asked.blocks
        for action in getattr(block, "actions", ())
        if action.label == "Add it"
    )
    await room.say("ana", replace(form.command, line="A zorblaxian hat is found."))
    assert len(await mood(room, "zorblaxian")) == 2
    assert await mood(elsewhere, "zorblaxian") == []
    assert "I don't know Qwertyuiop Asdf" in text(
        await elsewhere.say("ana", "/film Qwertyuiop Asdf")
    )
    assert "zorblaxian" in text(await room.say("ben", "/film Qwertyuiop Asdf"))


async def test_the_words_of_one_who_withdraws_them_are_quoted_no_more(
    room: Room, titles: TitleIndex, index: BaseIndex
) -> None:
    other = another_process(room, titles, index)
    other.requests = 1_000
    await room.say("ben", "/review Stalker 5/5 A zorblaxian film of damp and holy rooms.")
    assert "damp and holy" in text(await other.say("ana", "/recommend zorblaxian"))
    await room.say("ben", "/settings quotable no")
    assert "damp and holy" not in text(await other.say("ana", "/recommend zorblaxian"))
    async with room.store.reading(ClubId(room.club)) as work:
        member = await work.members.get(MemberId("test:ben"))
    assert member is not None
    assert not member.quotable
