"""The composition root: joins database, catalogue, recommender, core and messenger."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.clock import RandomIds
from adapters.environment import Settings
from adapters.library import INDEX, load_catalogue, load_starter
from bot.deliveries import Worker
from bot.handlers.unasked import compose
from bot.limits import Limits
from bot.ports import Clock, Ids, Messenger, Store
from bot.service import Bot
from bot.taste import Taste
from bot.upkeep import Upkeep
from db.engine import open_store

__all__ = ["INDEX", "House", "open_house"]


@dataclass(frozen=True, slots=True)
class House:
    """Matinee, put together and ready to be spoken to."""

    bot: Bot
    worker: Worker
    store: Store
    ids: Ids
    upkeep: Upkeep


@asynccontextmanager
async def open_house(
    settings: Settings,
    messenger: Messenger,
    clock: Clock,
    limits: Limits | None = None,
    ids: Ids | None = None,
) -> AsyncIterator[House]:
    """Open the database and put Matinee together around it.

    The first time, and whenever the catalogue has changed, this takes a few seconds. Raises
    StoreError, or OSError when the data folder cannot be used.
    """
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = await open_store(settings.database)
    try:
        await load_starter(store)
        titles, index = await load_catalogue(store, settings.folder)
        ids = ids or RandomIds()
        bot = Bot(store, titles, Taste(index), clock, ids, limits)
        worker = Worker(store, messenger, clock, compose, _owner(ids))
        upkeep = Upkeep(store, clock, ids)
        await upkeep.once()
        async with _in_background(upkeep):
            yield House(bot, worker, store, ids, upkeep)
    finally:
        await store.close()


@asynccontextmanager
async def _in_background(upkeep: Upkeep) -> AsyncIterator[None]:
    """Go on looking after what is planned for as long as the house stands."""
    keeping = asyncio.create_task(upkeep.run())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def _owner(ids: Ids) -> str:
    """Name this process as an owner of leases, so that a log tells which one it was."""
    return f"{socket.gethostname()}:{os.getpid()}:{ids.new()}"
