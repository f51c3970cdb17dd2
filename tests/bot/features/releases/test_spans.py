"""Releases of a span of days, and of one country."""

import pytest

from bot.messages.visibility import Visibility
from tests.support import Room, actions, items, text


@pytest.mark.parametrize(
    ("line", "films"),
    [
        ("what comes out in january", ["Poor Things", "All of Us Strangers"]),
        ("what comes out next week", ["All of Us Strangers"]),
        ("/releases february", ["The Zone of Interest", "Perfect Days"]),
        ("what came out in december", ["Fallen Leaves", "Godzilla Minus One", "The Boy and the Heron"]),
    ],
)  # fmt: skip
async def test_only_releases_of_the_span_are_shown(line: str, films: list[str], room: Room) -> None:
    reply = await room.say("ana", line)
    assert [each.title for each in items(reply)] == films
    assert reply.visibility is Visibility.CLUB


async def test_nobody_is_reminded_of_what_is_out(room: Room) -> None:
    reply = await room.say("ana", "releases this month")
    assert [each.label for each in actions(reply)][:2] == ["Watchlist", "Remind me"]


async def test_an_empty_span_offers_all_that_comes(room: Room) -> None:
    reply = await room.say("ana", "what's out this week")
    assert text(reply) == "I know of nothing that comes out this week (UK)."
    assert len(items(await room.press("ana", reply, "All that comes out"))) > 2


async def test_a_film_is_told_for_the_country_that_was_asked_for(room: Room) -> None:
    there = text(await room.say("ana", "when is all of us strangers out in the us"))
    assert "US cinemas (limited): 22 December 2023" in there
    assert "UK" not in there.partition("US premiere")[2]
    reply = await room.say("ana", "when does all of us strangers come out in germany?")
    assert "I know of no day on which it comes out in Germany." in text(reply)
    asked = text(await room.press("ana", reply, "Remind me"))
    assert "Germany cinemas" in asked


@pytest.mark.parametrize(
    ("line", "span"),
    [
        ("what came out on friday", "on Friday (UK): Poor Things, 12 January 2024"),
        ("what films were released over the weekend", "last weekend (UK): Poor Things"),
        ("what was released during december", "in December 2023 (UK)"),
    ],
)
async def test_what_came_out_is_looked_for_in_the_past(line: str, span: str, room: Room) -> None:
    room.clock.set_by(days=-4)
    assert f"Out {span}" in (await room.say("ana", line)).summary


@pytest.mark.parametrize("days", ["january 0000", "december 9999", "in 9998", "in 0001", "9999"])
async def test_days_at_the_ends_of_all_years_are_answered(days: str, room: Room) -> None:
    for line in (f"/releases {days}", f"what comes out {days}", f"what comes out in {days}"):
        told = text(await room.say("ana", line))
        assert told
        assert "went wrong" not in told
