"""Events of nights, entered, changed and taken out by processes that are killed with -9 meanwhile: never two."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.deliveries import DeliveryState, Purpose
from bot.domain.ids import ClubId
from bot.domain.nights import Night
from tests.adapters.discord.conftest import ANA, Town
from tests.adapters.discord.scheduled import CREATE_EVENTS

ROOT = Path(__file__).parents[3]
PATIENCE = 180.0
"""Seconds until something that never comes fails the test."""


class Deliveries:
    """Processes that deliver one after the other; each is killed at a moment that is named."""

    def __init__(self, town: Town, database: Path, offset: Path) -> None:
        self.town, self.offset = town, offset
        self.arguments = (
            *(f"sqlite:///{database}", f"{town.discord.url}/api/v10"),
            *(f"discord:{town.server.number}", str(offset)),
        )
        self.process: asyncio.subprocess.Process | None = None
        self.kill_at: list[tuple[str, float]] = []
        self.kills = 0
        town.discord.events.watcher = self._seen

    def _seen(self, what: str) -> None:
        """Kill the process once what it waits for has happened: at once, or after so many seconds."""
        if self.kill_at and self.kill_at[0][0] == what:
            _, after = self.kill_at.pop(0)
            if after:
                asyncio.get_running_loop().call_later(after, self.kill)
            else:
                self.kill()

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.adapters.discord.delivering_process", *self.arguments),
            cwd=ROOT,
        )

    def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)
            self.kills += 1

    async def night(self) -> Night:
        async with self.town.room.store.reading(ClubId(f"discord:{self.town.server.number}")) as w:
            return next(iter(await w.nights.all()))

    async def settled(self) -> bool:
        """Whether all about the event of the night was sent."""
        night = await self.night()
        async with self.town.room.store.reading(ClubId(f"discord:{self.town.server.number}")) as w:
            (entry,) = await w.deliveries.of(Purpose.NIGHT_EVENT, night.night_id)
            changes = await w.deliveries.of(Purpose.AMENDMENT, entry.delivery_id)
        done = {DeliveryState.SENT, DeliveryState.CANCELLED}
        return all(each.state in done for each in (entry, *changes))

    async def until_settled(self) -> None:
        """Start a process whenever the last one was killed, until all is sent."""
        async with asyncio.timeout(PATIENCE):
            while self.kill_at or not await self.settled():
                if self.process is None or self.process.returncode is not None:
                    self.pass_time()
                    await self.start()
                await asyncio.sleep(0.05)

    def pass_time(self) -> None:
        """Move the clock of the processes by five minutes: leases have ended, and waits are over."""
        passed = float(self.offset.read_text()) + 300
        written = self.offset.with_suffix(".new")
        written.write_text(str(passed))
        written.replace(self.offset)


@asynccontextmanager
async def delivering(town: Town, folder: Path) -> AsyncIterator[Deliveries]:
    """Plan a night that is to be an event, with nobody yet to enter it."""
    offset = folder / "offset"
    offset.write_text("0")
    town.server.allowed |= CREATE_EVENTS
    town.room.clock.instant = town.discord.events.now = datetime.now(UTC)
    async with town.open():
        await town.discord.slash(
            *(ANA, town.server, "night"), action="new", when="in 9 days", event=True
        )
    deliveries = Deliveries(town, folder / "matinee.db", offset)
    try:
        yield deliveries
    finally:
        deliveries.kill_at.clear()
        deliveries.kill()
        if deliveries.process is not None:
            await deliveries.process.wait()


@pytest.mark.parametrize(
    "moments",
    [
        pytest.param([("entered", 0.0), ("looked", 0.0)], id="entered, then looked"),
        pytest.param([("looked", 0.0)], id="looked", marks=pytest.mark.long),
        pytest.param([("entered", 0.0)], id="entered", marks=pytest.mark.long),
        pytest.param([("entered", 0.01)], id="told", marks=pytest.mark.long),
        pytest.param([("looked", 0.0), ("entered", 0.0)], id="both", marks=pytest.mark.long),
    ],
)
async def test_it_is_entered_once_whenever_it_is_killed(
    closed_town: Town, tmp_path: Path, moments: list[tuple[str, float]]
) -> None:
    async with delivering(closed_town, tmp_path) as deliveries:
        deliveries.kill_at = list(moments)
        await deliveries.until_settled()
        events = closed_town.discord.events.of(closed_town.server)
        night = await deliveries.night()

    assert deliveries.kills >= len(moments)
    assert [each["scheduled_start_time"] for each in events] == [night.starts_at.isoformat()]


async def test_it_moves_and_goes_with_its_night_whenever_it_is_killed(
    closed_town: Town, tmp_path: Path
) -> None:
    town = closed_town
    async with delivering(town, tmp_path) as deliveries:
        await deliveries.until_settled()
        (event,) = town.discord.events.of(town.server)
        before = datetime.fromisoformat(event["scheduled_start_time"])
        town.room.clock.instant = datetime.now(UTC)
        async with town.open():
            await town.discord.slash(*(ANA, town.server, "night"), action="move", when="by a day")
        deliveries.kill_at = [("changed", 0.0), ("changed", 0.01)]
        await deliveries.until_settled()
        (moved,) = town.discord.events.of(town.server)
        assert moved["id"] == event["id"]
        after = datetime.fromisoformat(moved["scheduled_start_time"])
        assert timedelta(hours=23) <= after - before <= timedelta(hours=25)

        town.room.clock.instant = datetime.now(UTC)
        async with town.open():
            await town.discord.slash(ANA, town.server, "night", action="cancel")
        deliveries.kill_at = [("taken out", 0.0)]
        await deliveries.until_settled()

    assert town.discord.events.of(town.server) == []
    assert deliveries.kills >= 3
