"""How much one member, and one club, may ask in a short time."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import TooMuch
from bot.messages.requests import Caller

_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` commands at once, then one every `every`."""

    burst: int
    every: timedelta


class Limiter:
    """The generic cell rate algorithm: one instant kept per key, no work in the database."""

    def __init__(self, rate: Rate) -> None:
        """Start with nobody having asked anything."""
        self._rate = rate
        self._free_at: OrderedDict[str, datetime] = OrderedDict()

    def check(self, key: str, now: datetime) -> None:
        """Count one command; TooMuch when it comes too soon, and then it is not counted."""
        free_at = max(self._free_at.get(key, now), now)
        wait = free_at - now - self._rate.every * (self._rate.burst - 1)
        if wait > timedelta():
            raise TooMuch(wait.total_seconds())
        self._free_at[key] = free_at + self._rate.every
        self._free_at.move_to_end(key)
        if len(self._free_at) > _MOST_KEYS:
            self._free_at.popitem(last=False)


class Limits:
    """The limits of the house: a member's, and a club's."""

    def __init__(
        self,
        member: Rate = Rate(20, timedelta(seconds=1)),
        club: Rate = Rate(200, timedelta(milliseconds=20)),
    ) -> None:
        """Set both rates; the usual ones suit people, not scripts."""
        self._members = Limiter(member)
        self._clubs = Limiter(club)

    def check(self, caller: Caller, now: datetime) -> None:
        """Count one command of this caller; TooMuch when they or their club ask too fast."""
        self._members.check(f"{caller.club_id} {caller.member_id}", now)
        self._clubs.check(caller.club_id, now)
