"""Pauses, and work, that end early on shutdown."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

T = TypeVar("T")


async def pause(stopping: asyncio.Event, length: timedelta) -> None:
    """Sleep for this long, or until `stopping` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(length.total_seconds()):
            await stopping.wait()


async def pause_until(hint: asyncio.Event, stopping: asyncio.Event, length: timedelta) -> None:
    """Sleep for this long, or until either is set; clear the hint."""
    waiting = [asyncio.create_task(each.wait()) for each in (hint, stopping)]
    try:
        await asyncio.wait(
            waiting, timeout=length.total_seconds(), return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        for each in waiting:
            each.cancel()
    hint.clear()


async def unless_stopping(stopping: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Do this work; if `stopping` is set first, cancel it and return None."""
    working, leaving = asyncio.create_task(work), asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
    return None if working.cancelled() else working.result()
