"""Delivery attempt: look for an earlier message, compose the text, send it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.delivery.channel_fallback import plan_in_channel
from bot.delivery.closed_places import plan_notice
from bot.delivery.direct_fallback import plan_directly
from bot.delivery.settings import DeliverySettings
from bot.domain.deliveries import (
    Delivery,
    DeliveryState,
    Dropped,
    Failed,
    Outcome,
    Purpose,
    Retry,
    Sent,
    Unknown,
)
from bot.domain.errors import Delayed, Rejected, StoreError, Uncertain, Unreadable
from bot.domain.ids import DeliveryId
from bot.messages.replies import Reply
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.store import Store, UnitOfWork

log = logging.getLogger(__name__)

MOST_KEYS = 10_000
"""Deliveries whose first attempts are remembered; a forgotten one is looked for."""

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
        self._first_sent = LRUCache[DeliveryId, float](MOST_KEYS)

    async def send(self, delivery: Delivery) -> Outcome:
        """Send it, unless an earlier attempt has; StoreError if the database cannot serve."""
        try:
            return await self._attempt(delivery)
        except Rejected as error:
            if delivery.purpose is not Purpose.AMENDMENT:
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
        if delivery.purpose is Purpose.AMENDMENT:
            return await self._amend(delivery)
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

    async def _amend(self, delivery: Delivery) -> Outcome:
        """Edit the message of an earlier delivery to what it would say now, or delete it.

        Either may be repeated without harm, so no earlier attempt has to be looked for.
        """
        async with self._store.reading(delivery.club_id) as work:
            earlier = await work.deliveries.by_id(DeliveryId(delivery.subject))
            if earlier is None or not (earlier.under_way or earlier.state is DeliveryState.SENT):
                return Dropped("there is no message to amend")
            reply = _of_club(await self._compose(earlier, self._clock.now(), work), earlier)
        if earlier.under_way:
            wait = self._settings.wait_after(delivery.attempts)  # ever longer: a lease is a minute
            return Retry(self._clock.now() + wait, "it is being sent")
        message = earlier.message or ""
        async with self._answered_in_time():
            if reply is None:
                await self._messenger.delete(earlier.place, message)
            else:
                key = earlier.delivery_id
                await self._messenger.edit(earlier.place, message, reply, delivery_id=key)
        if reply is None:
            async with self._store.writing(delivery.club_id) as work:
                await work.deliveries.withdraw(earlier.delivery_id, self._clock.now())
        return Sent(message)

    def _key_holds(self, delivery: Delivery) -> bool:
        """Return whether the platform still recognises the key of an earlier attempt.

        Only of an attempt of this process, by the time that has passed: clocks are set, and differ.
        """
        first = self._first_sent.get(delivery.delivery_id)
        if first is None or delivery.attempts > self._settings.attempts:
            return False
        memory = self._messenger.remembers(delivery.place).total_seconds()
        return self._clock.elapsed() - first < memory

    async def _compose_now(self, delivery: Delivery) -> Reply | None:
        async with self._store.reading(delivery.club_id) as work:
            return _of_club(await self._compose(delivery, self._clock.now(), work), delivery)

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
        self._first_sent.setdefault(delivery.delivery_id, self._clock.elapsed())
        async with self._answered_in_time():
            key = delivery.delivery_id
            return await self._messenger.send(delivery.place, reply, delivery_id=key)

    @asynccontextmanager
    async def _answered_in_time(self) -> AsyncIterator[None]:
        """Raise Uncertain where a platform takes too long to answer."""
        seconds = self._settings.answer_timeout.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                yield
        except TimeoutError as error:
            raise Uncertain(f"no answer within {seconds:g} s") from error

    async def _plan_instead(self, delivery: Delivery) -> None:
        """Plan what a place refused elsewhere: for the club's channel, or for those it was meant for.

        Where neither is possible, plan a notice to the club that the place is closed.

        Committed before the refused delivery fails: a crash in between only repeats the refusal.
        """
        now = self._clock.now()
        async with self._store.writing(delivery.club_id) as work:
            elsewhere = await plan_in_channel(delivery, now, work) or await plan_directly(
                delivery, now, work, self._messenger.direct_place
            )
            if not elsewhere:
                await plan_notice(delivery, now, work)

    def _later(self, delivery: Delivery, reason: str) -> Outcome:
        if delivery.attempts >= self._settings.attempts:
            return self._given_up(reason)
        return Retry(self._clock.now() + self._settings.wait_after(delivery.attempts), reason)

    def _given_up(self, reason: str) -> Failed:
        return Failed(f"{reason}; given up after {self._settings.attempts} tries")


def _of_club(reply: Reply | None, delivery: Delivery) -> Reply | None:
    """Let a message say of which club it speaks."""
    return None if reply is None else replace(reply, club=delivery.club_id)
