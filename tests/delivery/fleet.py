"""A fleet of worker processes that are killed again and again while they deliver."""

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from db.engines.open import open_store
from tests.delivery.loopback import Loopback
from tests.rows import stored

ROOT = Path(__file__).parents[2]


@dataclass
class Fleet:
    """Worker processes on one database and one messenger."""

    database: str
    forker: asyncio.subprocess.Process
    workers: list[int] = field(default_factory=list)
    started: int = 0

    async def start(self) -> int:
        """Start one more; return its pid."""
        assert self.forker.stdin is not None
        assert self.forker.stdout is not None
        self.started += 1
        self.forker.stdin.write(f"worker{self.started}\n".encode())
        pid = int(await self.forker.stdout.readline())
        self.workers.append(pid)
        return pid

    async def ended(self) -> int:
        """Wait for a worker's end; return its exit code."""
        assert self.forker.stdin is not None
        assert self.forker.stdout is not None
        self.forker.stdin.write(b"wait\n")
        return int(await self.forker.stdout.readline())

    async def replace(self, chosen: int, how: signal.Signals = signal.SIGKILL) -> None:
        """End one with a signal, and start another in its place."""
        os.kill(self.workers.pop(chosen), how)
        await self.start()


@asynccontextmanager
async def fleet(database: str, port: int, workers: int, *options: str) -> AsyncIterator[Fleet]:
    """Run worker processes; kill the remaining ones at the end."""
    forker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.delivery.worker_process", database, str(port), *options),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    running = Fleet(database, forker)
    try:
        for _ in range(workers):
            await running.start()
        yield running
    finally:
        for pid in running.workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert forker.stdin is not None
        forker.stdin.close()
        await forker.wait()


async def plan(database: str, many: int, *, clubs: int = 20, due: datetime | None = None) -> None:
    """Plan so many deliveries, all due at once, each club's over a few places."""
    store = await open_store(database)
    at = due or datetime.now(UTC)
    for club in range(clubs):
        club_id = ClubId(f"loopback:{club}")
        async with store.writing(club_id) as work:
            for number in range(club, many, clubs):
                await work.deliveries.plan(
                    Delivery(
                        DeliveryId(f"d{number}"),
                        club_id,
                        Purpose.REMINDER,
                        f"reminder {number}",
                        PlaceId(f"{club_id}#{number % 3}"),
                        at,
                    )
                )
    await store.close()


def states(database: str) -> Counter[str]:
    """Count the deliveries by state."""
    return Counter(dict(stored(database, "SELECT state, count(*) FROM deliveries GROUP BY state")))


@dataclass(frozen=True, slots=True)
class Toll:
    """Result: deliveries planned, kills, lost, repeated, seconds."""

    planned: int
    kills: int
    lost: int
    repeats: int
    states: Counter[str]
    seconds: float


async def kill_again_and_again(
    database: str,
    loopback: Loopback,
    *options: str,
    many: int,
    kills: int,
    workers: int = 4,
    seed: int = 1,
    deadline: float = 300,
) -> Toll:
    """Deliver `many` while `kills` workers are killed, spread over the whole; wait for the rest."""
    await plan(database, many)
    dice = random.Random(seed)
    moments = sorted(dice.sample(range(1, many), kills))
    begun = time.monotonic()
    async with (
        loopback.serving(),
        fleet(database, loopback.port, workers, *options) as running,
        asyncio.timeout(deadline),
    ):
        for moment in moments:
            await loopback.reaches(moment)
            await running.replace(dice.randrange(workers))
        while states(database)["sent"] < many:
            await loopback.moment()
    took = time.monotonic() - begun
    lost = many - len(loopback.shown)
    return Toll(many, kills, lost, loopback.repeats, states(database), took)
