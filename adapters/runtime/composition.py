"""Composition root: joins database, catalogue, recommender, core and messenger."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from adapters.indexes.catalogue_index import INDEX, load_catalogue, load_starter
from adapters.indexes.watcher import IndexWatcher
from adapters.runtime.process.clock import RandomIds
from adapters.runtime.process.data_folder import keep_private
from adapters.runtime.process.supervisor import Service
from adapters.runtime.settings.settings import Settings
from adapters.runtime.sources.film_files import AT_ONCE, ProcessReader
from adapters.runtime.sources.film_sources import open_feed_reader, open_source
from bot.catalogue.club_index import ClubIndexes
from bot.delivery.worker import Worker
from bot.maintenance.following import Follower
from bot.maintenance.interest import InterestReader
from bot.maintenance.nights import NightClock
from bot.maintenance.periodic import PeriodicMaintenance
from bot.maintenance.refresh import Refresher
from bot.ports.clock import Clock, Ids
from bot.ports.messenger import EventReader, Messenger
from bot.ports.store import Store
from bot.registry import compose
from bot.request.middleware.rate_limits import Limits
from bot.service import Bot
from db.engines.open import open_store

__all__ = ["INDEX", "Application", "open_application"]


@dataclass(frozen=True, slots=True)
class Application:
    """Running Matinee: its core, its outbox worker, and the services around them."""

    bot: Bot
    worker: Worker
    store: Store
    ids: Ids
    services: tuple[Service, ...]
    """Background services, to be run beside the worker while requests are answered."""


@asynccontextmanager
async def open_application(
    settings: Settings,
    messenger: Messenger,
    clock: Clock,
    limits: Limits | None = None,
    ids: Ids | None = None,
    web_url: str = "",
) -> AsyncIterator[Application]:
    """Open the database, load the indexes, and build Matinee on them.

    `web_url`: where the club's pages are served, if they are. Takes a few seconds the first time, and whenever the catalogue has changed much. Raises
    StoreError, or OSError when the data folder cannot be used.
    """
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_private(settings.folder)
    store = await open_store(settings.database)
    try:
        await load_starter(store)
        catalogue = await load_catalogue(store, settings.folder)
        # What a query multiplies is small: with several threads it costs ten times as much beside other work.
        threadpool_limits(1)
        ids = ids or RandomIds()
        worker = Worker(store, messenger, clock, compose, _owner(ids))
        upkeep = PeriodicMaintenance(store, clock, ids)
        await upkeep.once()
        async with open_source(settings, clock) as source, open_feed_reader(settings) as feeds:
            indexes = ClubIndexes(catalogue.index)
            files = ProcessReader(asyncio.Semaphore(AT_ONCE))
            bot = Bot(
                store,
                catalogue.titles,
                indexes,
                clock,
                ids,
                limits,
                source=source,
                files=files,
                feeds=feeds,
                web_url=web_url,
            )
            indexes.add_films(catalogue.overlay)
            nights = NightClock(
                store, bot.handle, clock, interest=_interest(messenger, store, bot, clock)
            )
            watcher = IndexWatcher(store, settings.database, settings.folder, bot, catalogue)
            refresher = (
                Refresher(store, source, clock, ids, bot.fetcher.look_ahead) if source else None
            )
            refresh = (refresher.run,) if refresher else ()
            belongs, look_up = bot.directories.belongs, bot.fetcher.look_up
            follower = Follower(
                store, feeds, bot.films.titles, clock, ids, belongs=belongs, look_up=look_up
            )
            upkeeping = (upkeep.run, nights.run, follower.run, *refresh)
            services = (watcher.run, *(() if settings.only == "web" else upkeeping))
            async with _closing(bot):
                yield Application(bot, worker, store, ids, services)
    finally:
        await store.close()


def _interest(messenger: Messenger, store: Store, bot: Bot, clock: Clock) -> InterestReader | None:
    """Return the reader of who is interested in events, where the messenger enters any."""
    if not isinstance(messenger, EventReader):
        return None
    return InterestReader(store, bot.handle, clock, messenger.interested, messenger.direct_place)


@asynccontextmanager
async def _closing(bot: Bot) -> AsyncIterator[None]:
    """Close the bot at the end, with its background tasks."""
    try:
        yield
    finally:
        await bot.close()


def _owner(ids: Ids) -> str:
    """Return this process's id as an owner of leases; its host and number show in logs."""
    return f"{socket.gethostname()}:{os.getpid()}:{ids.new()}"
