"""Pauses that end early on shutdown."""

import asyncio
from contextlib import suppress
from datetime import timedelta


async def pause(stopping: asyncio.Event, length: timedelta) -> None:
    """Sleep for this long, or until `stopping` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(length.total_seconds()):
            await stopping.wait()
