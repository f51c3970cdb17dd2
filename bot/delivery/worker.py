"""Delivery worker: claims due deliveries from the outbox, sends them, settles the outcomes."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from bot.delivery.attempt import Composer, DeliveryAttempt
from bot.delivery.clock_steps import ClockSteps
from bot.delivery.queues import PlaceQueues
from bot.delivery.settings import DeliverySettings
from bot.delivery.waiting import pause_until, unless_stopping
from bot.domain.deliveries import Delivery, Outcome, Purpose, Retry, Sent
from bot.domain.errors import StoreError
from bot.domain.ids import DeliveryId, PlaceId
from bot.ports.clock import Clock
from bot.ports.hints import HintTopic
from bot.ports.messenger import Messenger
from bot.ports.store import Store

log = logging.getLogger(__name__)


class Worker:
    """One of any number of workers on a database.

    Claimed deliveries wait in a queue for each place: in order there, concurrently between places.
    `counts` has the number of deliveries by outcome.
    """

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        compose: Composer,
        owner: str,
        settings: DeliverySettings | None = None,
    ) -> None:
        """Join store, messenger, clock and composer; `owner` names the worker in leases."""
        self._store = store
        self._outbox = store.outbox
        self._clock = clock
        self._owner = owner
        self._messenger = messenger
        self._steps = ClockSteps(clock)
        self._claims_from = 0.0
        self._settings = settings or DeliverySettings()
        self._attempt = DeliveryAttempt(store, messenger, clock, compose, self._settings)
        self._leases: dict[DeliveryId, float] = {}  # their ends, by the time that really passes
        self._begun: set[DeliveryId] = set()
        self._queues: PlaceQueues[Delivery] = PlaceQueues(self._deliver)
        self.counts: Counter[str] = Counter()

    async def run(self, stopping: asyncio.Event | None = None) -> None:
        """Deliver until `stopping` is set, or until cancelled. A hint of something planned ends a pause.

        Then finish the sends in progress, and release all other leases.
        """
        stopping = stopping or asyncio.Event()
        planned = self._store.hints(HintTopic.DELIVERIES)
        async with self._at_work() as queues:
            while not stopping.is_set():
                claimed = await unless_stopping(stopping, self._try_claim()) or 0
                if claimed < self._settings.batch:
                    await pause_until(planned, stopping, self._settings.poll)
                queues.check()
            self._forget(queues.take_waiting())
            await self._finish(self._settings.shutdown.total_seconds())

    async def drain(self) -> int:
        """Deliver everything due now; return the number of deliveries claimed."""
        taken = 0
        async with self._at_work() as queues:
            while claimed := await self._claim():
                taken += claimed
                while queues:
                    await queues.item_done(self._settings.poll.total_seconds())
                    queues.check()
                queues.check()
        return taken

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[PlaceQueues[Delivery]]:
        keeper = asyncio.create_task(self._renew_leases())
        self._queues = PlaceQueues(self._deliver)
        try:
            await self._bound_leases()
            yield self._queues
        finally:
            keeper.cancel()
            await self._queues.close()
            self._leases.clear()
            await self._release()

    async def _release(self) -> None:
        try:
            async with asyncio.timeout(self._settings.ending.total_seconds()):
                await self._outbox.release(self._owner, self._begun)
            self._begun.clear()
        except (StoreError, TimeoutError) as error:
            why = str(error) or "the store did not answer in time"
            log.warning("leases not given back, they run out by themselves: %s", why)

    async def _finish(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._queues:
                    await self._queues.item_done(seconds)
                    self._queues.check()

    # Claiming -----------------------------------------------------------------------------------

    async def _try_claim(self) -> int:
        try:
            await self._heed_the_clock()
            return await self._claim()
        except StoreError as error:
            log.warning("deliveries wait, the store is unavailable: %s", error)
            return 0

    async def _claim(self) -> int:
        """Claim a batch into the queues, as far as there is room; return its size."""
        room = min(self._settings.batch, self._settings.held - len(self._queues))
        if room <= 0 or self._clock.elapsed() < self._claims_from:
            return 0
        now, ends, reach = self._clock.now(), self._lease_end(), tuple(self._messenger.reach)
        batch = await self._outbox.claim(self._owner, now, self._settings.lease, room, reach)
        too_many: dict[PlaceId, list[Delivery]] = {}
        for delivery in batch:
            self._leases[delivery.delivery_id] = ends
            if self._queues.length(delivery.place) < self._settings.per_place:
                self._queues.put(delivery.place, delivery)
            else:
                too_many.setdefault(delivery.place, []).append(delivery)
        for those in too_many.values():
            await self._postpone(those, now + self._settings.busy_delay, "its place is busy")
        return len(batch)

    async def _postpone(self, those: Sequence[Delivery], until: datetime, reason: str) -> None:
        """Release these deliveries of one place until `until`, and postpone the place's backlog."""
        first = those[0]
        self._forget(those)
        await self._outbox.postpone(first.club_id, first.place, until)
        back = Retry(until, reason, counted=False)
        await asyncio.gather(*(self._settle(each, back) for each in those))

    # Leases -------------------------------------------------------------------------------------

    async def _renew_leases(self) -> None:
        """Renew all leases periodically, so that slow sends keep theirs."""
        while True:
            await asyncio.sleep(self._settings.renewal.total_seconds())
            try:
                await self._renew(list(self._leases))
            except StoreError as error:
                log.warning("leases not renewed, the store is unavailable: %s", error)

    async def _renew(self, ids: Sequence[DeliveryId]) -> None:
        until, ends = self._clock.now() + self._settings.lease, self._lease_end()
        held = await self._outbox.renew(self._owner, ids, until)
        for each in ids:
            if each not in self._leases:
                continue  # settled meanwhile
            if each in held:
                self._leases[each] = ends
            else:
                del self._leases[each]

    async def _still_held(self, delivery: Delivery) -> bool:
        """Return whether its lease is held; try to renew one that ran out, as after a suspended process."""
        this = delivery.delivery_id
        if this in self._leases and self._leases[this] <= self._clock.elapsed():
            await self._renew([this])
        return this in self._leases

    def _lease_end(self) -> float:
        return self._clock.elapsed() + self._settings.lease.total_seconds()

    async def _heed_the_clock(self) -> None:
        """Renew all leases after the clock was set, since the database has them by the clock.

        Set forward, leases of other workers seem to have run out: give these the time to renew them.
        Set back, leases of ended workers seem to last too long.
        """
        step = self._steps.take()
        if not step:
            return
        log.warning("the clock was set by %s; leases are renewed", step)
        if step > timedelta():
            self._claims_from = self._clock.elapsed() + self._settings.clock_set.total_seconds()
        try:
            await self._renew(list(self._leases))
        except StoreError as error:
            log.warning("leases not renewed, the store is unavailable: %s", error)
        await self._bound_leases()

    async def _bound_leases(self) -> None:
        """Let no lease end later than one that begins now: it was made before the clock was set back."""
        try:
            await self._outbox.bound_leases(self._clock.now() + self._settings.lease)
        except StoreError as error:
            log.warning("leases not bounded, the store is unavailable: %s", error)

    def _forget(self, those: Sequence[Delivery]) -> None:
        for each in those:
            self._leases.pop(each.delivery_id, None)

    # Sending ------------------------------------------------------------------------------------

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            if not await self._still_held(delivery):
                self.counts["lost lease"] += 1
                return
            await self._fold(delivery)
            self._begun.add(delivery.delivery_id)
            outcome = await self._attempt.send(delivery)
            if isinstance(outcome, Retry) and not outcome.counted:
                waiting = self._queues.take_waiting(delivery.place)
                await self._postpone([delivery, *waiting], outcome.at, outcome.reason)
            else:
                await self._settle(delivery, outcome)
        except StoreError as error:
            # Its lease runs out; the next attempt looks whether the message arrived.
            self._forget([delivery])
            log.warning("delivery %s waits, the store is unavailable: %s", _name(delivery), error)

    async def _fold(self, delivery: Delivery) -> None:
        """Fold other overdue reminders of the place into a long overdue one, as a digest.

        Only on its first attempt: an earlier one may have sent the message without them. No more
        than one message can name: what is not named must not count as sent.
        """
        now = self._clock.now()
        old = now - self._settings.digest_after
        is_new = delivery.purpose is Purpose.REMINDER and delivery.attempts == 1
        if not is_new or delivery.due_at >= old:
            return
        most = self._settings.digest_most
        folded = await self._outbox.fold(self._owner, delivery, old, now, most)
        self._queues.drop([each for each in self._queues if each.delivery_id in folded])
        for each in folded:
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
            # A known outcome is stored, even on cancellation, if the database lets us.
            await asyncio.wait({settling}, timeout=self._settings.ending.total_seconds())
            settling.cancel()
            raise
        self._begun.discard(delivery.delivery_id)
        self.counts[type(outcome).__name__.lower() if held else "lost lease"] += 1
        if isinstance(outcome, Sent) and outcome.possible_duplicate:
            self.counts["possible duplicate"] += 1
        if not held:
            log.warning("delivery %s: its lease was lost", _name(delivery))
        elif not isinstance(outcome, Sent):
            log.info("delivery %s: %s", _name(delivery), outcome.reason)


def _name(delivery: Delivery) -> str:
    return f"{delivery.delivery_id} of {delivery.club_id}"
