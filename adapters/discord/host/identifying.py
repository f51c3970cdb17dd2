"""Identifying at Discord's gateway in turns: one every five seconds, whatever process of the application does."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import discord

from bot.domain.errors import StoreError
from bot.ports.clock import Clock
from bot.ports.connections import PlatformConnections

log = logging.getLogger(__name__)

APART = timedelta(seconds=5.5)
"""Time between two that identify: Discord demands five seconds, and one may come a little late."""

LONGEST = 60.0
"""Seconds to wait at most: the clock of another machine may be far ahead. One that comes too early is asked again."""


@dataclass(slots=True)
class IdentifyTurns:
    """Turns of a client's shards, taken in the database that all processes of its application share."""

    client: discord.Client
    connections: PlatformConnections
    clock: Clock
    application: str
    apart: timedelta = APART
    _abreast: int = 0

    async def wait(self, shard: int) -> None:
        """Wait until a shard may identify. Those of another remainder by `max_concurrency` wait for themselves."""
        turn = f"{self.application} identifies {shard % await self._together()}"
        now = self.clock.now()
        try:
            at = await self.connections.turn(turn, now, self.apart)
        except StoreError as error:
            log.warning("no turn to identify at Discord could be taken: %s", error)
            at = now + self.apart
        await asyncio.sleep(min((at - now).total_seconds(), LONGEST))

    async def _together(self) -> int:
        """Return how many may identify at once, as Discord says; one where it cannot be asked just now."""
        if not self._abreast:
            try:
                *_, limit = await self.client.http.get_bot_gateway()
            except (discord.DiscordException, aiohttp.ClientError, OSError):
                return 1
            self._abreast = max(1, limit["max_concurrency"])
        return self._abreast
