"""Tally of commands: how often each was given, with what outcome, and how long it took."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.domain.errors import StoreError, UserError
from bot.ports.clock import Clock

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the ranges in which durations are counted, in seconds; the last range has none."""

UNREAD = "unread"
"""Name of what was refused before its command was read."""

ANSWERED, REFUSED, UNAVAILABLE, FAILED = "answered", "refused", "unavailable", "failed"
"""Outcomes: a reply, an error of the member's, a database that cannot serve, an error of ours."""


@dataclass(slots=True)
class Measured:
    """Request being measured; whoever reads its command sets the name."""

    command: str = UNREAD


@dataclass(slots=True)
class Durations:
    """Durations counted by range, as in `BOUNDS`, and their sum in seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0


class CommandTally:
    """Durations by command and outcome.

    It names commands alone, never a club, a member or what was said.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin empty. Durations are of `clock.elapsed`."""
        self._clock = clock
        self.durations: dict[tuple[str, str], Durations] = {}

    @contextmanager
    def measuring(self, measured: Measured) -> Iterator[None]:
        """Count the request that the block answers, and the error with which it ends, if it does."""
        begun = self._clock.elapsed()
        try:
            yield
        except Exception as error:
            self._count(measured.command, _outcome(error), begun)
            raise
        self._count(measured.command, ANSWERED, begun)

    def _count(self, command: str, outcome: str, begun: float) -> None:
        seconds = self._clock.elapsed() - begun
        found = self.durations.setdefault((command, outcome), Durations())
        found.counts[bisect_left(BOUNDS, seconds)] += 1
        found.total += seconds


def _outcome(error: Exception) -> str:
    if isinstance(error, UserError):
        return REFUSED
    return UNAVAILABLE if isinstance(error, StoreError) else FAILED
