"""When a night is held: slots answered in private, in each member's zone; standing nights that skip and go on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ClubId
from bot.domain.nights import IF_NEED_BE, NO, YES, Night, Stage
from bot.features.nights.schedule.times import best_slot
from bot.messages.replies import Fields, Reply
from bot.messages.spans import When
from tests.support import Room, text

SLOTS = ("2024-01-26T20:00:00+00:00", "2024-01-27T21:00:00+00:00", "2024-01-28T18:00:00+00:00")
ANSWERS = st.lists(st.dictionaries(st.sampled_from(SLOTS), st.sampled_from((NO, IF_NEED_BE, YES))))


async def _nights(room: Room) -> list[Night]:
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.nights.open())


async def _end_stage(room: Room) -> None:
    (night, *_) = await _nights(room)
    assert night.until is not None
    room.clock.instant = night.until


def _times(reply: Reply) -> list[When]:
    rows = (each for block in reply.blocks if isinstance(block, Fields) for each in block.fields)
    return [span for row in rows for span in row.spans if isinstance(span, When)]


@given(ANSWERS)
def test_no_slot_has_fewer_no_or_as_few_and_more_yes(answers: list[dict[str, int]]) -> None:
    given_ = [each for each in answers if each]

    def key(slot: str) -> tuple[int, int]:
        levels = [each.get(slot, IF_NEED_BE) for each in given_]
        return levels.count(NO), -levels.count(YES)

    best = best_slot(SLOTS, answers)

    assert key(best) == min(map(key, SLOTS))
    assert best_slot(SLOTS, answers[::-1]) == best


async def test_the_slot_that_suits_most_is_settled_and_who_can_is_in(room: Room) -> None:
    await room.say("ana", "/night when fri 20:00, sat 21:00, sun 18:00, something funny")
    await room.say("ana", "/night dates 1 2")
    await room.say("ben", "/night dates 2 / 1")
    await room.say("cleo", "/night dates / 1 2")
    await room.deliver()
    await _end_stage(room)

    ((_, told),) = await room.deliver()

    (night,) = await _nights(room)
    assert night.stage is Stage.NOMINATING
    # Today two cannot, on Sunday one, on Friday nobody.
    assert night.starts_at == datetime(2024, 1, 26, 20, tzinfo=UTC)
    assert night.wish == "something funny"
    assert "3 guests can make it" in text(told)


async def test_each_sees_the_slots_in_their_own_zone_and_nobody_the_answers(room: Room) -> None:
    await room.say("ana", "/night when fri 20:00, sat 21:00")
    await room.say("ben", "/settings zone America/New_York")

    asked = await room.say("ben", "/night dates 2 / 1")

    assert {each.zone for each in _times(asked)} == {"America/New_York"}
    assert "Yes" in text(asked)
    shown = text(await room.say("ana", "/night"))
    assert "1 answer so far" in shown
    assert "ben" not in shown


async def test_one_who_cannot_is_not_in(room: Room) -> None:
    await room.say("ana", "/night when fri 20:00, sat 21:00")
    await room.say("ana", "/night dates 1")
    await room.say("ben", "/night dates 2 / 1")
    await room.say("cleo", "/night dates 1 / 2")
    await room.say("ana", "/night close")

    card = text(await room.say("ana", "/night"))

    assert "In: ana and cleo." in card


async def test_answers_are_corrected_by_menu_until_the_time_is_settled(room: Room) -> None:
    await room.say("ana", "/night when fri 20:00, sat 21:00")
    await room.say("ana", "/night dates 9")
    await _end_stage(room)
    await room.deliver()

    reply = await room.say("ana", "/night dates 1")

    assert "settled already" in text(reply)


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [
        ("every second thursday at 20:00", 2),
        ("every thursday at 8", 1),
        ("every 3 weeks on thursday 20:00", 3),
    ],
)
async def test_a_standing_night_is_read(room: Room, typed: str, weeks: int) -> None:
    await room.say("ana", f"/night new {typed}, funny, under 2h")

    (night,) = await _nights(room)
    assert (night.every, night.wish) == (weeks, "funny, under 2h")
    assert night.starts_at.astimezone(ZoneInfo("Europe/London")).strftime("%a %H:%M") == "Thu 20:00"


@pytest.mark.parametrize(
    ("typed", "starts", "wish"),
    [
        ("new in 3 days at 20:00", ["23 20:00"], ""),
        ("new in 6 days at 8, funny", ["26 20:00"], "funny"),
        ("new in 2 days, 8pm", ["22 20:00"], ""),
        ("new 8pm in 2 days", ["22 20:00"], ""),
        ("in a week at 8 from everyone's watchlists", ["27 20:00"], "from everyone's watchlists"),
        ("new friday at 8 or 9, funny", ["26 20:00", "26 21:00"], "funny"),
        ("new friday at 8 or saturday, funny or sad", ["26 20:00", "27 20:00"], "funny or sad"),
        ("when friday 20:00, 21:30 or in 8 days", ["26 20:00", "26 21:30", "28 20:00"], ""),
        ("when in 2 days, in 3 days", ["22 20:00", "23 20:00"], ""),
        ("new friday at 8 about grief", ["26 20:00"], "about grief"),
        ("new friday at 8, 9 to 5 again", ["26 20:00"], "9 to 5 again"),
    ],
)
async def test_several_times_are_joined_by_commas_or_or(
    room: Room, typed: str, starts: list[str], wish: str
) -> None:
    await room.say("ana", f"/night {typed}")

    (night,) = await _nights(room)
    slots = [datetime.fromisoformat(each) for each in night.slots] or [night.starts_at]
    assert [f"{each:%d %H:%M}" for each in slots] == starts
    assert night.wish == wish


@pytest.mark.parametrize("typed", ["fri 20:00 sat 21:00", "fri 20:00, sat 21:00 sun 18:00, funny"])
async def test_times_that_nothing_joins_are_asked_about(room: Room, typed: str) -> None:
    told = text(await room.say("ana", f"/night new {typed}"))

    assert "another time to choose from? Put a comma between the two" in told
    assert await _nights(room) == []


async def test_skipping_a_standing_night_moves_it(room: Room) -> None:
    await room.say("ana", "/night new every second thursday at 20:00")
    (before,) = await _nights(room)

    told = await room.say("ana", "/night skip")

    (after,) = await _nights(room)
    assert after.starts_at == before.starts_at + timedelta(weeks=2)
    assert after.stage is Stage.NOMINATING
    assert "Skipped" in text(told)


async def test_the_next_one_is_planned_when_the_film_is_over_over_a_change_of_clocks(
    room: Room,
) -> None:
    room.clock.instant = datetime(2024, 3, 26, 12, tzinfo=UTC)
    await room.say("ana", "/night new every week thursday at 20:00")
    await room.say("ana", "/night nominate Carol")
    (first,) = await _nights(room)
    await room.say("ana", "/night choose Carol")
    await _end_stage(room)
    await room.deliver()

    rating, following = await _nights(room)

    assert rating.stage is Stage.RATING
    assert following.stage is Stage.NOMINATING
    assert following.every == 1
    zone = ZoneInfo("Europe/London")  # summer time began on 31 March
    assert following.starts_at.astimezone(zone).strftime("%d %H:%M") == "04 20:00"
    assert following.starts_at - first.starts_at == timedelta(days=7, hours=-1)


async def test_nothing_is_decided_while_the_time_is_open(room: Room) -> None:
    await room.say("ana", "/night when fri 20:00, sat 21:00")
    assert "Nothing is decided yet" in text(await room.say("ana", "/night result"))
