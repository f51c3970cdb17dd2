"""The delivery worker: takes what is due from the outbox, says it, writes down how it went."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from bot.delivery.attempt import Compose, DeliveryAttempt
from bot.delivery.queues import PlaceQueues
from bot.delivery.settings import DeliverySettings
from bot.delivery.waiting import pause
from bot.domain.deliveries import Delivery, Outcome, Retry, Sent, Unknown
from bot.domain.errors import StoreError
from bot.domain.ids import DeliveryId, PlaceId
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.store import Store

log = logging.getLogger(__name__)


class Worker:
    """One worker among any number on one database.

    What it has claimed waits in lanes, one for each place: in order there, and no place waits for
    another. `counts` tells what became of it all.
    """

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        compose: Compose,
        owner: str,
        patience: DeliverySettings | None = None,
    ) -> None:
        """Join a worker, known to the others as `owner`, with the world."""
        self._store = store
        self._outbox = store.outbox
        self._clock = clock
        self._owner = owner
        self._reach = tuple(messenger.reach)
        self._patience = patience or DeliverySettings()
        self._saying = DeliveryAttempt(store, messenger, clock, compose, self._patience)
        self._leases: dict[DeliveryId, datetime] = {}
        self._lanes: PlaceQueues[Delivery] = PlaceQueues(self._deliver)
        self.counts: Counter[str] = Counter()

    async def run(self, stopping: asyncio.Event | None = None) -> None:
        """Deliver what falls due until `stopping` is set, or until cancelled.

        Then end what has begun, and give back what has not.
        """
        stopping = stopping or asyncio.Event()
        async with self._at_work() as lanes:
            while not stopping.is_set():
                if await self._try_claim() < self._patience.batch:
                    await pause(stopping, self._patience.poll)
                lanes.check()
            self._forget(lanes.take_waiting())
            await self._finish(self._patience.farewell.total_seconds())

    async def drain(self) -> int:
        """Deliver everything due now; return how many were taken."""
        taken = 0
        async with self._at_work() as lanes:
            while claimed := await self._claim():
                taken += claimed
                while lanes:
                    await lanes.moved(self._patience.poll.total_seconds())
                    lanes.check()
                lanes.check()
        return taken

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[PlaceQueues[Delivery]]:
        keeper = asyncio.create_task(self._keep_leases())
        self._lanes = PlaceQueues(self._deliver)
        try:
            yield self._lanes
        finally:
            keeper.cancel()
            await self._lanes.close()
            self._leases.clear()
            await self._give_back()

    async def _give_back(self) -> None:
        try:
            await self._outbox.release(self._owner)
        except StoreError as error:
            log.warning("leases not given back, they run out by themselves: %s", error)

    async def _finish(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._lanes:
                    await self._lanes.moved(seconds)
                    self._lanes.check()

    # Claiming -----------------------------------------------------------------------------------

    async def _try_claim(self) -> int:
        try:
            return await self._claim()
        except StoreError as error:
            log.warning("deliveries wait, the store is unavailable: %s", error)
            return 0

    async def _claim(self) -> int:
        """Take a batch into the lanes, as far as there is room; return how many were taken."""
        room = min(self._patience.batch, self._patience.held - len(self._lanes))
        if room <= 0:
            return 0
        now = self._clock.now()
        batch = await self._outbox.claim(self._owner, now, self._patience.lease, room, self._reach)
        too_many: dict[PlaceId, list[Delivery]] = {}
        for delivery in batch:
            self._leases[delivery.delivery_id] = now + self._patience.lease
            if self._lanes.length(delivery.place) < self._patience.lane:
                self._lanes.put(delivery.place, delivery)
            else:
                too_many.setdefault(delivery.place, []).append(delivery)
        for those in too_many.values():
            await self._put_aside(those, now + self._patience.aside, "its place is busy")
        return len(batch)

    async def _put_aside(self, those: Sequence[Delivery], until: datetime, reason: str) -> None:
        """Give back what waits for one place, and leave that place's backlog alone for a while."""
        first = those[0]
        self._forget(those)
        await self._outbox.postpone(first.club_id, first.place, until)
        back = Retry(until, reason, counted=False)
        await asyncio.gather(*(self._settle(each, back) for each in those))

    # Leases -------------------------------------------------------------------------------------

    async def _keep_leases(self) -> None:
        """Renew all leases as long as it takes: slow is not dead."""
        while True:
            await asyncio.sleep(self._patience.renewal.total_seconds())
            try:
                await self._renew(list(self._leases))
            except StoreError as error:
                log.warning("leases not renewed, the store is unavailable: %s", error)

    async def _renew(self, ids: Sequence[DeliveryId]) -> None:
        until = self._clock.now() + self._patience.lease
        held = await self._outbox.renew(self._owner, ids, until)
        for each in ids:
            if each not in self._leases:
                continue  # settled meanwhile
            if each in held:
                self._leases[each] = until
            else:
                del self._leases[each]

    async def _still_held(self, delivery: Delivery) -> bool:
        """Whether it is still ours to say: a machine that slept may have slept too long."""
        this = delivery.delivery_id
        if this in self._leases and self._leases[this] <= self._clock.now():
            await self._renew([this])
        return this in self._leases

    def _forget(self, those: Sequence[Delivery]) -> None:
        for each in those:
            self._leases.pop(each.delivery_id, None)

    # Saying -------------------------------------------------------------------------------------

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            if not await self._still_held(delivery):
                self.counts["lost lease"] += 1
                return
            await self._fold(delivery)
            outcome = await self._saying.say(delivery)
            if isinstance(outcome, Retry) and not outcome.counted:
                waiting = self._lanes.take_waiting(delivery.place)
                await self._put_aside([delivery, *waiting], outcome.at, outcome.reason)
            else:
                await self._settle(delivery, outcome)
        except asyncio.CancelledError:
            await self._settle(delivery, Unknown("cut off while it was said"))
            raise
        except StoreError as error:
            # Its lease runs out, and then somebody looks whether it arrived.
            self._forget([delivery])
            log.warning("delivery %s waits, the store is unavailable: %s", _name(delivery), error)

    async def _fold(self, delivery: Delivery) -> None:
        """Let one that is long overdue carry the others like it at its place.

        Only a first try: what an earlier one may have said can no longer carry more.
        """
        now = self._clock.now()
        old = now - self._patience.digest
        if delivery.attempts > 1 or delivery.due_at >= old:
            return
        carried = await self._outbox.fold(self._owner, delivery, old, now)
        self._lanes.drop([each for each in self._lanes if each.delivery_id in carried])
        for each in carried:
            self._leases.pop(each, None)

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        self._forget([delivery])
        now = self._clock.now()
        settling = asyncio.ensure_future(
            self._outbox.settle(self._owner, delivery.delivery_id, outcome, now)
        )
        try:
            held = await asyncio.shield(settling)
        except asyncio.CancelledError:
            await settling  # what is known is written down, whoever wants to leave
            raise
        self.counts[type(outcome).__name__.lower() if held else "lost lease"] += 1
        if isinstance(outcome, Sent) and outcome.possible_duplicate:
            self.counts["possible duplicate"] += 1
        if not held:
            log.warning("delivery %s: its lease was lost", _name(delivery))
        elif not isinstance(outcome, Sent):
            log.info("delivery %s: %s", _name(delivery), outcome.reason)


def _name(delivery: Delivery) -> str:
    return f"{delivery.delivery_id} of {delivery.club_id}"
