"""Periodic maintenance of every club: re-plan reminders, plan weekly lists, purge expired rows."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.amendments import FOLLOWED
from bot.delivery.planning import REPLAN_BATCH, PlanningContext, replan
from bot.delivery.waiting import pause, unless_stopping
from bot.delivery.weekly import plan_week
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId
from bot.ports.clock import Clock, Ids
from bot.ports.store import Store

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=10)

RECEIPTS_KEPT = timedelta(days=7)
"""How long a repeated request gets its stored reply."""

DRAFTS_KEPT = timedelta(days=180)
"""How long drafts can be finished, and buttons with stored commands work."""

IMPORTS_KEPT = timedelta(days=2)
"""How long a file of films that was brought in is kept: a day longer than it can be undone."""

DELIVERIES_KEPT = timedelta(days=180)
"""How long is kept what was sent, cancelled or given up, and what no message has to follow any more."""

A_DAY = timedelta(days=1)

GRACE = timedelta(days=30)
"""How long the data of a club is kept after Matinee was removed from it."""


@dataclass(slots=True)
class PeriodicMaintenance:
    """Maintenance rounds over all clubs, one every `pause`.

    Any number of processes may run it: each step is a short transaction, and idempotent.
    """

    store: Store
    clock: Clock
    ids: Ids
    pause: timedelta = PAUSE
    _deliveries_next: datetime | None = field(default=None, init=False)

    async def run(self, stopping: asyncio.Event) -> None:
        """Run rounds until `stopping` is set, the first one after `pause`.

        What a member who was forgotten has left is overwritten at once: the former process may have ended before.
        """
        await self._overwrite()
        await pause(stopping, self.pause)
        while not stopping.is_set():
            await unless_stopping(stopping, self.once())
            await pause(stopping, self.pause)

    async def once(self) -> None:
        """Run one round. If the store fails, log it and leave the rest to the next round."""
        try:
            for club_id in await self.store.clubs():
                await self._try(club_id)
            now = self.clock.now()
            await self.store.purge_receipts(now - RECEIPTS_KEPT)
            await self.store.purge_drafts(now - DRAFTS_KEPT)
            await self.store.purge_imports(now - IMPORTS_KEPT)
            await self.store.purge_web_keys(now)
            await self._purge_deliveries(now)
            await self.store.purge_clubs(now - GRACE)
            await self.store.overwrite_forgotten()
        except StoreError as error:
            # A store that stays unwritable is reported by the commands that write.
            level = logging.WARNING if error.retry else logging.INFO
            log.log(level, "plans are not looked after for now: %s", error)

    async def _purge_deliveries(self, now: datetime) -> None:
        """Purge old deliveries, once a day: it takes reading all of them."""
        if self._deliveries_next is None or self._deliveries_next <= now:
            await self.store.purge_deliveries(now - DELIVERIES_KEPT, FOLLOWED)
            self._deliveries_next = now + A_DAY

    async def _overwrite(self) -> None:
        try:
            await self.store.overwrite_forgotten()
        except StoreError as error:
            log.info("what was forgotten is overwritten later: %s", error)

    async def _try(self, club_id: ClubId) -> None:
        """Maintain one club; an unexpected error is logged, so that it does not affect other clubs."""
        try:
            while await self._step(club_id) == REPLAN_BATCH:
                pass
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the other clubs need their round
            log.error("plans of a club are left as they are: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member typed

    async def _step(self, club_id: ClubId) -> int:
        """Run one transaction's share of a club's round; return how many reminders moved."""
        async with self.store.writing(club_id) as work:
            await work.reminders.mark_delivered()
            planning = PlanningContext(work, await work.clubs.get(), self.ids, self.clock.now())
            await plan_week(planning)
            return await replan(planning)
