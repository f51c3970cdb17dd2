"""What happens while a night is on: a host leaves, a film is merged, taken out or forgotten."""

from dataclasses import replace

from bot.domain.ids import ClubId, FilmId
from bot.domain.nights import Night, Stage
from bot.features.merging.commands import MergeFilmCommand
from bot.request.lookup.commands import AddFilmCommand
from tests.support import Room, items, text


async def _night(room: Room) -> Night:
    async with room.store.reading(ClubId(room.club)) as work:
        return next(iter([*await work.nights.open(), *await work.nights.past(1)]))


async def _end_stage(room: Room) -> Night:
    night = await _night(room)
    assert night.until is not None
    room.clock.instant = night.until
    await room.deliver()
    return await _night(room)


async def test_a_host_who_is_gone_leaves_the_night_to_all(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night nominate Carol")
    assert "Only ana, who hosts" in text(await room.say("ben", "/night close"))
    asked = await room.say("ana", "/forget")
    await room.press("ana", asked, "Erase everything")

    await room.say("ben", "/night close")

    assert (await _night(room)).stage is Stage.VOTING
    assert "ana" not in text(await room.say("ben", "/night"))


async def test_ballots_for_a_film_count_for_the_one_it_is_merged_into(room: Room) -> None:
    await room.say("ana", AddFilmCommand("The Empty Tower", 2022, "A. Haigh", "Two men, a tower."))
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night nominate The Empty Tower")
    await room.say("ben", "/night nominate Heat")
    await _end_stage(room)
    await room.say("ben", "/night vote 1 / 2")
    merge = MergeFilmCommand("The Empty Tower", "All of Us Strangers")
    assert "Merged" in text(await room.say("ana", merge, admin=True))
    await room.say("cleo", "/night vote 1 / 2")

    shown = [each.title for each in items(await room.say("ben", "/night vote"))]
    night = await _end_stage(room)

    assert shown[:2] == ["All of Us Strangers", "Heat"]
    assert "We watch All of Us Strangers (2023)" in text(await room.say("ben", "/night"))
    assert night.stage is Stage.DECIDED
    await _end_stage(room)
    await room.say("ben", "/night rate 4 A ghost or two.")
    await room.say("cleo", "/night rate 2")
    await room.say("ana", "/night rate 3")
    assert "A ghost or two" in text(await room.say("ana", "/reviews All of Us Strangers"))


async def test_a_film_that_is_taken_out_leaves_the_ballot_alone(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night nominate Heat")
    await _end_stage(room)
    gone = FilmId("gone-2001")
    async with room.store.writing(ClubId(room.club)) as work:
        (night,) = await work.nights.open()
        await work.nights.save(replace(night, films=(gone, *night.films)))

    shown = [each.title for each in items(await room.say("ben", "/night vote 1"))]

    assert shown[0] == "Heat"
    assert (await _end_stage(room)).film_id == "heat-1995"


async def test_two_votes_at_once_keep_their_ballots_apart(room: Room) -> None:
    for when in ("friday at 8", "saturday at 9"):
        await room.say("ana", f"/night new {when}")
    await room.say("ana", "/night nominate Heat")
    async with room.store.reading(ClubId(room.club)) as work:
        first, second = await work.nights.open()
    assert second.until is not None
    room.clock.instant = second.until
    await room.deliver()

    await room.say("ben", "/night vote 1")

    async with room.store.reading(ClubId(room.club)) as work:
        ballots = {
            each.night_id
            for each in await work.nights.guests([first.night_id, second.night_id])
            if each.ballot
        }
    assert len(ballots) == 1
