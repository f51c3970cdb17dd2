"""End of a command by a signal: at once, whatever it is computing."""

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any

LAST_SECONDS = 1.0
"""Time that a command which was cut off has to tidy up."""


class CutOff(Exception):
    """End of a command by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number
        """Exit code, as a shell has it."""


async def until_cut_off(work: Coroutine[Any, Any, None]) -> None:
    """Run a command that serves nobody; a signal ends it within a second. Raises CutOff.

    What it computes in threads, or without giving way, is not waited for: whatever it stores, it
    stores wholly or not at all.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    ended: list[CutOff] = []

    def end(number: int, _: object) -> None:
        if not ended:
            last = threading.Timer(LAST_SECONDS, os._exit, (128 + number,))
            last.daemon = True
            last.start()
        ended.append(CutOff(number))
        loop.call_soon_threadsafe(task.cancel)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        await task
    except asyncio.CancelledError:
        if not ended:
            raise
        raise ended[0] from None
