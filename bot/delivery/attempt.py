"""Saying one delivery: find its words, look whether it was said before, say it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.delivery.channel_fallback import fall_back_to_channel
from bot.delivery.closed_places import plan_notice
from bot.delivery.settings import DeliverySettings
from bot.domain.deliveries import Delivery, Dropped, Failed, Outcome, Retry, Sent, Unknown
from bot.domain.errors import Delayed, Rejected, StoreError, Uncertain, Unreadable
from bot.messages.replies import Reply
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.store import Store, UnitOfWork

log = logging.getLogger(__name__)

Compose = Callable[[Delivery, datetime, UnitOfWork], Awaitable[Reply | None]]
"""Finds the words for a delivery at the instant of saying them; None when nobody needs them."""


class DeliveryAttempt:
    """What a worker does with one delivery that it holds, up to the outcome."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        compose: Compose,
        patience: DeliverySettings,
    ) -> None:
        """Join it with the world."""
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._compose = compose
        self._patience = patience

    async def say(self, delivery: Delivery) -> Outcome:
        """Say it, unless an earlier try has; StoreError when the database cannot serve."""
        try:
            return await self._say(delivery)
        except Rejected as error:
            await self._look_for_another_way(delivery)
            return Failed(str(error))
        except Delayed as error:
            later = self._clock.now() + timedelta(seconds=error.retry_after)
            return Retry(later, str(error), counted=False)
        except Uncertain as error:
            if delivery.attempts >= self._patience.attempts:
                return self._given_up(str(error))
            return Unknown(str(error))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an adapter raises, the delivery stays
            reason = type(error).__name__
            log.warning("delivery %s failed: %s", delivery.delivery_id, reason)
            return self._later(delivery, reason)

    async def _say(self, delivery: Delivery) -> Outcome:
        possible_duplicate = False
        if delivery.attempts > 1 and not self._key_holds(delivery):
            try:
                since = delivery.tried_at or delivery.due_at
                found = await self._messenger.find(delivery.place, delivery.delivery_id, since)
                if found is not None:
                    return Sent(found)
            except Unreadable:
                possible_duplicate = True  # one repeated is better than one lost
        if delivery.attempts > self._patience.attempts:
            return self._given_up("whoever tried was gone before they could tell")
        reply = await self._words(delivery)
        if reply is None:
            return Dropped("nobody waits for it any more")
        return Sent(await self._send(delivery, reply), possible_duplicate)

    def _key_holds(self, delivery: Delivery) -> bool:
        """Whether the platform itself still knows what an earlier try may have left."""
        if delivery.tried_at is None or delivery.attempts > self._patience.attempts:
            return False
        memory = self._messenger.remembers(delivery.place)
        return self._clock.now() - delivery.tried_at < memory

    async def _words(self, delivery: Delivery) -> Reply | None:
        async with self._store.reading(delivery.club_id) as work:
            return await self._compose(delivery, self._clock.now(), work)

    async def _send(self, delivery: Delivery, reply: Reply) -> str:
        """Send it; wait as long as the platform asks, if that is short."""
        waited = 0.0
        while True:
            try:
                return await self._send_once(delivery, reply)
            except Delayed as error:
                waited += error.retry_after
                too_long = error.retry_after > self._patience.linger.total_seconds()
                if too_long or waited > self._patience.answer.total_seconds():
                    raise
                await asyncio.sleep(error.retry_after)

    async def _send_once(self, delivery: Delivery, reply: Reply) -> str:
        seconds = self._patience.answer.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                return await self._messenger.send(
                    delivery.place, reply, delivery_id=delivery.delivery_id
                )
        except TimeoutError as error:
            raise Uncertain(f"no answer within {seconds:g} s") from error

    async def _look_for_another_way(self, delivery: Delivery) -> None:
        """Say it in the channel if that is wanted, else tell the club that a place is closed.

        Planned before the delivery is given up: a crash in between only repeats the refusal.
        """
        now = self._clock.now()
        async with self._store.writing(delivery.club_id) as work:
            if not await fall_back_to_channel(delivery, now, work):
                await plan_notice(delivery, now, work)

    def _later(self, delivery: Delivery, reason: str) -> Outcome:
        if delivery.attempts >= self._patience.attempts:
            return self._given_up(reason)
        return Retry(self._clock.now() + self._patience.wait_after(delivery.attempts), reason)

    def _given_up(self, reason: str) -> Failed:
        return Failed(f"{reason}; given up after {self._patience.attempts} tries")
