"""A night that is moved: its stages, reminders, calendar file and card follow, and the next ones keep their time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import ClubId, FilmId
from bot.domain.nights import Night, Stage
from bot.features.nights.commands import PlanSeasonCommand
from bot.messages.replies import Document
from tests.support import Room, actions, text

FRIDAY = datetime(2024, 1, 26, 20, tzinfo=UTC)


async def _nights(room: Room) -> list[Night]:
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.nights.open())


async def _night(room: Room) -> Night:
    return next(iter(await _nights(room)))


async def _told(room: Room) -> list[str]:
    room.clock.forward(seconds=1)
    return [reply.summary for _, reply in await room.deliver()]


@pytest.fixture
async def planned(room: Room) -> Room:
    """A night on Friday at eight, for ana and ben."""
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night in")
    await room.deliver()
    return room


@pytest.mark.parametrize(
    ("typed", "starts_at"),
    [
        ("/night move saturday at 9", "2024-01-27 21:00"),
        ("/night move saturday", "2024-01-27 20:00"),
        ("/night move 21:30", "2024-01-26 21:30"),
        ("/night move 9", "2024-01-26 21:00"),
        ("/night move it to 9", "2024-01-26 21:00"),
        ("/night move to sunday", "2024-01-28 20:00"),  # not the day after tomorrow's
        ("/night move monday", "2024-01-29 20:00"),
        ("/night move thursday", "2024-01-25 20:00"),
        ("/night move 2 february 19:00", "2024-02-02 19:00"),
        ("/night postpone by a week", "2024-02-02 20:00"),
        ("/night move an hour later", "2024-01-26 21:00"),
        ("/night move 1d earlier", "2024-01-25 20:00"),
        ("move it to saturday 9pm", "2024-01-27 21:00"),
        ("can we postpone film night by an hour", "2024-01-26 21:00"),
        ("reschedule the night for tomorrow", "2024-01-21 20:00"),
    ],
)
async def test_a_day_keeps_the_hour_and_an_hour_the_day(
    planned: Room, typed: str, starts_at: str
) -> None:
    await planned.say("ana", typed)

    assert f"{(await _night(planned)).starts_at:%Y-%m-%d %H:%M}" == starts_at


async def test_an_open_stage_ends_in_time_for_the_new_beginning(planned: Room) -> None:
    await planned.say("ana", "/night move saturday")
    moved = await _night(planned)
    assert moved.vote_until == FRIDAY + timedelta(days=1, hours=-3)
    assert moved.until is not None
    assert planned.clock.instant < moved.until < moved.vote_until
    assert any("moves to" in each for each in await _told(planned))

    await planned.say("ana", "/night close")
    await planned.say("ana", "/night move friday at 8")

    voting = await _night(planned)
    assert (voting.stage, voting.until) == (Stage.VOTING, FRIDAY - timedelta(hours=3))


async def test_of_a_decided_night_the_reminders_come_before_the_new_beginning_alone(
    planned: Room,
) -> None:
    await planned.say("ana", "/night choose Paddington 2")
    await _told(planned)
    await planned.say("ana", "/night move saturday at 9")
    told = await _told(planned)
    saturday = FRIDAY + timedelta(days=1, hours=1)
    assert [each for each in told if "moves to" in each and "Paddington 2" in each] == told
    assert (await _night(planned)).until == saturday + timedelta(minutes=104 + 15)

    heard: dict[datetime, list[str]] = {}
    for hours in range(1, 8 * 24):
        planned.clock.instant = datetime(2024, 1, 20, 12, tzinfo=UTC) + timedelta(hours=hours)
        if due := [reply.summary for _, reply in await planned.deliver()]:
            heard[planned.clock.instant] = due

    assert list(heard)[:2] == [saturday - timedelta(days=1), saturday - timedelta(hours=1)]
    assert [len(heard[each]) for each in list(heard)[:2]] == [1, 1]
    assert "how was" in heard[saturday + timedelta(hours=2)][0]


async def test_there_and_back_again_reminds_once(planned: Room) -> None:
    await planned.say("ana", "/night choose Paddington 2")
    moved = await planned.say("ana", "/night move saturday")
    await planned.press("ana", moved, "Undo")
    await _told(planned)
    assert (await _night(planned)).starts_at == FRIDAY

    planned.clock.instant = FRIDAY - timedelta(hours=1)

    told = await _told(planned)
    assert len([each for each in told if "film night on" in each]) == 1


async def test_the_calendar_file_corrects_the_earlier_one(planned: Room) -> None:
    await planned.say("ana", "/night choose Paddington 2")

    async def file() -> dict[str, str]:
        reply = await planned.say("ben", "/night calendar")
        (document,) = [each for each in reply.blocks if isinstance(each, Document)]
        lines = [line.partition(":") for line in str(document.content).splitlines()]
        return {name: value for name, _, value in lines}

    before = await file()
    planned.clock.forward(minutes=5)
    await planned.say("ana", "/night move saturday at 9")
    after = await file()

    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTART;TZID=Europe/London"] == "20240127T210000"


async def test_the_next_ones_of_a_standing_night_keep_their_time(room: Room) -> None:
    await room.say("ana", "/night new every thursday at 20:00")
    await room.say("ana", "/night choose Carol")
    (first,) = await _nights(room)
    await room.say("ana", "/night move friday")
    await room.say("ana", "/night move by an hour")
    night = await _night(room)
    assert night.starts_at == first.starts_at + timedelta(days=1, hours=1)
    assert night.until is not None
    room.clock.instant = night.until
    await room.deliver()

    _, following = await _nights(room)

    assert following.starts_at == first.starts_at + timedelta(weeks=1)
    assert following.regular_at is None
    # While the ratings of the last one are open, the next one is meant.
    await room.say("ana", "/night move friday")
    await room.say("dev", "/night in")
    _, moved = await _nights(room)
    assert moved.starts_at == following.starts_at + timedelta(days=1)
    async with room.store.reading(ClubId(room.club)) as work:
        (part,) = [each for each in await work.nights.guests([moved.night_id]) if each.coming]
    assert part.member_id == "test:dev"


async def test_a_night_of_a_season_is_announced_before_its_new_beginning(room: Room) -> None:
    await room.say("ana", PlanSeasonCommand((FilmId("carol-2015"),), when="friday 2 february at 8"))
    assert await _told(room) == []
    await room.say("ana", "/night move 9 february")
    assert await _told(room) == []

    room.clock.instant = datetime(2024, 2, 6, 20, tzinfo=UTC)

    (card,) = await room.deliver()
    assert "9 Feb" in text(card[1])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/night move", "When is it held instead?"),
        ("/night move whenever", "I can't read the time"),
        ("/night move yesterday", "passed already"),
        ("/night move 3 weeks earlier", "ten minutes at the soonest"),
    ],
)
async def test_a_time_that_cannot_be_is_said_so(planned: Room, typed: str, told: str) -> None:
    reply = await planned.say("ana", typed)

    assert told in text(reply)
    assert (await _night(planned)).starts_at == FRIDAY


async def test_only_who_hosts_moves_it_and_not_once_it_was_watched(planned: Room) -> None:
    assert "Only ana, who hosts" in text(await planned.say("ben", "/night move saturday"))
    await planned.say("ana", "/night choose Carol")
    await planned.film_began()
    await planned.say("ana", "/night close")

    assert "watched already" in text(await planned.say("ana", "/night move saturday"))


async def test_the_host_finds_how_to_steer_and_others_do_not(planned: Room) -> None:
    host, guest = await planned.say("ana", "/night"), await planned.say("ben", "/night")

    steering = {"Open the vote", "Extend or shorten", "Move it", "Hand it over", "Call it off"}
    assert steering <= {each.label for each in actions(host)}
    assert steering.isdisjoint(each.label for each in actions(guest))
    await planned.press("ana", host, "Open the vote")
    assert (await _night(planned)).stage is Stage.VOTING
