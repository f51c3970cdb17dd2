"""Connecting to a platform, however long it cannot be reached."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.delivery.waiting import pause

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds between attempts; each wait is twice the one before."""

T = TypeVar("T")


async def until_reached(
    platform: str,
    attempt: Callable[[], Awaitable[T]],
    stopping: asyncio.Event,
    errors: tuple[type[Exception], ...],
) -> T | None:
    """Attempt until none of these errors is raised; None when `stopping` is set before."""
    wait = FIRST_WAIT
    while not stopping.is_set():
        try:
            return await attempt()
        except errors as error:
            log.warning(
                "%s cannot be reached (%s); next attempt in %g s",
                platform,
                type(error).__name__,
                wait,
            )
        await pause(stopping, timedelta(seconds=wait))
        wait = min(wait * 2, LONGEST_WAIT)
    return None
