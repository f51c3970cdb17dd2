"""Watcher of the catalogue: films that any process adds are found by this one, without a pause."""

import asyncio
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from adapters.indexes.catalogue_index import (
    MOST_OVERLAID,
    TITLES,
    CatalogueIndex,
    Changes,
    apply_changes,
    find_changes,
    needs_rebuild,
    overlay_films,
    saved_index,
)
from adapters.indexes.titles_file import CatalogueSnapshot, saved_snapshot
from adapters.runtime.process.supervisor import until
from bot.catalogue.titles.index import TitleIndex
from bot.delivery.waiting import pause, pause_until
from bot.domain.errors import StoreError
from bot.domain.ids import FilmId
from bot.ports.hints import HintTopic
from bot.ports.store import Store
from bot.service import Bot

log = logging.getLogger(__name__)

POLL_EVERY = timedelta(seconds=15)
"""Time between two checks of the catalogue's digest, each one short query."""

REBUILD_AFTER = timedelta(days=1)
"""Time after which the index is rebuilt even for a single changed or overlaid film."""

WARM_UP_AFTER = timedelta(seconds=2)
"""Time after which a process is taken to be long-lived, and its lazy indexes are built."""

_REST = 4
"""Rest after a check, in lengths of the check."""

_NICENESS = 10
"""Niceness of the process that builds an index, so that answers come first."""


@dataclass(slots=True)
class IndexWatcher:
    """Keeps a running process's indexes in step with the catalogue.

    A few new films are overlaid on the indexes. After an import both indexes are rebuilt in a process
    of their own, and swapped in once the catalogue's digest has stayed the same between two checks.
    """

    store: Store
    database: str
    folder: Path
    bot: Bot
    catalogue: CatalogueIndex
    poll_every: timedelta = POLL_EVERY
    rebuild_after: timedelta = REBUILD_AFTER
    _last_digest: str = ""
    _importing: bool = False
    _compared_at: float = field(default_factory=time.monotonic)

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until `stopping` is set; a build in progress is abandoned then."""
        await pause(stopping, WARM_UP_AFTER)
        if not stopping.is_set():
            await asyncio.to_thread(self.catalogue.titles.make_ready)
        changed = self.store.hints(HintTopic.CATALOGUE)
        while not stopping.is_set():
            began = time.monotonic()
            await until(stopping, self.once())
            if self._importing:  # an import hints again and again: it is taken in once it has ended
                await pause(stopping, self.poll_every)
            else:  # a look at a million films takes seconds: hints may not make it one without end
                took = timedelta(seconds=time.monotonic() - began)
                await pause(stopping, min(_REST * took, self.poll_every))
                await pause_until(changed, stopping, self.poll_every)

    async def once(self) -> None:
        """Check once; after a failure the next check tries again."""
        try:
            await self._check()
        except (StoreError, OSError) as error:
            log.info("new films are left for later: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the present indexes go on answering
            log.error("new films are not taken in: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member typed

    async def _check(self) -> None:
        known, self._importing = self.catalogue.snapshot, False
        changes = await find_changes(known, self.store)
        if changes is None:
            await self._rebuild_if_old()
            return
        settled, self._last_digest = changes.digest == self._last_digest, changes.digest
        self._importing = len(changes.films) > MOST_OVERLAID and not settled
        if self._importing:
            return
        now = await self._after(changes)
        joined = [each for each in changes.films if _joined(each, now) or _joined(each, known)]
        self.bot.films.forget_films(joined)
        many = len(changes.films) > MOST_OVERLAID
        if joined or many or needs_rebuild(self.catalogue.index, now):
            await self._rebuild(now)
        else:
            await self._overlay([each for each in changes.films if _differs(each, known, now)], now)

    async def _after(self, changes: Changes) -> CatalogueSnapshot:
        """Return the catalogue after some changes; of very many the file that another process writes."""
        if len(changes.films) > MOST_OVERLAID:
            await _build_in_subprocess(self.database, self.folder)
            saved = await asyncio.to_thread(saved_snapshot, self.folder / TITLES)
            if saved.digest == changes.digest:
                return saved
        return await apply_changes(changes, self.catalogue.snapshot, self.store)

    async def _rebuild_if_old(self) -> None:
        """Rebuild after `rebuild_after`, if the index differs from the catalogue at all."""
        if time.monotonic() - self._compared_at < self.rebuild_after.total_seconds():
            return
        self._compared_at = time.monotonic()
        snapshot = self.catalogue.snapshot
        if any(await asyncio.to_thread(self.catalogue.index.drift, snapshot.documents())):
            await _build_in_subprocess(self.database, self.folder)
            await self._rebuild(snapshot)

    async def _overlay(self, film_ids: Sequence[FilmId], snapshot: CatalogueSnapshot) -> None:
        if film_ids:
            self.bot.films.add_films(list((await self.store.catalogue.many(film_ids)).values()))
        catalogue = self.catalogue
        self.catalogue = CatalogueIndex(snapshot, catalogue.titles, catalogue.index)

    async def _rebuild(self, snapshot: CatalogueSnapshot) -> None:
        titles = await asyncio.to_thread(_title_index, snapshot)
        index = await asyncio.to_thread(saved_index, self.folder)
        if index is None or await asyncio.to_thread(needs_rebuild, index, snapshot):
            await _build_in_subprocess(self.database, self.folder)
            index = await asyncio.to_thread(saved_index, self.folder)
        if index is None:
            log.warning("the index of new films could not be made")
            return
        overlay = await overlay_films(index, snapshot, self.store)
        await self.bot.films.replace_indexes(titles, index, overlay)
        self.catalogue = CatalogueIndex(snapshot, titles, index)
        log.info("%d films are known now", len(titles))


def _differs(film_id: FilmId, former: CatalogueSnapshot, now: CatalogueSnapshot) -> bool:
    """Tell whether a film's titles or document differ; a moved release date changes neither."""
    before, after = former.films.get(film_id), now.films[film_id]
    return before is None or (before.document, before.titled) != (after.document, after.titled)


def _joined(film_id: FilmId, snapshot: CatalogueSnapshot) -> bool:
    """Tell whether the film is joined with another one, whose titles then include its own."""
    film = snapshot.films.get(film_id)
    return film is not None and film.stands_for is not None


def _title_index(snapshot: CatalogueSnapshot) -> TitleIndex:
    titles = snapshot.titles()
    titles.make_ready()
    return titles


async def _build_in_subprocess(database: str, folder: Path) -> None:
    """Build the index in another process: it takes seconds of work and much memory."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "adapters.indexes.rebuild"),
        *(str(folder), str(_NICENESS)),
        stdin=asyncio.subprocess.PIPE,
    )
    try:
        # On standard input, since a database's URL may hold a password and arguments are public.
        await process.communicate(database.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
