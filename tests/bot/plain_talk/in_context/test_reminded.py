"""Corrections of a reminder that was just set: what they change, and what is none."""

import pytest

from bot.domain.ids import ClubId, MemberId
from tests.support import Room, text

CHANGED = (
    ("make that sunday", "Sun 21 Jan 2024, 19:00"),
    ("actually 8pm", "Fri 26 Jan 2024, 20:00"),
    ("no, saturday instead", "Sat 27 Jan 2024, 19:00"),
    ("oh wait, thursday", "Thu 25 Jan 2024, 19:00"),
    ("make it an hour earlier", "Fri 26 Jan 2024, 18:00"),
    ("can you make it 9 instead?", "Fri 26 Jan 2024, 21:00"),
    ("change it to monday at 6pm", "Mon 22 Jan 2024, 18:00"),
    ("not friday, saturday", "Sat 27 Jan 2024, 19:00"),
    ("push it to next week", "Sat 27 Jan 2024, 19:00"),
    ("make that 20:30 please", "Fri 26 Jan 2024, 20:30"),
    ("the day before", "Thu 25 Jan 2024, 19:00"),
    ("in two days", "Mon 22 Jan 2024, 19:00"),
    ("tuesday", "Tue 23 Jan 2024, 19:00"),
)


@pytest.mark.parametrize(("line", "due"), CHANGED)
async def test_a_correction_changes_the_reminder_that_was_just_set(
    line: str, due: str, room: Room
) -> None:
    await room.say("ana", "remind me of carol on friday at 7pm")
    assert f"remind you of Carol (2015) on {due}" in text(await room.say("ana", line))
    listed = text(await room.say("ana", "/reminders"))
    assert due in listed
    assert listed.count("Carol") == 1


NO_CHANGE = (
    "8pm was too late for me",
    "heat 4/5",
    "make it 4/5",
    "thanks",
    "friday",
    "alien",
    "no",
)


@pytest.mark.parametrize("line", NO_CHANGE)
async def test_another_line_leaves_the_reminder_as_it_is(line: str, room: Room) -> None:
    await room.say("ana", "remind me of carol on saturday at 7pm")
    assert "Changed: I'll remind you" not in text(await room.say("ana", line))
    assert "Sat 20 Jan 2024, 19:00" in text(await room.say("ana", "/reminders"))


async def test_only_the_members_own_reminder_of_just_now_is_changed(room: Room) -> None:
    await room.say("ana", "remind me of carol on friday at 7pm")
    await room.say("ben", "make that sunday")
    room.clock.forward(minutes=30)
    await room.say("ana", "make that sunday")
    assert "Fri 26 Jan 2024, 19:00" in text(await room.say("ana", "/reminders"))


async def test_a_reminder_set_by_a_button_is_changed_too(room: Room) -> None:
    card = await room.say("ana", "/film All of Us Strangers")
    await room.press("ana", card, "Remind me")
    assert "Sun 21 Jan 2024, 09:00" in text(await room.say("ana", "make that sunday"))


async def test_a_changed_reminder_is_said_once_at_its_new_time_and_place(room: Room) -> None:
    await room.say("ana", "remind me of carol tomorrow at 7pm")
    await room.say("ana", "actually 8pm")
    told = text(await room.say("ana", "in the channel please"))
    assert "Sun 21 Jan 2024, 20:00" in told
    assert "in this channel" in told
    room.clock.forward(days=1, hours=7, minutes=30)
    assert not await room.deliver()
    room.clock.forward(hours=1)
    assert [place for place, _ in await room.deliver()] == [f"{room.club}#room"]


async def test_snooze_pressed_twice_adds_one_day(room: Room) -> None:
    await room.say("ana", "remind me of carol tomorrow at 9")
    listed = await room.say("ana", "/reminders")
    await room.press("ana", listed, "Snooze a day")
    again = await room.press("ana", listed, "Snooze a day")
    assert "Put off already" in text(again)
    assert "Mon 22 Jan 2024, 09:00" in text(again)
    more = await room.press("ana", again, "Another day")
    assert "Tue 23 Jan 2024, 09:00" in text(more)


async def test_snooze_of_a_reminder_that_was_said_adds_one_day(room: Room) -> None:
    await room.say("ana", "remind me of carol tomorrow at 9")
    room.clock.forward(days=1)
    ((_, said),) = await room.deliver()
    first = await room.press("ana", said, "Snooze a day")
    room.clock.forward(seconds=5)
    again = await room.press("ana", said, "Snooze a day")
    assert "Mon 22 Jan 2024, 12:00" in text(first)
    assert "Mon 22 Jan 2024, 12:00" in text(again)
    async with room.store.reading(ClubId(room.club)) as work:
        own = await work.reminders.of_member(MemberId("test:ana"))
    assert [each.state.value for each in own] == ["planned"]
