"""Corrections of a reminder that was just set: what they change, and what is none."""

from collections.abc import Sequence

import pytest

from bot.domain.films.reminders import Reminder
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
    ("no, 9", "Fri 26 Jan 2024, 21:00"),
    ("9ish would be better", "Fri 26 Jan 2024, 21:00"),
    ("ok tomorrow", "Sun 21 Jan 2024, 19:00"),
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
    "2",
    "4",
    "4.5",
    "3rd",
    "ok 2",
    "or 3?",
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


ANSWERS_TO_OTHERS = (
    "ok tomorrow",
    "ok 8pm",
    "no, tomorrow",
    "please tomorrow",
    "8pm then",
    "8pm",
    "sorry, 9",
    "rather 8pm",
)


@pytest.mark.parametrize("line", ANSWERS_TO_OTHERS)
@pytest.mark.parametrize("between", ["thanks", "/watchlist", "/review heat 9/5", "a button"])
async def test_what_may_be_said_to_others_changes_no_reminder(
    line: str, between: str, room: Room
) -> None:
    card = await room.say("ana", "/film heat")
    await room.say("ana", "remind me of carol on friday at 7pm")
    if between == "a button":
        await room.press("ana", card, "Watchlist")
    else:
        await room.say("ana", between)
    assert "Changed: I'll remind you" not in text(await room.say("ana", line))
    assert "Fri 26 Jan 2024, 19:00" in text(await room.say("ana", "/reminders"))


async def test_what_names_the_reminder_changes_it_a_while_later(room: Room) -> None:
    await room.say("ana", "remind me of carol on friday at 7pm")
    await room.say("ana", "thanks")
    assert "Sun 21 Jan 2024, 19:00" in text(await room.say("ana", "ok, make that tomorrow"))


async def test_a_vote_right_after_a_reminder_is_a_vote(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    for film in ("heat", "aftersun"):
        await room.say("ana", f"/night nominate {film}")
    await room.say("ana", "/night vote")
    await room.say("ana", "remind me of carol on friday at 7pm")
    await room.say("ana", "2")
    assert "Fri 26 Jan 2024, 19:00" in text(await room.say("ana", "/reminders"))


@pytest.mark.parametrize(
    "asked",
    [
        "remind me of carol on friday at 7pm",
        "/remind all of us strangers",
        "/remind flow",
        "remind me of carol here on friday",
    ],
)
@pytest.mark.parametrize(
    "change", ["make that monday at 6pm", "in the channel please", "privately", "make that 9"]
)
async def test_undo_puts_a_changed_reminder_back_as_it_was(
    asked: str, change: str, room: Room
) -> None:
    await room.say("ana", asked)
    before = await _own(room)
    changed = await room.say("ana", change)
    assert "Changed: I'll remind you" in text(changed)
    back = await room.press("ana", changed, "Undo")
    assert "As before: I'll remind you" in text(back)
    assert await _own(room) == before
    await room.press("ana", back, "Cancel")
    assert "isn't ahead of you any more" in text(await room.press("ana", changed, "Undo"))


async def test_undo_after_the_former_time_leaves_the_reminder(room: Room) -> None:
    await room.say("ana", "remind me of carol in two hours")
    changed = await room.say("ana", "make that monday")
    room.clock.forward(hours=3)
    told = text(await room.press("ana", changed, "Undo"))
    assert "has passed already" in told
    assert "Mon 22 Jan 2024" in text(await room.say("ana", "/reminders"))


async def test_nobody_else_puts_a_reminder_back(room: Room) -> None:
    await room.say("ana", "remind me of carol on friday at 7pm")
    changed = await room.say("ana", "make that sunday")
    assert "isn't ahead of you any more" in text(await room.press("ben", changed, "Undo"))
    assert "Sun 21 Jan 2024, 19:00" in text(await room.say("ana", "/reminders"))


async def _own(room: Room) -> Sequence[Reminder]:
    async with room.store.reading(ClubId(room.club)) as work:
        return await work.reminders.of_member(MemberId("test:ana"))


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
    assert "Snoozed already" in text(again)
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
    assert [each.state.value for each in await _own(room)] == ["planned"]
