"""The composition root: joins database, catalogue, recommender, core and messenger."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.clock import RandomIds
from adapters.environment import Settings
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.catalogue.titles import TitledFilm, TitleIndex
from bot.deliveries import Worker
from bot.domain.films import Film
from bot.handlers.unasked import compose
from bot.limits import Limits
from bot.ports import Clock, Ids, Messenger, Store
from bot.service import Bot
from bot.taste import Taste, film_document
from bot.upkeep import Upkeep
from db.engine import open_store
from recommender import BaseIndex, IndexDamaged
from recommender.documents import corpus_digest

INDEX = "index.bin"
"""The file of the saved index, in the data folder."""

log = logging.getLogger(__name__)


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
        await _load_starter(store)
        films = [film async for film in store.shelf.all()]
        index = await _index(films, settings.folder / INDEX)
        ids = ids or RandomIds()
        bot = Bot(store, TitleIndex(map(TitledFilm.of, films)), Taste(index), clock, ids, limits)
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


async def _load_starter(store: Store) -> None:
    """Put the starter catalogue on the shelf, unless this very one lies there already."""
    digest = starter_digest()
    if await store.shelf.loaded(SOURCE) != digest:
        await store.shelf.put(starter_films(), source=SOURCE, digest=digest)


async def _index(films: Sequence[Film], path: Path) -> BaseIndex:
    """Load the saved index if it is of these films; else build and save it."""
    documents = [film_document(film) for film in films]
    saved = _saved(path)
    if saved is not None and saved.digest == corpus_digest(documents):
        return saved
    index = await asyncio.to_thread(BaseIndex.build, documents)
    _save(index, path)
    return index


def _saved(path: Path) -> BaseIndex | None:
    if not path.exists():
        return None
    try:
        return BaseIndex.load(path)
    except IndexDamaged as error:
        log.info("the saved index %s; building it again", error.reason)
        return None


def _save(index: BaseIndex, path: Path) -> None:
    """Keep the index for the next start; a full or read-only disk only makes that one slower."""
    try:
        index.save(path)
    except OSError as error:
        log.warning("could not save the index: %s", error.strerror)


def _owner(ids: Ids) -> str:
    """Name this process as an owner of leases, so that a log tells which one it was."""
    return f"{socket.gethostname()}:{os.getpid()}:{ids.new()}"
