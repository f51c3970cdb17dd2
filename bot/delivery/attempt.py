"""Delivery attempt: look for an earlier message, compose the text, send it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.delivery.channel_fallback import plan_in_channel
from bot.delivery.closed_places import plan_notice
from bot.delivery.settings import DeliverySettings
from bot.domain.deliveries import Delivery, Dropped, Failed, Outcome, Retry, Sent, Unknown
from bot.domain.errors import Delayed, Rejected, StoreError, Uncertain, Unreadable
from bot.messages.replies import Reply
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.store import Store, UnitOfWork

log = logging.getLogger(__name__)

Composer = Callable[[Delivery, datetime, UnitOfWork], Awaitable[Reply | None]]
"""Composes a delivery's message at an instant (UTC); None if it is no longer wanted."""


class DeliveryAttempt:
    """Sends a leased delivery and returns the outcome."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        compose: Composer,
        settings: DeliverySettings,
    ) -> None:
        """Join store, messenger, clock and composer."""
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._compose = compose
        self._settings = settings

    async def send(self, delivery: Delivery) -> Outcome:
        """Send it, unless an earlier attempt has; StoreError if the database cannot serve."""
        try:
            return await self._attempt(delivery)
        except Rejected as error:
            await self._plan_instead(delivery)
            return Failed(str(error))
        except Delayed as error:
            later = self._clock.now() + timedelta(seconds=error.retry_after)
            return Retry(later, str(error), counted=False)
        except Uncertain as error:
            if delivery.attempts >= self._settings.attempts:
                return self._given_up(str(error))
            return Unknown(str(error))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - an adapter's error must not lose the delivery
            reason = type(error).__name__
            log.warning("delivery %s failed: %s", delivery.delivery_id, reason)
            return self._later(delivery, reason)

    async def _attempt(self, delivery: Delivery) -> Outcome:
        possible_duplicate = False
        if delivery.attempts > 1 and not self._key_holds(delivery):
            try:
                since = delivery.tried_at or delivery.due_at
                found = await self._messenger.find(delivery.place, delivery.delivery_id, since)
                if found is not None:
                    return Sent(found)
            except Unreadable:
                possible_duplicate = True  # a repeated message is better than a lost one
        if delivery.attempts > self._settings.attempts:
            return self._given_up("whoever tried was gone before they could tell")
        reply = await self._compose_now(delivery)
        if reply is None:
            return Dropped("nobody waits for it any more")
        return Sent(await self._send(delivery, reply), possible_duplicate)

    def _key_holds(self, delivery: Delivery) -> bool:
        """Return whether the platform still recognises the key of an earlier attempt."""
        if delivery.tried_at is None or delivery.attempts > self._settings.attempts:
            return False
        memory = self._messenger.remembers(delivery.place)
        return self._clock.now() - delivery.tried_at < memory

    async def _compose_now(self, delivery: Delivery) -> Reply | None:
        async with self._store.reading(delivery.club_id) as work:
            return await self._compose(delivery, self._clock.now(), work)

    async def _send(self, delivery: Delivery, reply: Reply) -> str:
        """Send it; wait and retry here if the platform asks for a short delay."""
        waited = 0.0
        while True:
            try:
                return await self._send_once(delivery, reply)
            except Delayed as error:
                waited += error.retry_after
                too_long = error.retry_after > self._settings.longest_wait.total_seconds()
                if too_long or waited > self._settings.answer_timeout.total_seconds():
                    raise
                await asyncio.sleep(error.retry_after)

    async def _send_once(self, delivery: Delivery, reply: Reply) -> str:
        seconds = self._settings.answer_timeout.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                return await self._messenger.send(
                    delivery.place, reply, delivery_id=delivery.delivery_id
                )
        except TimeoutError as error:
            raise Uncertain(f"no answer within {seconds:g} s") from error

    async def _plan_instead(self, delivery: Delivery) -> None:
        """Plan a refused message for the club's channel, or else a notice that its place is closed.

        Committed before the refused delivery fails: a crash in between only repeats the refusal.
        """
        now = self._clock.now()
        async with self._store.writing(delivery.club_id) as work:
            if not await plan_in_channel(delivery, now, work):
                await plan_notice(delivery, now, work)

    def _later(self, delivery: Delivery, reason: str) -> Outcome:
        if delivery.attempts >= self._settings.attempts:
            return self._given_up(reason)
        return Retry(self._clock.now() + self._settings.wait_after(delivery.attempts), reason)

    def _given_up(self, reason: str) -> Failed:
        return Failed(f"{reason}; given up after {self._settings.attempts} tries")
