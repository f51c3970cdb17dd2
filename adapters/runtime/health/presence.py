"""Presence: a process notes its connection to a platform, and notices another one that has the same."""

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import combinations

from adapters.runtime.health_report import Finding, Verdict
from bot.domain.connections import PlatformConnection
from bot.domain.errors import StoreError
from bot.ports.clock import Clock
from bot.ports.connections import PlatformConnections

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=10)
"""Time between two notes."""

LOOK = timedelta(seconds=2)
"""Time between two looks at the notes of others, which costs far less than to note."""

LATEST = timedelta(seconds=60)
"""Age from which on a connection counts as gone."""

KEPT = timedelta(hours=1)
"""Age from which on a connection is deleted, whoever noted it."""

ENDING = 1.0
"""Seconds that the last note may take: a locked database must not hold up the end."""

REMEDY = "End one of them, or give each its own shards (matinee run --shards)."


class Presence:
    """Connection of this process; `part`: its shards as in `0-3/8`, empty for all."""

    def __init__(
        self,
        connections: PlatformConnections,
        clock: Clock,
        part: str = "",
        every: timedelta = EVERY,
        look: timedelta = LOOK,
    ) -> None:
        """Note it in this database."""
        self._connections = connections
        self._clock = clock
        self._part = part
        self._every = every
        self._look = look
        self._process = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    @asynccontextmanager
    async def noted(self, application: str) -> AsyncIterator[None]:
        """Note the connection for an application (`discord:7`) again and again while the block runs."""
        noting = asyncio.create_task(self._note_again(application))
        try:
            yield
        finally:
            noting.cancel()
            await asyncio.gather(noting, return_exceptions=True)
            with suppress(StoreError, TimeoutError):
                async with asyncio.timeout(ENDING):
                    await self._connections.remove(self._mine(application))

    async def _note_again(self, application: str) -> None:
        """Note it, and log an error for each process that notes the same while this one does.

        By whether it is noted anew, not by its time: clocks of machines differ, and a process that was
        killed leaves its last note behind. Whoever sees one for the first time notes itself at once: so
        that one sees it, too.
        """
        known: Sequence[PlatformConnection] | None = None
        met, told = set[str](), set[str]()
        noted_next = 0.0
        while True:
            mine, now = self._mine(application), time.monotonic()
            try:
                if now >= noted_next:
                    others = await self._connections.note(mine, mine.seen_at - KEPT)
                    noted_next = now + self._every.total_seconds()
                else:
                    others = await self._connections.others(mine)
            except StoreError as error:
                log.warning("the connection was not noted: %s", error)
            else:
                for other in [each for each in others if known is not None and each not in known]:
                    if other.process not in met:
                        noted_next = 0.0
                    if mine.clashes_with(other) and other.process not in told:
                        told.add(other.process)
                        log.error("%s", _clash(mine, other))
                known = others
                met |= {each.process for each in others}
                if noted_next == 0.0:
                    continue
            await asyncio.sleep(self._look.total_seconds())

    def _mine(self, application: str) -> PlatformConnection:
        return PlatformConnection(application, self._process, self._part, self._clock.now())


def presence_findings(connections: Iterable[PlatformConnection], now: datetime) -> list[Finding]:
    """Report the processes that had the same connection within the last minute."""
    alive: Sequence[PlatformConnection] = [
        each for each in connections if now - each.seen_at < LATEST
    ]
    return [
        Finding(
            "processes",
            Verdict.BAD,
            f"{_clash(one, other)} (After a crash, look again in a minute.)",
        )
        for one, other in combinations(alive, 2)
        if one.clashes_with(other)
    ]


def _clash(one: PlatformConnection, other: PlatformConnection) -> str:
    return (
        f"the same token is in use twice: {_shown(one)} and {_shown(other)} both answer for "
        f"{one.application}. {REMEDY}"
    )


def _shown(connection: PlatformConnection) -> str:
    """Return the host and the number of a process, and its shards."""
    place = connection.process.rpartition(":")[0]
    return f"{place}, shards {connection.part}" if connection.part else place
