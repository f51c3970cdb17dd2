"""Workers that stall for longer than their leases do no harm when they wake; one that heeds no lease would."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.delivery.worker import Worker
from bot.domain.deliveries import Delivery, DeliveryState, Outcome, Purpose
from bot.domain.errors import Delayed
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from db.engines.open import open_store
from db.outbox.outbox import SqlOutbox
from db.records import ACROSS_CLUBS
from db.schema.deliveries import deliveries
from db.store import SqlStore
from db.transactions import Across, Transactions
from tests.bot.delivery.test_worker import SETTINGS, Answers, words
from tests.delivery.fleet import fleet, plan, states
from tests.delivery.loopback import Loopback, Manners
from tests.support import HandClock

THIS, CLUB, PLACE = DeliveryId("d1"), ClubId("sim:1"), PlaceId("sim:1#room")


class Careless(SqlOutbox):
    """An outbox that takes a lost lease back before it stores an outcome, as if nobody else had had it."""

    def __init__(self, transactions: Transactions) -> None:
        super().__init__(transactions)
        self._all = transactions

    async def settle(
        self, owner: str, delivery_id: DeliveryId, outcome: Outcome, now: datetime
    ) -> bool:
        taken_back = (
            update(deliveries)
            .where(deliveries.c.delivery_id == delivery_id)
            .values(lease_owner=owner, state=DeliveryState.CLAIMED)
            .execution_options(**ACROSS_CLUBS)
        )
        async with self._all.write(Across.OUTBOX) as connection:
            await connection.execute(taken_back)
        return await super().settle(owner, delivery_id, outcome, now)


@pytest.fixture(params=["file", "server"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database on each engine in turn."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'matinee.db'}"
    url: str = request.getfixturevalue("server_database")
    return url


@dataclass
class Shifts:
    """Workers on one database, one after the other, at a place without a history that could be looked through."""

    stores: tuple[SqlStore, SqlStore]
    clock: HandClock = field(default_factory=HandClock)

    async def plan(self) -> None:
        async with self.stores[0].writing(CLUB) as work:
            now = self.clock.now()
            await work.deliveries.plan(Delivery(THIS, CLUB, Purpose.REMINDER, "hi", PLACE, now))

    def worker(self, owner: str, messenger: Answers, *, stalls: bool = False) -> Worker:
        return Worker(self.stores[stalls], messenger, self.clock, words, owner, SETTINGS)

    async def shown(self) -> list[str]:
        """Let one stall while it sends, and wake when another has sent it; return all that was shown."""
        await self.plan()
        one, two, three = Answers([Delayed(90)], slow=(PLACE,)), Answers(), Answers()
        stalled = asyncio.create_task(self.worker("one", one, stalls=True).drain())
        await one.begun.wait()
        self.clock.forward(seconds=SETTINGS.lease.total_seconds() + 1)
        await self.worker("two", two).drain()
        one.go_on.set()  # the platform asks it to wait: nothing of it was shown
        await stalled
        self.clock.forward(minutes=3)
        await self.worker("three", three).drain()
        return one.said + two.said + three.said


@pytest.fixture
async def shifts(database: str) -> AsyncIterator[Shifts]:
    """The stalling worker has a store of its own."""
    async with AsyncExitStack() as stack:
        stores = [await open_store(database) for _ in range(2)]
        for each in stores:
            stack.push_async_callback(each.close)
        yield Shifts((stores[0], stores[1]))


async def test_who_wakes_without_a_lease_stores_nothing(shifts: Shifts) -> None:
    assert await shifts.shown() == ["hi"]
    async with shifts.stores[0].reading(CLUB) as work:
        [row] = await work.deliveries.of(Purpose.REMINDER, "hi")
    assert row.state is DeliveryState.SENT


async def test_who_settles_without_a_lease_repeats(shifts: Shifts) -> None:
    """So the test above would notice."""
    careless = shifts.stores[1]
    careless.outbox = Careless(careless.transactions)
    assert await shifts.shown() == ["hi", "hi"]


@pytest.mark.long
async def test_stopped_processes_repeat_nothing_when_they_go_on(database: str) -> None:
    many, lease = 1_000, 1.0
    loopback = Loopback(Manners(key_memory=10.0, gap=0.02))
    await plan(database, many)
    async with (
        loopback.serving(),
        fleet(database, loopback.port, 4, "--lease", str(lease)) as running,
        asyncio.timeout(300),
    ):
        for moment in range(100, many, 200):
            await loopback.reaches(moment)
            process = running.workers[moment // 200 % 4]
            os.kill(process, signal.SIGSTOP)
            await asyncio.sleep(1.5 * lease)
            os.kill(process, signal.SIGCONT)
        while states(database)["sent"] < many:
            await loopback.moment()
    assert (len(loopback.shown), loopback.repeats) == (many, 0)
