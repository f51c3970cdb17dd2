"""Reads the feeds that members follow: a few times a day each, politely, each entry once."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.catalogue.titles.club_titles import ClubTitles
from bot.delivery.planning import PlanningContext
from bot.delivery.waiting import pause, unless_stopping
from bot.domain.errors import PlatformSilent, SourceBusy, SourceError, SourceLacks, StoreError
from bot.domain.follows import Feed, FeedEntry, Follow
from bot.domain.ids import ClubId, MemberId
from bot.features.follow.entries import fresh_entries, take_in, unmatched
from bot.ports.clock import Clock, Ids
from bot.ports.feeds import FeedReader
from bot.ports.store import Store, UnitOfWork
from bot.request.feed_peeks import APART

log = logging.getLogger(__name__)

PERIOD = timedelta(hours=6)
"""Time between two readings of a feed, a fifth more or less by chance, so that they spread."""

LONGEST = timedelta(days=3)
"""Longest time to the next reading of a feed that fails again and again."""

LEASE = timedelta(minutes=10)
"""Time after which a feed is due again that a process took and never finished."""

FIRST = timedelta(seconds=5)
"""Pause before the first reading, so that it does not slow down a start."""

IDLE = timedelta(seconds=20)
"""Pause where nothing is due."""

MOST_LOOKED_UP = 20
"""Films that are looked up at a live source for one reading."""

Belongs = Callable[[ClubId, MemberId], Awaitable[bool]]
LookUp = Callable[[str], Awaitable[object]]


async def _everybody(_: ClubId, __: MemberId) -> bool:
    return True


async def _nowhere(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Follower:
    """Reader of feeds; any number of processes may run one on the same database.

    `belongs`: whether a member is in a club now; `look_up`: adds a film to the catalogue, by `tmdb:123`.
    """

    store: Store
    reader: FeedReader
    titles: ClubTitles
    clock: Clock
    ids: Ids
    belongs: Belongs = _everybody
    look_up: LookUp = _nowhere
    chance: random.Random = field(default_factory=random.Random)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def run(self, stopping: asyncio.Event) -> None:
        """Read what is due until `stopping` is set. Errors are logged and left to the next reading."""
        await pause(stopping, FIRST)
        while not stopping.is_set():
            busy: bool | None = False
            try:
                busy = await unless_stopping(stopping, self.step())
            except StoreError as error:
                log.warning("feeds are not read for now: %s", error)
            except Exception as error:  # noqa: BLE001 - the next feed may well succeed
                log.error("a feed was not read: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member wrote
            if not busy:
                await pause(stopping, IDLE)

    async def step(self) -> bool:
        """Read one feed in its turn; False if none is due."""
        follow = await self.store.feeds.claim(self.clock.now(), LEASE)
        if follow is None:
            return False
        turn = await self.store.feeds.turn(self.reader.host, self.clock.now(), APART)
        wait = turn - self.clock.now()
        if wait > LEASE / 2:
            await self._put_off(follow, turn)
            return True
        await self.sleep(max(0.0, wait.total_seconds()))
        await self.read(follow)
        return True

    async def read(self, follow: Follow) -> None:
        """Read one feed now, and plan when it is read next."""
        try:
            if not await self.belongs(follow.club_id, follow.member_id):
                async with self.store.writing(follow.club_id) as work:
                    await work.follows.remove(follow.member_id, follow.name)
                return
            feed = await self.reader.read(follow.name, follow.etag, follow.modified)
            await self._take_in(follow, feed)
        except PlatformSilent:
            await self._put_off(follow, self.clock.now() + self._spread(PERIOD / 6))
        except SourceBusy as error:
            until = self.clock.now() + timedelta(seconds=error.retry_after)
            await self.store.feeds.hold(self.reader.host, until)
            await self._put_off(follow, until + self._spread(PERIOD / 6), str(error))
        except SourceError as error:
            wait = PERIOD if isinstance(error, SourceLacks) else PERIOD / 12
            wait = min(wait * 2 ** min(follow.failures, 10), LONGEST)
            failed = replace(follow, failures=follow.failures + 1)
            await self._put_off(failed, self.clock.now() + self._spread(wait), str(error))

    async def _take_in(self, follow: Follow, feed: Feed | None) -> None:
        """Make reviews of what is new, in one transaction with the feed's version."""
        entries: Sequence[FeedEntry] = ()
        if feed is not None:
            async with self.store.reading(follow.club_id) as work:
                entries = await fresh_entries(follow, feed.entries, work)
                titles = await self.titles.of(work)
            for number in unmatched(entries, titles)[:MOST_LOOKED_UP]:
                await self.look_up(f"tmdb:{number}")
        now = self.clock.now()
        async with self.store.writing(follow.club_id) as work:
            if (there := await _still(follow, work)) is None:
                return
            if entries:
                planning = PlanningContext(work, await work.clubs.get(), self.ids, now)
                await take_in(there, entries, await self.titles.of(work), planning)
            version = (feed.etag, feed.modified) if feed else (follow.etag, follow.modified)
            read = replace(
                there, read_at=now, failures=0, trouble="", next_at=self._next(there, now)
            )
            await work.follows.save(replace(read, etag=version[0], modified=version[1]))

    def _next(self, follow: Follow, now: datetime) -> datetime:
        """Return when a feed is read next; after the first reading at any time, so that many spread at once."""
        first = follow.read_at is None
        return now + (PERIOD * self.chance.uniform(0.2, 1.2) if first else self._spread(PERIOD))

    def _spread(self, length: timedelta) -> timedelta:
        return length * self.chance.uniform(0.8, 1.2)

    async def _put_off(self, follow: Follow, until: datetime, trouble: str | None = None) -> None:
        async with self.store.writing(follow.club_id) as work:
            if (there := await _still(follow, work)) is None:
                return
            told = there.trouble if trouble is None else trouble
            await work.follows.save(
                replace(there, next_at=until, failures=follow.failures, trouble=told)
            )


async def _still(follow: Follow, work: UnitOfWork) -> Follow | None:
    """Return the follow as stored now; None if the member has stopped it meanwhile."""
    theirs = await work.follows.of(follow.member_id)
    return next((each for each in theirs if each.name == follow.name), None)
