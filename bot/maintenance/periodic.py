"""What has to be done as time passes, without anybody asking: in every club, again and again."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.delivery.planning import AT_ONCE, PlanningContext, replan
from bot.delivery.waiting import pause
from bot.delivery.weekly import plan_week
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId
from bot.ports.clock import Clock, Ids
from bot.ports.store import Store

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=10)

RECEIPTS_KEPT = timedelta(days=7)
"""For how long a request that comes again gets its former answer."""

DRAFTS_KEPT = timedelta(days=180)
"""For how long what was not finished can be gone on with, and long buttons work."""

GRACE = timedelta(days=30)
"""For how long a club that showed Matinee the door finds all as it was if it comes back."""


@dataclass(frozen=True, slots=True)
class PeriodicMaintenance:
    """Keeps plans in line with films, days and clocks.

    Every process may do it, at any time: what it does for a club stands in short transactions,
    and a round that finds nothing to do changes nothing.
    """

    store: Store
    clock: Clock
    ids: Ids
    pause: timedelta = PAUSE

    async def run(self, stopping: asyncio.Event) -> None:
        """Go round until `stopping` is set."""
        await pause(stopping, self.pause)
        while not stopping.is_set():
            await self.once()
            await pause(stopping, self.pause)

    async def once(self) -> None:
        """Go round all clubs once. A store that cannot be written now is left for the next time."""
        try:
            for club_id in await self.store.clubs():
                await self._try(club_id)
            now = self.clock.now()
            await self.store.purge_receipts(now - RECEIPTS_KEPT)
            await self.store.purge_drafts(now - DRAFTS_KEPT)
            await self.store.purge_clubs(now - GRACE)
        except StoreError as error:
            # One that cannot be written for good is told to whoever writes next, in one line.
            level = logging.WARNING if error.retry else logging.INFO
            log.log(level, "plans are not looked after for now: %s", error)

    async def _try(self, club_id: ClubId) -> None:
        """Keep one club's plans; what is wrong in one keeps no other waiting."""
        try:
            while await self._keep(club_id) == AT_ONCE:
                pass
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the next club has a right to its round
            log.error("plans of a club are left as they are: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member typed

    async def _keep(self, club_id: ClubId) -> int:
        """Do as much as fits into one transaction; return how many reminders moved."""
        async with self.store.writing(club_id) as work:
            await work.reminders.mark_delivered()
            planning = PlanningContext(work, await work.clubs.get(), self.ids, self.clock.now())
            await plan_week(planning)
            return await replan(planning)
