"""The real client, connected to a Discord on loopback, with the real core behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.host.platform import DiscordPlatform, open_platform
from adapters.runtime.settings.settings import Secret, Settings
from tests.adapters.discord.double import TOKEN, Discord, running
from tests.adapters.discord.payloads import (
    MANAGE_GUILD,
    MANAGE_MESSAGES,
    MODERATORS,
    Person,
    Server,
)
from tests.support import Room

ANA = Person(501, "ana")
BEN = Person(502, "ben")
CHIEF = Person(503, "chief", MANAGE_GUILD)
WARDEN = Person(504, "warden", MANAGE_MESSAGES, (MODERATORS,))
USHER = Person(505, "usher", MANAGE_MESSAGES)
"""Somebody whom one channel alone lets manage its messages."""


@dataclass
class Town:
    """A server in Discord with Matinee in it."""

    discord: Discord
    room: Room
    server: Server
    settings: Settings

    @asynccontextmanager
    async def open(self, shard_above: int = 1_000) -> AsyncIterator[DiscordPlatform]:
        """Serve until the block ends; then all has to end tidily."""
        platform = open_platform(self.settings, self.room.clock)
        platform.shard_above = shard_above
        platform.identify_apart = timedelta(seconds=self.discord.gateway.apart)
        stopping = asyncio.Event()
        serving = asyncio.create_task(platform.serve(self.room.bot, stopping))
        ready = asyncio.create_task(self.discord.gateway.ready.wait())
        await asyncio.wait({serving, ready}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if serving.done():
            serving.result()
        try:
            yield platform
        finally:
            stopping.set()
            async with asyncio.timeout(10):
                await serving
            self.discord.gateway.ready.clear()


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """A Discord with nobody in it. Whatever was sent has to be as its description says."""
    async with running(Discord()) as double:
        yield double
    assert double.inspector.complaints == []


@pytest.fixture
def settings(discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that lead to the double; discord.py's own addresses come back afterwards."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    return Settings(
        data_dir=tmp_path / "data",
        discord_token=Secret(TOKEN),
        discord_api_url=f"{discord.url}/api/v10",
        discord_gateway_url=discord.gateway.url,
    )


@pytest.fixture
def closed_town(discord: Discord, room: Room, settings: Settings) -> Town:
    """A server in which Matinee is not running yet."""
    return Town(discord, room, discord.open_server("Film club"), settings)


@pytest.fixture
async def town(closed_town: Town) -> AsyncIterator[Town]:
    """A server with Matinee in it."""
    async with closed_town.open():
        yield closed_town
