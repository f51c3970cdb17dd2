"""The delivery worker: takes what is due from the outbox, says it, writes down how it went."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deliveries import Again, Dead, Delivery, Doubtful, Outcome, Sent
from bot.domain.errors import Delayed, Rejected, StoreError, Uncertain
from bot.ports import Clock, Messenger, Store, UnitOfWork
from bot.replies import Reply

log = logging.getLogger(__name__)

Compose = Callable[[Delivery, datetime, UnitOfWork], Awaitable[Reply | None]]
"""Finds the words for a delivery at the instant of saying them; None when nobody needs them."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How the worker takes its time. All are settings so that tests can be quick."""

    lease: timedelta = timedelta(seconds=60)
    renewal: timedelta = timedelta(seconds=20)
    poll: timedelta = timedelta(seconds=1)
    batch: int = 10
    backoff: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(hours=1),
    )
    attempts: int = 8


class Worker:
    """One worker among any number on one database."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        compose: Compose,
        owner: str,
        patience: Patience | None = None,
    ) -> None:
        """Join a worker, known to the others as `owner`, with the world."""
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._compose = compose
        self._owner = owner
        self._patience = patience or Patience()

    async def run(self) -> None:
        """Deliver what falls due until cancelled; give back on leaving what was not yet said."""
        try:
            while True:
                if not await self._try_drain():
                    await asyncio.sleep(self._patience.poll.total_seconds())
        finally:
            await self._store.outbox.release(self._owner)

    async def drain(self) -> int:
        """Deliver everything due now; return how many were taken."""
        taken = 0
        while batch := await self._claim():
            await self._deliver(batch)
            taken += len(batch)
        return taken

    async def _try_drain(self) -> int:
        try:
            return await self.drain()
        except StoreError as error:
            log.warning("deliveries wait, the store is unavailable: %s", error)
            return 0

    async def _claim(self) -> Sequence[Delivery]:
        patience = self._patience
        now = self._clock.now()
        return await self._store.outbox.claim(self._owner, now, patience.lease, patience.batch)

    async def _deliver(self, batch: Sequence[Delivery]) -> None:
        keeper = asyncio.create_task(self._keep_leases(batch))
        try:
            for delivery in batch:
                outcome = await self._say(delivery)
                now = self._clock.now()
                held = await self._store.outbox.settle(
                    self._owner, delivery.delivery_id, outcome, now
                )
                if not held:
                    log.warning("delivery %s: its lease was lost", delivery.delivery_id)
        finally:
            keeper.cancel()

    async def _keep_leases(self, batch: Sequence[Delivery]) -> None:
        """Renew the leases of a batch as long as it takes: slow is not dead."""
        ids = [delivery.delivery_id for delivery in batch]
        while True:
            await asyncio.sleep(self._patience.renewal.total_seconds())
            until = self._clock.now() + self._patience.lease
            await self._store.outbox.renew(self._owner, ids, until)

    async def _say(self, delivery: Delivery) -> Outcome:
        now = self._clock.now()
        async with self._store.reading(delivery.club_id) as work:
            reply = await self._compose(delivery, now, work)
        if reply is None:
            return Dead("nobody waits for it any more")
        try:
            if delivery.attempts > 1 and (sent := await self._before(delivery)):
                return Sent(sent)
            sent = await self._messenger.send(
                delivery.place, reply, delivery_id=delivery.delivery_id
            )
            return Sent(sent)
        except Rejected as error:
            return Dead(str(error))
        except Delayed as error:
            later = now + timedelta(seconds=error.retry_after)
            return Again(later, str(error), counted=False)
        except Uncertain as error:
            return Doubtful(str(error))
        except Exception as error:  # noqa: BLE001 - whatever an adapter raises, the delivery stays
            return self._again(delivery, now, type(error).__name__)

    async def _before(self, delivery: Delivery) -> str | None:
        """Look for a message that an earlier attempt may have left."""
        return await self._messenger.find(delivery.place, delivery.delivery_id, delivery.due_at)

    def _again(self, delivery: Delivery, now: datetime, reason: str) -> Outcome:
        if delivery.attempts >= self._patience.attempts:
            return Dead(f"{reason}, {delivery.attempts} times")
        steps = self._patience.backoff
        return Again(now + steps[min(delivery.attempts, len(steps)) - 1], reason)
