"""Notices what any process has put on the shelf, and makes it known here without a pause."""

import asyncio
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from adapters.indexes.catalogue_index import (
    MOST_BESIDE,
    Catalogue,
    beside,
    changes,
    is_outgrown,
    saved_index,
    taken_in,
)
from adapters.indexes.titles_file import Shelf
from adapters.runtime.supervisor import until
from bot.catalogue.titles.index import TitleIndex
from bot.delivery.waiting import pause
from bot.domain.errors import StoreError
from bot.domain.ids import FilmId
from bot.ports.store import Store
from bot.service import Bot

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=15)
"""Between two looks at the shelf's digest, which is one short question to the database."""

REFIT = timedelta(days=1)
"""After so long an index is made anew even for one film that has changed, or stands beside it."""

FIRST = timedelta(seconds=2)
"""After this long a process means to stay, and what questions would wait for is made ready."""

_GENTLE = 10
"""How much the process that makes an index stands back behind those that answer."""


@dataclass(slots=True)
class Librarian:
    """Keeps what a running process knows in line with the shelf, whoever fills that.

    A few new films are laid over the indexes. After an import the titles are indexed anew in a
    thread, the recommender's index in a process of its own, and both are swapped in when the shelf
    has come to rest.
    """

    store: Store
    database: str
    folder: Path
    bot: Bot
    catalogue: Catalogue
    pause: timedelta = PAUSE
    refit: timedelta = REFIT
    _seen: str = ""
    _fitted: float = field(default_factory=time.monotonic)

    async def run(self, stopping: asyncio.Event) -> None:
        """Look again and again until `stopping` is set; an index in the making is given up then."""
        await pause(stopping, FIRST)
        if not stopping.is_set():
            await asyncio.to_thread(self.catalogue.titles.make_ready)
        while not stopping.is_set():
            await until(stopping, self.once())
            await pause(stopping, self.pause)

    async def once(self) -> None:
        """Look once. What cannot be done now is left for the next time."""
        try:
            await self._look()
        except (StoreError, OSError) as error:
            log.info("new films are left for later: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - what is known already goes on being known
            log.error("new films are not taken in: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member typed

    async def _look(self) -> None:
        known = self.catalogue.shelf
        news = await changes(known, self.store)
        if news is None:
            await self._keep_fit()
            return
        settled, self._seen = news.digest == self._seen, news.digest
        if len(news.films) > MOST_BESIDE and not settled:
            return
        shelf = await taken_in(news, known, self.store)
        if len(news.films) > MOST_BESIDE or is_outgrown(self.catalogue.index, shelf):
            await self._renew(shelf)
        else:
            await self._lay_over(
                [each for each in news.films if _reads_anew(each, known, shelf)], shelf
            )

    async def _keep_fit(self) -> None:
        """Make the index anew from time to time, if it is not that of the shelf to the letter."""
        if time.monotonic() - self._fitted < self.refit.total_seconds():
            return
        self._fitted = time.monotonic()
        shelf = self.catalogue.shelf
        if any(await asyncio.to_thread(self.catalogue.index.drift, shelf.documents())):
            await _make_index_beside(self.database, self.folder)
            await self._renew(shelf)

    async def _lay_over(self, news: Sequence[FilmId], shelf: Shelf) -> None:
        if news:
            self.bot.films.add_films(list((await self.store.catalogue.many(news)).values()))
        catalogue = self.catalogue
        self.catalogue = Catalogue(shelf, catalogue.titles, catalogue.index)

    async def _renew(self, shelf: Shelf) -> None:
        titles = await asyncio.to_thread(_titles_of, shelf)
        index = await asyncio.to_thread(saved_index, self.folder)
        if index is None or await asyncio.to_thread(is_outgrown, index, shelf):
            await _make_index_beside(self.database, self.folder)
            index = await asyncio.to_thread(saved_index, self.folder)
        if index is None:
            log.warning("the index of new films could not be made")
            return
        new = await beside(index, shelf, self.store)
        await self.bot.films.replace_indexes(titles, index, new)
        self.catalogue = Catalogue(shelf, titles, index)
        log.info("%d films are known now", len(titles))


def _reads_anew(film_id: FilmId, former: Shelf, shelf: Shelf) -> bool:
    """Tell whether a film reads otherwise than before: a moved day of release is no such change."""
    before, now = former.films.get(film_id), shelf.films[film_id]
    return before is None or (before.document, before.titled) != (now.document, now.titled)


def _titles_of(shelf: Shelf) -> TitleIndex:
    titles = TitleIndex(shelf.titled())
    titles.make_ready()
    return titles


async def _make_index_beside(database: str, folder: Path) -> None:
    """Make the index in a process of its own: it takes seconds of work and much memory."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "adapters.indexes.rebuild"),
        *(str(folder), str(_GENTLE)),
        stdin=asyncio.subprocess.PIPE,
    )
    try:
        # The address of a database may hold a password: not for everybody who lists processes.
        await process.communicate(database.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
