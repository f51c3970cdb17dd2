"""Work that goes on after Slack has been told that a request arrived."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

MOST_SEEN = 20_000


class Background:
    """Keeps hold of work that was begun, so that it can be ended tidily."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def finish(self, seconds: float) -> None:
        """Wait so long for what was begun, then cut it off."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a request of Slack's came to nothing", exc_info=error)


class Seen:
    """Remembers which requests this process has taken on.

    Slack repeats what it thinks was lost. A repeat of what is in hand is not taken on again; after a
    crash nothing is remembered, and the core's own receipts keep it to one effect.
    """

    def __init__(self, most: int = MOST_SEEN) -> None:
        """Begin with none; the oldest are forgotten first."""
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def is_new(self, request_id: str) -> bool:
        """Whether this is the first time; from now on it is not."""
        if request_id in self._ids:
            return False
        self._ids[request_id] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True
