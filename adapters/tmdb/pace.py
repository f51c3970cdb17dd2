"""Not more requests than TMDB likes, and none while it has asked us to wait."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class Pace:
    """Lets requests through evenly, after a first burst. `rate`: requests per second."""

    rate: float = 40.0
    burst: float = 20.0
    now: Callable[[], float] = time.monotonic
    sleep: Sleep = asyncio.sleep
    _next: float = float("-inf")
    _closed_until: float = float("-inf")

    async def turn(self) -> None:
        """Wait until one more request may go out."""
        now = self.now()
        self._next = max(self._next, now - self.burst / self.rate) + 1 / self.rate
        wait = self._next - now
        if wait > 0:
            await self.sleep(wait)

    def close_for(self, seconds: float) -> None:
        """Note that TMDB wants to be left alone for a while."""
        self._closed_until = max(self._closed_until, self.now() + seconds)

    @property
    def closed_for(self) -> float:
        """Seconds until TMDB may be asked again; 0 when it may be."""
        return max(0.0, self._closed_until - self.now())
