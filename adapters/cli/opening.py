"""The store of the settings, opened for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.runtime.settings.settings import Settings
from bot.ports.store import Store
from db.engines.open import open_store


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """Open the store for as long as the command takes; the data folder is made where there is none."""
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = await open_store(settings.database)
    try:
        yield store
    finally:
        await store.close()
