"""Processes of one application identify one after the other; Discord would send who comes too early away."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord.host.platform import DiscordPlatform, open_platform
from bot.domain.connections import Shards
from bot.ports.store import Store
from bot.service import Bot
from db.engines.open import open_store
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.double import Discord
from tests.adapters.discord.test_hosting import started

LATE = 0.2
"""Seconds that one may come late at the gateway, for each who comes after it."""


@dataclass
class Pair:
    """Two processes of one application, each with a store of its own on one database, and half of the shards."""

    town: Town
    stores: tuple[Store, Store]

    async def connect(self, apart: float) -> None:
        """Connect both at once, and wait until both are there."""
        stopping = asyncio.Event()
        serving = [
            asyncio.create_task(self._platform(number, apart).serve(self._bot(store), stopping))
            for number, store in enumerate(self.stores)
        ]
        async with asyncio.timeout(20):
            while len(self.town.discord.gateway.live) < 2:  # noqa: ASYNC110 - the double says nothing of it
                await asyncio.sleep(0.01)
        stopping.set()
        await asyncio.gather(*serving)

    def _platform(self, number: int, apart: float) -> DiscordPlatform:
        settings = replace(self.town.settings, discord_shards=Shards(number, number, 2))
        platform = open_platform(settings, self.town.room.clock)
        platform.identify_apart = timedelta(seconds=apart)
        return platform

    def _bot(self, store: Store) -> Bot:
        room, films = self.town.room, self.town.room.bot.films
        return Bot(store, films.titles.shared, films.recommender, room.clock, room.ids)


@pytest.fixture
async def pair(closed_town: Town, tmp_path: Path) -> AsyncIterator[Pair]:
    """Both, not connected yet, at a Discord that takes one identification each half second."""
    closed_town.discord.gateway.apart = 0.5
    closed_town.discord.gateway.concurrency = 1
    async with AsyncExitStack() as stack:
        stores = [await open_store(f"sqlite:///{tmp_path / 'matinee.db'}") for _ in range(2)]
        for each in stores:
            stack.push_async_callback(each.close)
        yield Pair(closed_town, (stores[0], stores[1]))


@pytest.mark.parametrize("concurrency", [1, 2])
async def test_two_processes_identify_apart_from_each_other(pair: Pair, concurrency: int) -> None:
    gateway = pair.town.discord.gateway
    gateway.concurrency = concurrency
    await pair.connect(gateway.apart + LATE)
    assert (gateway.identified, gateway.hasty) == (2, 0)
    assert sorted(shard for shard, _ in gateway.shards) == [0, 1]


async def test_who_takes_no_turn_is_sent_away(pair: Pair) -> None:
    await pair.connect(apart=0.0)
    gateway = pair.town.discord.gateway
    assert gateway.identified == 2
    assert gateway.hasty > 0


@pytest.mark.long
async def test_two_processes_on_one_machine_identify_five_seconds_apart(
    discord: Discord, data: Path
) -> None:
    discord.open_server("Film club")
    discord.gateway.apart, discord.gateway.concurrency = 5.0, 1
    run = ("--data", str(data), "run", "--only", "discord", "--shards")
    async with started(discord, *run, "0/2") as one, started(discord, *run, "1/2") as other:
        async with asyncio.timeout(120):
            while len(discord.gateway.live) < 2:  # noqa: ASYNC110 - the double says nothing of it
                await asyncio.sleep(0.05)
        for each in (one, other):
            each.send_signal(signal.SIGTERM)
            assert await each.wait() == 0
    assert (discord.gateway.identified, discord.gateway.hasty) == (2, 0)
