"""Hints by PostgreSQL's NOTIFY and LISTEN: a planned delivery or a new film is looked for at once.

Polling stays the truth. Nothing here may fail or delay a command: a hint is sent after the commit, outside
its transaction (within it, the server would make all commits with hints wait for each other), and is heard
on a connection of its own. Behind a pooler in transaction mode none is heard.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ports.hints import HintTopic

log = logging.getLogger(__name__)

_CHANNEL = "matinee"

_GAP = 0.1
"""Seconds from one hint to the next, sent or heard: under load one stands for all between."""

_RECONNECT = 5.0
"""Seconds between two tries to listen."""

_LAST = 1.0
"""Seconds that sending may take when the store is closed."""

# It changes no row, so no commit needs to reach the disk for it.
_NOTIFY = text(
    "SELECT set_config('synchronous_commit', 'off', true), pg_notify(:channel, :topic)"
).execution_options(across_clubs=True)


class ServerHints:
    """Hints between processes, by NOTIFY and LISTEN; implements `db.hints.Hints`.

    A process that waits for no hint opens no connection for them.
    """

    def __init__(self, pool: AsyncEngine, listening: Callable[[], AsyncEngine]) -> None:
        """Send by connections of the pool; listen by an engine of its own, made when it is needed."""
        self._pool = pool.execution_options(isolation_level="AUTOCOMMIT")
        self._listening = listening
        self._events: dict[str, asyncio.Event] = {}
        self._given: dict[HintTopic, None] = {}
        self._sender: asyncio.Task[None] | None = None
        self._listener: asyncio.Task[None] | None = None

    def give(self, topic: HintTopic) -> None:
        """Send a hint soon, from a task of its own."""
        self._given[topic] = None
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send())

    def event(self, topic: HintTopic) -> asyncio.Event:
        """Return the event of a topic, and listen from now on."""
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())
        return self._events.setdefault(topic, asyncio.Event())

    async def close(self) -> None:
        """Send what is left, for a moment, and stop listening."""
        if self._sender is not None:
            await asyncio.wait({self._sender}, timeout=_LAST)
        for task in (self._sender, self._listener):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _send(self) -> None:
        while self._given:
            topics, self._given = list(self._given), {}
            try:
                async with self._pool.connect() as connection:
                    for topic in topics:
                        await connection.execute(_NOTIFY, {"channel": _CHANNEL, "topic": topic})
            except (SQLAlchemyError, OSError) as error:
                log.debug("a hint was not sent: %s", type(error).__name__)
            await asyncio.sleep(_GAP)

    async def _listen(self) -> None:
        engine = self._listening()
        try:
            while True:
                try:
                    async with engine.connect() as connection:
                        await self._hear(connection)
                except Exception as error:  # noqa: BLE001 - whatever it is, polling goes on
                    log.info("hints are not heard for now: %s", type(error).__name__)
                await asyncio.sleep(_RECONNECT)
        finally:
            await engine.dispose()

    async def _hear(self, connection: AsyncConnection) -> None:
        """Set events until the connection breaks, which raises an error of the driver."""
        await connection.exec_driver_sql(f"LISTEN {_CHANNEL}")
        driver: Any = (await connection.get_raw_connection()).driver_connection
        for event in self._events.values():
            event.set()  # of what was stored before, no hint comes
        while True:
            async for notification in driver.notifies(stop_after=1):  # and all that wait beside it
                if notification.payload in self._events:
                    self._events[notification.payload].set()
            await asyncio.sleep(_GAP)
