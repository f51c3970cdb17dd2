"""Discord as a platform: connect, answer until it is time to end, and end tidily."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp
import discord

from adapters.discord.host.client import (
    REFUSED,
    Client,
    ShardedClient,
    bare_options,
    log_in,
    register,
    set_up_library,
)
from adapters.discord.incoming.interactions import Listener
from adapters.discord.outgoing.messenger import DiscordMessenger
from adapters.runtime.settings import Secret, Settings, SettingsError
from bot.delivery.waiting import pause
from bot.ports.clock import Clock
from bot.service import Bot

log = logging.getLogger(__name__)

SHARD_ABOVE = 1_000
"""Servers above which the connection is shared among several; Discord demands it at 2,500."""

FINISHING = 4.0
"""Seconds for what was begun, once it is time to end."""

FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
"""Seconds between attempts to reach Discord at the start."""

_REFUSED_TOKEN = 4004


@dataclass(slots=True)
class DiscordPlatform:
    """The Platform port for Discord."""

    token: Secret
    folder: Path
    shard_above: int = SHARD_ABOVE
    messenger: DiscordMessenger = field(default_factory=DiscordMessenger)

    @property
    def name(self) -> str:
        """The beginning of Discord's names."""
        return "discord"

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        """Answer until `stopping` is set. Raises SettingsError when Discord refuses us."""
        client = await self._reached(stopping)
        if client is None:
            return
        listener = Listener(bot)
        client.listener = listener
        try:
            await register(client, self.folder)
            self.messenger.client = client
            await _connected(client, stopping)
            await listener.finish(FINISHING)
        except discord.ConnectionClosed as error:
            raise _explained(error) from error
        finally:
            self.messenger.client = None
            await client.close()

    async def _reached(self, stopping: asyncio.Event) -> Client | None:
        """Log in, however long it takes to reach Discord; None when it is time to end before."""
        wait = FIRST_WAIT
        while not stopping.is_set():
            try:
                return await self._logged_in()
            except (OSError, aiohttp.ClientError, discord.DiscordServerError) as error:
                log.warning(
                    "Discord cannot be reached (%s); next in %g s", type(error).__name__, wait
                )
            await pause(stopping, timedelta(seconds=wait))
            wait = min(wait * 2, LONGEST_WAIT)
        return None

    async def _logged_in(self) -> Client:
        """Log in; where there are many servers, with a client that shares them out."""
        client = await self._opened(Client(**bare_options()))
        servers = client.application.approximate_guild_count if client.application else 0
        if servers <= self.shard_above:
            return client
        await client.close()
        return await self._opened(ShardedClient(**bare_options()))

    async def _opened(self, client: Client) -> Client:
        try:
            await log_in(client, self.token.value)
        except BaseException:
            await client.close()
            raise
        return client


def open_platform(settings: Settings, clock: Clock) -> DiscordPlatform:
    """Make the platform; nothing is connected yet. A token has to be set."""
    del clock  # Discord's own ids tell its times
    if settings.discord_token is None:
        raise SettingsError("DISCORD_TOKEN is not set.")
    set_up_library(settings)
    return DiscordPlatform(settings.discord_token, settings.folder)


async def _connected(client: Client, stopping: asyncio.Event) -> None:
    """Listen until it is time to end, or Discord ends it."""
    listening = asyncio.ensure_future(client.connect())
    leaving = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({listening, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            listening.result()
    finally:
        leaving.cancel()
        listening.cancel()
        await asyncio.gather(leaving, listening, return_exceptions=True)


def _explained(error: discord.ConnectionClosed) -> SettingsError:
    """Say what Discord meant when it ended the connection for good."""
    if error.code == _REFUSED_TOKEN:
        return SettingsError(REFUSED)
    return SettingsError(
        f"Discord has ended the connection for good, with code {error.code}. What that means stands "
        "at https://discord.com/developers/docs/topics/opcodes-and-status-codes"
    )
