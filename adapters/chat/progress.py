"""Notes about how far a long command is, for the member who waits for it."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.chat.interactions import private_reply
from bot.messages.replies import Reply


@dataclass(slots=True)
class ProgressNotes:
    """Shows how much is done, now and then: not before `every` seconds, and `most` times at most.

    It is a `bot.messages.requests.Progress`.
    """

    show: Callable[[Reply], Awaitable[None]]
    every: float = 3.0
    most: int = 200
    now: Callable[[], float] = time.monotonic
    _last: float = field(default=0.0, init=False)
    _shown: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Begin to wait."""
        self._last = self.now()

    async def __call__(self, done: int, total: int) -> None:
        """Show the progress, if it is time for that."""
        if self._shown >= self.most or self.now() - self._last < self.every:
            return
        self._last, self._shown = self.now(), self._shown + 1
        await self.show(private_reply(f"Working on it: {done:,} of {total:,} films."))
