"""Rate limits of commands, for each member and each club."""

from dataclasses import dataclass
from datetime import timedelta

from cachetools import LRUCache

from bot.domain.errors import TooMuch
from bot.messages.requests import Caller

_MOST_KEYS = 10_000

_ROUNDING = 1e-6
"""Seconds that sums of floating-point numbers may be wrong by."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Allows `burst` commands at once, then one every `every`."""

    burst: int
    every: timedelta


class Limiter:
    """Generic cell rate algorithm (GCRA): keeps one instant for each key, in memory.

    Instants are seconds of `Clock.elapsed`: a clock that is set back must not lock anybody out.
    """

    def __init__(self, rate: Rate) -> None:
        """Start without any command counted."""
        self._rate = rate
        self._every = rate.every.total_seconds()
        self._free_at: LRUCache[str, float] = LRUCache(_MOST_KEYS)

    def check(self, key: str, now: float) -> None:
        """Count one command; TooMuch if it exceeds the rate, and then it is not counted."""
        free_at = max(self._free_at.get(key, now), now)
        wait = free_at - now - self._every * (self._rate.burst - 1)
        if wait > _ROUNDING:
            raise TooMuch(wait)
        self._free_at[key] = free_at + self._every


class Limits:
    """Rate limits of a member and of a club."""

    def __init__(
        self,
        member: Rate = Rate(20, timedelta(seconds=1)),
        club: Rate = Rate(200, timedelta(milliseconds=20)),
    ) -> None:
        """Set both rates; the defaults suit people, not scripts."""
        self._members = Limiter(member)
        self._clubs = Limiter(club)

    def check(self, caller: Caller, now: float) -> None:
        """Count one command of this caller; TooMuch if they or their club exceed their rate.

        `now`: seconds of `Clock.elapsed`.
        """
        self._members.check(f"{caller.club_id} {caller.member_id}", now)
        self._clubs.check(caller.club_id, now)
