"""Steering of a night by its host: dates skipped, stages ended, nights called off; and what is kept then."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import ClubId
from bot.domain.nights import Night, Stage
from tests.support import Room, actions, items, text

FRIDAY = datetime(2024, 1, 26, 20, tzinfo=UTC)
THURSDAY = datetime(2024, 1, 25, 20, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


async def _open(room: Room) -> list[Night]:
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.nights.open())


async def _told(room: Room) -> list[str]:
    room.clock.forward(seconds=1)
    return [reply.summary for _, reply in await room.deliver()]


async def _heard(room: Room, until: datetime) -> dict[datetime, list[str]]:
    """Let the time pass by hours; return what was told in the channel."""
    heard: dict[datetime, list[str]] = {}
    room.clock.instant = room.clock.instant.replace(minute=0, second=0, microsecond=0)
    while room.clock.instant < until:
        room.clock.forward(hours=1)
        told = [reply.summary for place, reply in await room.deliver() if "#" in place]
        if told:
            heard[room.clock.instant] = told
    return heard


@pytest.fixture
async def standing(room: Room) -> Room:
    """A night every Thursday at eight, for which Heat is nominated."""
    await room.say("ana", "/night new every thursday at 20:00")
    await room.say("ben", "/night in")
    await room.say("ben", "/night nominate Heat")
    await room.deliver()
    return room


async def test_a_date_that_is_skipped_in_the_vote_keeps_the_vote_open(standing: Room) -> None:
    await standing.say("ana", "/night close")
    await standing.say("ben", "/night vote 1")
    told = text(await standing.say("ana", "/night skip"))

    (night,) = await _open(standing)
    assert (night.stage, night.starts_at) == (Stage.VOTING, THURSDAY + WEEK)
    assert night.until == night.vote_until == night.starts_at - timedelta(hours=3)
    assert "1 Feb 2024" in told
    assert "The vote goes on." in told
    assert "1 of 2 have voted" in text(await standing.say("ana", "/night"))
    assert any("moves to" in each and "1 Feb" in each for each in await _told(standing))


async def test_a_date_that_is_skipped_after_the_vote_keeps_the_film(standing: Room) -> None:
    await standing.say("ana", "/night choose Heat")
    await _told(standing)
    asked = await standing.say("ana", "/night")
    told = text(await standing.press("ana", asked, "Skip this date"))

    (night,) = await _open(standing)
    assert (night.stage, night.starts_at) == (Stage.DECIDED, THURSDAY + WEEK)
    assert told.startswith("Skipped: we watch Heat (1995) on Thu 1 Feb 2024")
    heard = await _heard(standing, THURSDAY + WEEK + timedelta(hours=2))
    assert list(heard)[1:] == [THURSDAY + 6 * DAY, THURSDAY + WEEK - timedelta(hours=1)]
    assert not [each for told in heard.values() for each in told if "how was" in each]


async def test_the_next_ones_follow_from_the_date_that_was_held(standing: Room) -> None:
    await standing.say("ana", "/night choose Heat")
    await standing.say("ana", "/night move friday")
    await standing.say("ana", "/night skip")
    await standing.film_began()
    await standing.say("ana", "/night close")

    _, following = await _open(standing)

    assert following.starts_at == THURSDAY + 2 * WEEK


async def test_a_film_is_not_rated_before_it_began(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night choose Heat")
    for typed in ("/night close", "/night skip"):
        refused = text(await room.say("ana", typed))
        assert "still to be watched" in refused
        assert "/night move" in refused
    (night,) = await _open(room)
    assert night.stage is Stage.DECIDED
    before = {each.label for each in actions(await room.say("ana", "/night"))}
    assert "Rate it now" not in before
    assert not [each for each in await _told(room) if "how was" in each]

    await room.film_began()
    await room.press("ana", await room.say("ana", "/night"), "Rate it now")

    (night,) = await _open(room)
    assert night.stage is Stage.RATING


async def test_what_was_decided_is_nominated_again_where_the_night_is_off(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night nominate Heat")
    await room.say("ana", "/night choose Heat")
    await room.say("ana", "/night cancel")
    await room.say("ana", "/night new saturday at 8")

    assert [each.title for each in items(await room.say("ana", "/night"))] == ["Heat"]


async def test_a_film_that_is_decided_for_one_night_is_on_no_other_ballot(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night nominate Heat")
    await room.say("ben", "/night nominate Her")
    await room.say("ana", "/night choose Heat")
    assert "Nominated" in text(
        await room.say("ben", "/night nominate Carol")
    )  # there is room again
    await room.say("ana", "/night new saturday at 8")
    await room.say("ana", "/night close")  # saturday's nominations: friday's film has not begun
    ballot = await room.say("ana", "/night vote")

    assert {each.title for each in items(ballot)} >= {"Her", "Carol"}
    assert "Heat" not in [each.title for each in items(ballot)]


async def test_all_are_reminded_a_day_before_though_the_film_is_open(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night in")
    heard = await _heard(room, FRIDAY - timedelta(hours=4))

    (reminder,) = heard[FRIDAY - DAY]

    assert reminder.startswith("ana, ben: film night on Fri 26 Jan 2024, 20:00")
    assert reminder.endswith("The vote ends Fri 26 Jan 2024, 17:00 (Europe/London).")


async def test_a_night_that_moves_or_is_off_reminds_at_its_own_time_alone(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night move saturday")
    heard = await _heard(room, FRIDAY - timedelta(hours=20))
    assert not [each for told in heard.values() for each in told if "film night on" in each]
    await room.say("ana", "/night cancel")

    heard = await _heard(room, FRIDAY + 2 * DAY)

    assert not [each for told in heard.values() for each in told if "film night on" in each]


async def test_a_stage_is_prolonged_or_cut_short_and_all_are_told_by_whom(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night close")
    (before,) = await _open(room)
    assert before.until is not None
    for typed, hours in (("shorten 2h", -2), ("extend 1h", -1), ("extend -1h", -2)):
        told = text(await room.say("ana", f"/night {typed}"))
        (night,) = await _open(room)
        assert night.until == night.vote_until == before.until + timedelta(hours=hours), typed
        assert told.startswith("The vote is open until Fri 26 Jan 2024"), typed
    heard = await _told(room)
    assert any("open until" in each and "says ana, who hosts." in each for each in heard)
    await room.say("ben", "/night extend 1h", admin=True)
    assert any("says an admin of the club." in each for each in await _told(room))
    for typed, refused in (("shorten 9d", "over already"), ("extend 9d", "after the night begins")):
        assert refused in text(await room.say("ana", f"/night {typed}"))


async def test_nominations_that_end_sooner_leave_the_vote_its_end(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    (before,) = await _open(room)
    assert before.until is not None
    await room.say("ana", "/night shorten a day")

    (night,) = await _open(room)

    assert (night.until, night.vote_until) == (before.until - DAY, before.vote_until)


async def test_who_called_a_night_off_is_told_and_why(room: Room) -> None:
    off = "The film night of Fri 26 Jan 2024, 20:00 (Europe/London) is off"
    for member, typed, told in (
        ("ana", "cancel", f"{off}, says ana, who hosts."),
        ("ana", "cancel it please", f"{off}, says ana, who hosts."),
        (
            "ana",
            "cancel because the heating broke",
            f"{off}, says ana, who hosts: “the heating broke”",
        ),
        ("ben", "cancel", f"{off}, says an admin of the club."),
        ("ben", "cancel: no hall", f"{off}, says ben: “no hall”"),
    ):
        await room.say("ana", "/night new friday at 8")
        await room.say(member, f"/night {typed}", admin=member == "ben")
        assert told in await _told(room), typed


async def test_why_a_night_is_off_goes_with_who_said_it(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night cancel my own divorce")
    await _told(room)
    asked = await room.say("ana", "/forget")
    await room.press("ana", asked, "Erase everything")
    await room.deliver()

    shown = [text(reply) for _, reply in room.mailbox.shown.values()]

    assert [each for each in shown if "divorce" in each or "ana" in each] == []
    assert any(each.endswith("is off.") for each in shown)


async def test_why_a_night_is_off_is_for_all_or_not_told(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    told = text(await room.say("ana", "/night cancel just for me: my own divorce"))

    assert "shown to all" in told
    assert len(await _open(room)) == 1
