"""A world whose ports can be made to crash at any call: before it takes effect, or right after."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any


class Crash(BaseException):
    """Simulated end of the process: not caught by anything, like SIGKILL."""


@dataclass
class Fuse:
    """Counts port calls, and ends the process at one of them: at `at` (from 0), or never.

    Even numbers are the instant before a call takes effect, odd ones the instant after. Once blown,
    every call fails. `error` is raised instead of Crash, and then only once: a failed call does not
    end the process.
    """

    at: int | None = None
    error: Exception | None = None
    count: int = 0
    blown: bool = False

    async def call(self, work: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - any port's
        """Make one port call."""
        self.step()
        result = await work()
        self.step()
        return result

    def step(self) -> None:
        """Reach the next instant at which the process may end."""
        if self.blown and self.error is None:
            raise Crash
        if self.count == self.at and not self.blown:
            self.blown = True
            raise self.error or Crash
        self.count += 1


class Fused:
    """Wraps a port, or a unit of work: every asynchronous method passes the fuse."""

    def __init__(self, inner: object, fuse: Fuse) -> None:
        """Put the fuse before `inner`."""
        self._inner = inner
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        """Pass on, with the fuse in between."""
        found = getattr(self._inner, name)
        if name in {"reading", "writing"}:
            return lambda *values: self._transaction(found(*values))
        if not callable(found):
            return Fused(found, self._fuse) if _is_port(found) else found
        if name in {"remembers", "direct_place", "hints"}:
            return found

        async def call(*values: object, **named: object) -> Any:  # noqa: ANN401 - likewise
            return await self._fuse.call(lambda: found(*values, **named))

        return call

    @asynccontextmanager
    async def _transaction(self, opened: AbstractAsyncContextManager[Any]) -> AsyncIterator[Any]:
        """A crash before the commit is a rollback; one after it changes nothing any more."""
        self._fuse.step()
        async with opened as work:
            yield Fused(work, self._fuse)
            self._fuse.step()
        self._fuse.step()


def _is_port(value: object) -> bool:
    return type(value).__module__.startswith("db.")
