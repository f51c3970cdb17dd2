"""Discord as a platform: connect, answer until told to stop, and end tidily."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord

from adapters.chat.connecting import until_reached
from adapters.discord.host.client import (
    REFUSED,
    Client,
    ShardedClient,
    bare_options,
    heartbeat_age,
    log_in,
    register,
    set_up_library,
)
from adapters.discord.host.identifying import APART, IdentifyTurns
from adapters.discord.host.members import ServerMembers
from adapters.discord.ids import application_name
from adapters.discord.incoming.interactions import Interactions
from adapters.discord.outgoing.messenger import DiscordMessenger
from adapters.runtime.health.presence import Presence
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings
from bot.delivery.waiting import pause
from bot.domain.connections import Shards
from bot.domain.errors import StoreError
from bot.ports.clock import Clock
from bot.service import Bot

log = logging.getLogger(__name__)

SHARD_ABOVE = 1_000
"""Servers above which there are several connections; Discord demands that from 2,500 on."""

FINISHING = 4.0
"""Seconds that begun answers get to finish, once Matinee stops."""

NOTED_EVERY = timedelta(seconds=15)
"""Time between two looks at which clubs there are, without a connection to the gateway."""

_REFUSED_TOKEN = 4004
_UNREACHED = (OSError, aiohttp.ClientError, discord.DiscordServerError)


@dataclass(slots=True)
class DiscordPlatform:
    """The Platform port for Discord."""

    token: Secret
    folder: Path
    clock: Clock
    shard_above: int = SHARD_ABOVE
    shards: Shards | None = None
    listens: bool = True
    """Whether it connects to the gateway; without, it sends, and asks who is in a server, over HTTP."""
    identify_apart: timedelta = APART
    messenger: DiscordMessenger = field(default_factory=DiscordMessenger)

    @property
    def name(self) -> str:
        """The prefix of Discord's ids."""
        return "discord"

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        """Answer, or only send, until `stopping` is set. SettingsError if Discord refuses the token."""
        client = await until_reached("Discord", self._logged_in, stopping, _UNREACHED)
        if client is None:
            return
        members = ServerMembers(client)
        bot.directories.add(self.name, members)
        if not self.listens:
            await self._sending(client, bot, stopping)
            return
        interactions = Interactions(bot, members)
        client.interactions = interactions
        application = application_name(client.application_id)
        client.turns = IdentifyTurns(
            client, bot.connections, self.clock, application, self.identify_apart
        )
        try:
            await register(client, self.folder)
            self.messenger.client = client
            presence = Presence(bot.connections, self.clock, f"{self.shards or ''}")
            async with presence.noted(application):
                await _connected(client, stopping)
            await interactions.finish(FINISHING)
        except discord.ConnectionClosed as error:
            raise _explained(error) from error
        finally:
            self.messenger.client = None
            await client.close()

    async def silence(self) -> float | None:
        """Return the seconds since the last heartbeat that Discord acknowledged, on the worst connection."""
        client = self.messenger.client
        if client is None:
            return None
        return heartbeat_age(client) if self.listens else 0.0

    async def _sending(self, client: Client, bot: Bot, stopping: asyncio.Event) -> None:
        """Send to the clubs that processes with a connection to the gateway have noted."""
        application = application_name(client.application_id)
        try:
            while not stopping.is_set():
                try:
                    self.messenger.noted = await bot.membership.of(application)
                    self.messenger.client = client
                except StoreError as error:
                    log.warning("clubs cannot be looked up: %s", error)
                await pause(stopping, NOTED_EVERY)
        finally:
            self.messenger.client = None
            await client.close()

    async def _logged_in(self) -> Client:
        """Log in; with many servers, by a client that spreads them over several connections.

        Where this process has some of the shards only, it hears of, and delivers to, their servers alone.
        """
        if not self.listens:
            return await self._opened(Client(**bare_options()))
        if self.shards is not None:
            ours: dict[str, Any] = {
                "shard_ids": self.shards.numbers,
                "shard_count": self.shards.count,
            }
            return await self._opened(ShardedClient(**bare_options(), **ours))
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
    """Make the platform, not connected yet. SettingsError if no token is set."""
    if settings.discord_token is None:
        raise SettingsError("DISCORD_TOKEN is not set.")
    set_up_library(settings)
    return DiscordPlatform(
        settings.discord_token,
        settings.folder,
        clock,
        shards=settings.discord_shards,
        listens=settings.listens,
    )


async def _connected(client: Client, stopping: asyncio.Event) -> None:
    """Stay connected until `stopping` is set, or until Discord ends the connection."""
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
    """Return an error that explains why Discord ended the connection for good."""
    if error.code == _REFUSED_TOKEN:
        return SettingsError(REFUSED)
    return SettingsError(
        f"Discord has ended the connection for good, with code {error.code}. What that means stands "
        "at https://discord.com/developers/docs/topics/opcodes-and-status-codes"
    )
