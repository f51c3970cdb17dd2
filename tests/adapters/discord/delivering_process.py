"""A process that delivers to a Discord until it is killed: one worker, one database, no gateway."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from adapters.discord.host.client import Client, bare_options, log_in, set_up_library
from adapters.discord.outgoing.messenger import DiscordMessenger
from adapters.runtime.settings.settings import Secret, Settings
from bot.delivery.settings import DeliverySettings
from bot.delivery.worker import Worker
from bot.domain.ids import ClubId
from bot.registry import compose
from db.engines.open import open_store
from tests.adapters.discord.double import TOKEN
from tests.bot.features.nights.killed_process import MovedClock

LEASE = timedelta(seconds=1)


async def live(database: str, api: str, club: str, offset: Path) -> None:
    """Deliver until killed."""
    set_up_library(Settings(discord_token=Secret(TOKEN), discord_api_url=api))
    client = Client(**bare_options())
    await log_in(client, TOKEN)
    messenger = DiscordMessenger()
    messenger.client, messenger.noted = client, [ClubId(club)]
    store = await open_store(database)
    settings = DeliverySettings(lease=LEASE, renewal=LEASE / 3, answer_timeout=LEASE / 2)
    worker = Worker(store, messenger, MovedClock(offset), compose, f"w{os.getpid()}", settings)
    while True:
        await worker.drain()
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    _, database, api, club, offset = sys.argv
    asyncio.run(live(database, api, club, Path(offset)))
