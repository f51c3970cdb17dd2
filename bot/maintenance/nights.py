"""The clock of film nights: brings each to its next stage when its time has come."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.delivery.waiting import pause, unless_stopping
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, MemberId
from bot.domain.nights import Night
from bot.features.nights.commands import AdvanceNightCommand
from bot.maintenance.interest import InterestReader
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Request
from bot.ports.clock import Clock
from bot.ports.store import Store

PAUSE = timedelta(seconds=10)

AT_ONCE = 50
"""Nights brought on in one round."""

_NOBODY = MemberId("clock")


@dataclass(frozen=True, slots=True)
class NightClock:
    """Gives `AdvanceNightCommand` through the one door, as a member would: the same transaction holds
    the new stage and all that is planned to be said of it.

    Any number of processes may run it: a stage that has ended ends once.
    """

    store: Store
    handle: Callable[[Request], Awaitable[Reply]]
    clock: Clock
    pause: timedelta = PAUSE
    interest: InterestReader | None = None
    """Reader of who is interested in nights where they are events of a server; None where none has any."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Run rounds until `stopping` is set."""
        while not stopping.is_set():
            await unless_stopping(stopping, self.once())
            await pause(stopping, self.pause)

    async def once(self) -> None:
        """Bring on every night whose stage has ended. If the store fails, the next round does it."""
        try:
            due = await self.store.due_nights(self.clock.now(), AT_ONCE)
            if self.interest is not None:
                await self.interest.look([night.night_id for _, night in due])
        except StoreError:
            return
        for club_id, night in due:
            await self.handle(_request(club_id, night))


def _request(club_id: ClubId, night: Night) -> Request:
    caller = Caller(club_id, night.member_id or _NOBODY, "", night.place, night.place)
    until = night.until.isoformat() if night.until else ""
    command = AdvanceNightCommand(night.night_id)
    return Request(f"night:{night.night_id}:{night.stage}:{until}", caller, command)
