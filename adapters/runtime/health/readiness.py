"""Readiness of a process: whether it can serve now, and what keeps it from that."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from adapters.runtime.composition import Application
from adapters.runtime.health.heartbeat import LATEST
from adapters.runtime.health_report import Finding, Verdict
from adapters.runtime.platforms import Platform
from adapters.runtime.process.supervisor import Service
from bot.domain.errors import StoreError
from bot.ports.clock import Clock
from bot.ports.store import Store

PATIENCE = 5.0
"""Seconds after which the database counts as out of reach."""

LATE = timedelta(minutes=5)
"""Time that a due delivery may wait; a platform's limits alone cost less."""


@dataclass(frozen=True, slots=True)
class State:
    """State of a process. `lag`: seconds that the oldest due delivery waits; None without a database.

    `silences`: seconds since each platform was last heard; None where it is not connected.
    """

    lag: float | None
    silences: dict[str, float | None]

    @property
    def findings(self) -> list[Finding]:
        """Findings, by part; the process is ready where none of them is bad."""
        return [_database(self.lag), *map(_platform, self.silences.items()), *_outbox(self.lag)]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Looks at the database, the outbox and the connections of a process."""

    store: Store
    clock: Clock
    connected: Sequence[Platform]
    reach: Callable[[], Collection[str]]
    """Clubs that it delivers to, in the form of `Messenger.reach`."""

    async def look(self) -> State:
        """Return the state now, within a few seconds whatever hangs."""
        silences = {each.name: await each.silence() for each in self.connected}
        return State(await self._lag(), silences)

    async def _lag(self) -> float | None:
        now = self.clock.now()
        try:
            async with asyncio.timeout(PATIENCE):
                since = await self.store.outbox.waiting_since(now, tuple(self.reach()))
        except (StoreError, TimeoutError):
            return None
        return (now - since).total_seconds() if since else 0.0


def health_service(port: int, app: Application, readiness: Readiness) -> Service:
    """Return the service that tells health and metrics on a loopback port."""

    async def serve(stopping: asyncio.Event) -> None:
        serve_health = await asyncio.to_thread(_loaded)
        await serve_health(port, app, readiness, stopping)

    return serve


def _loaded() -> Callable[..., Awaitable[None]]:
    from adapters.runtime.health.server import serve_health  # noqa: PLC0415 - a web server is slow to load

    return serve_health


def _database(lag: float | None) -> Finding:
    if lag is None:
        return Finding("database", Verdict.BAD, "It does not answer.")
    return Finding("database", Verdict.OK, "It answers.")


def _platform(silence: tuple[str, float | None]) -> Finding:
    name, seconds = silence
    if seconds is None:
        return Finding(name, Verdict.BAD, "It is not connected.")
    if seconds > LATEST.total_seconds():
        return Finding(name, Verdict.BAD, f"Nothing was heard of it for {seconds:.0f} s.")
    return Finding(name, Verdict.OK, "It is connected.")


def _outbox(lag: float | None) -> list[Finding]:
    if lag is None:
        return []
    late = lag > LATE.total_seconds()
    text = f"The oldest due delivery waits for {lag:.0f} s." if lag else "Nothing is overdue."
    return [Finding("outbox", Verdict.BAD if late else Verdict.OK, text)]
