"""Background work of a platform: tasks begun for requests, and the requests begun already."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from cachetools import FIFOCache

log = logging.getLogger(__name__)


class BackgroundTasks:
    """Holds tasks until they end, so that none is lost and all can be ended tidily."""

    def __init__(self) -> None:
        """Begin without tasks."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a task, unless `finish` has been called."""
        if self._closed:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def finish(self, seconds: float) -> None:
        """Wait up to `seconds` for all tasks, then cancel the rest and take no more."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a request failed", exc_info=error)


class RecentRequests:
    """Ids of the latest requests that this process has begun to answer.

    A platform sends again what it believes lost. After a restart nothing is remembered here; the
    core's receipts then keep a repeated request to one effect.
    """

    def __init__(self, most: int = 20_000) -> None:
        """Remember the latest `most` ids."""
        self._ids = FIFOCache[str, bool](most)

    def knows(self, request_id: str) -> bool:
        """Return whether this id has come in before, without remembering it."""
        return request_id in self._ids

    def is_new(self, request_id: str) -> bool:
        """Return whether this id comes in for the first time, and remember it."""
        known = self.knows(request_id)
        self._ids[request_id] = True
        return not known
