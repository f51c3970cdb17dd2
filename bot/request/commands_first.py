"""Precedence of commands over pages, which share one event loop with them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from bot.ports.clock import Clock

Pause = Callable[[], Awaitable[None]]
"""Pause in the work of a page."""

SLICE = 0.001
"""Seconds for which a page works before it lets commands go first: none waits much longer for it."""

LONGEST_WAIT = 0.005
"""Most seconds for which a page waits between two slices, while commands are being answered."""


class CommandsFirst:
    """Count of the commands that are being answered, for which pages wait between the slices of their work."""

    def __init__(self, clock: Clock) -> None:
        """Begin with no command."""
        self._clock = clock
        self._answering = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count a command until the block ends."""
        self._answering += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._answering -= 1
            if not self._answering:
                self._idle.set()

    def slices(self) -> Pause:
        """Return a pause for the work of a page: called often, it waits once a slice is over."""
        begun = self._clock.elapsed()

        async def pause() -> None:
            nonlocal begun
            if self._clock.elapsed() - begun < SLICE:
                return
            await asyncio.sleep(0)  # what is ready goes on
            if self._answering:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LONGEST_WAIT):
                        await self._idle.wait()
            begun = self._clock.elapsed()

        return pause
