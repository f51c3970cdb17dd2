"""Two processes with one token notice each other; one that was killed, or has other shards, is no rival."""

import asyncio
import re
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from adapters.runtime.health.presence import Presence, presence_findings
from adapters.runtime.health_report import Verdict
from adapters.runtime.process.clock import MachineClock
from bot.domain.connections import PlatformConnection
from tests.generated import NOON
from tests.support import Room

APPLICATION = "discord:7"
SOON = timedelta(seconds=0.05)
TWICE = "in use twice"


def process(name: str, part: str = "", *, application: str = APPLICATION) -> PlatformConnection:
    return PlatformConnection(application, f"{name}:1:x", part, NOON)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("", "", True),
        ("0-3/8", "4-7/8", False),
        ("0-4/8", "4-7/8", True),
        ("5/8", "4-7/8", True),
        ("0-0/1", "", True),
        ("", "0-3/8", True),
        ("0-3/8", "4-7/16", True),
    ],
)
def test_shards_clash_where_they_hear_the_same(one: str, other: str, clash: bool) -> None:
    mine, theirs = process("a", one), process("b", other)
    assert mine.clashes_with(theirs) == theirs.clashes_with(mine) == clash
    assert not mine.clashes_with(process("b", other, application="discord:8"))
    assert not mine.clashes_with(mine)


async def presences(
    room: Room, parts: tuple[str, ...], seconds: float, every: timedelta = SOON
) -> None:
    """Let processes be there together for a while."""
    async with AsyncExitStack() as together:
        for part in parts:
            there = Presence(room.store.connections, MachineClock(), part, every, SOON)
            await together.enter_async_context(there.noted(APPLICATION))
        await asyncio.sleep(seconds)


async def test_two_with_the_same_shards_are_told_once_each(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    async with asyncio.timeout(20):
        while caplog.text.count(TWICE) < 2:
            caplog.clear()
            await presences(room, ("0-1/4", "1-3/4"), 1.0)
    assert caplog.text.count(TWICE) == 2
    assert re.search(r"shards 0-1/4 and \S+, shards 1-3/4", caplog.text)
    assert "matinee run --shards" in caplog.text
    mine = PlatformConnection(APPLICATION, "late:1:x", "", MachineClock().now())
    assert await room.store.connections.note(mine, NOON) == [], "they are gone when they end"


async def test_they_are_told_long_before_they_note_themselves_again(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    """By a look between two notes, after which who sees a new one notes itself once."""
    async with asyncio.timeout(20):
        while caplog.text.count(TWICE) < 2:
            caplog.clear()
            await presences(room, ("", ""), 1.0, every=timedelta(hours=1))
    assert caplog.text.count(TWICE) == 2


async def test_different_shards_and_one_that_was_killed_are_no_rivals(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    killed = PlatformConnection(APPLICATION, "gone:1:x", "", MachineClock().now())
    await room.store.connections.note(killed, NOON)
    await presences(room, ("0-1/4", "2-3/4"), 1.0)
    assert TWICE not in caplog.text


def test_the_doctor_names_both_for_a_minute() -> None:
    both, quiet = [process("a"), process("b")], process("c")
    now = NOON + timedelta(seconds=59)
    [found] = presence_findings(both, now)
    assert found.verdict is Verdict.BAD
    assert "a:1 and b:1" in found.text
    assert presence_findings(both, NOON + timedelta(minutes=1)) == []
    assert presence_findings([quiet, process("d", "0/2", application="discord:8")], now) == []
