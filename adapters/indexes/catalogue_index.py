"""Catalogue index: the starter catalogue in the database, the indexes of all films in memory."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.indexes.one_builder import only_builder
from adapters.indexes.titles_file import (
    CatalogueEntry,
    CatalogueSnapshot,
    save_snapshot,
    saved_snapshot,
)
from bot.catalogue.club_index import film_document
from bot.catalogue.importing.matching.merging import updated
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.store import Store
from recommender import BaseIndex, FilmDocument, IndexDamaged

INDEX = "index.bin"
TITLES = "titles.bin"
"""Files of the saved indexes, in the data folder."""

MOST_OVERLAID = 100
"""Films that may be overlaid on an index before it is rebuilt: each costs every query a little."""

_READ_ALL_FROM = 2_000
"""Changed films from which on the whole catalogue is read: quicker than so many by their ids."""

_READ_AT_A_TIME = 2_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CatalogueIndex:
    """Indexes of the catalogue that a process holds in memory.

    `overlay`: films that the recommender's index lacks, to be laid over it.
    """

    snapshot: CatalogueSnapshot
    titles: TitleIndex
    index: BaseIndex
    overlay: Sequence[Film] = ()


async def load_starter(store: Store) -> None:
    """Import the starter catalogue, unless this very version has been imported already."""
    digest = starter_digest()
    if await store.catalogue.loaded(SOURCE) == digest:
        return
    films = list(starter_films())
    former = await store.catalogue.many([film.film_id for film in films])
    await store.catalogue.put(
        (updated(film, former) for film in films), source=SOURCE, digest=digest
    )


async def load_catalogue(store: Store, folder: Path) -> CatalogueIndex:
    """Load both indexes; the ones that are not saved, or out of date, are built and saved."""
    with _collecting_nothing():
        snapshot = await load_snapshot(store, folder)
        index = await current_index(snapshot, store, folder, needs_rebuild)
        overlay = await overlay_films(index, snapshot, store)
        return CatalogueIndex(snapshot, snapshot.titles(), index, overlay)


async def load_titles(store: Store, folder: Path) -> TitleIndex:
    """Load the title index alone."""
    with _collecting_nothing():
        return (await load_snapshot(store, folder)).titles()


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Pause the collector of cycles: it looks at millions of objects again and again that all stay.

    What is there at the end it never looks at again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def rebuild(
    store: Store, folder: Path, told: Callable[[str, int, int], None] = lambda *_: None
) -> tuple[BaseIndex, int]:
    """Build both indexes from nothing. Returns that of the recommender, and the count of films that titles name.

    `told` hears of each step: its name, its place, their number.
    """
    (folder / TITLES).unlink(missing_ok=True)
    told("Titles (1 of 2)", 0, 0)
    snapshot = await load_snapshot(store, folder)
    count = len(snapshot.documents())
    index = await build_index(
        snapshot, store, folder, lambda read: told("Index (2 of 2)", read, count)
    )
    return index, len(snapshot.titles())


async def load_snapshot(store: Store, folder: Path) -> CatalogueSnapshot:
    """Load the titles file; only films that have changed since are read from the database.

    Another process of this folder that does so just now is waited for.
    """
    saved = saved_snapshot(folder / TITLES)
    if saved.digest == await store.catalogue.digest():
        return saved
    async with only_builder(folder):
        saved = saved_snapshot(folder / TITLES)
        changed = await refreshed(saved, store)
        if changed is saved:
            return saved
        snapshot = await asyncio.to_thread(changed.packed)
        _try_to_save(lambda: save_snapshot(snapshot, folder / TITLES), "titles")
        return snapshot


async def refreshed(known: CatalogueSnapshot, store: Store) -> CatalogueSnapshot:
    """Bring a snapshot up to date; return the same object where nothing has changed."""
    changes = await find_changes(known, store)
    return await apply_changes(changes, known, store) if changes else known


@dataclass(frozen=True, slots=True)
class Changes:
    """Difference between a snapshot and the catalogue.

    `digest` and `digests`: the catalogue's and every film's now; `films`: new and changed ones.
    """

    digest: str
    digests: Mapping[FilmId, str]
    films: Collection[FilmId]


async def find_changes(known: CatalogueSnapshot, store: Store) -> Changes | None:
    """Compare digests with the catalogue; None if nothing has changed. Reads no film."""
    digest = await store.catalogue.digest()
    if digest == known.digest:
        return None
    now = await store.catalogue.digests()
    # In a thread: of a million films both take seconds, in which others want answers.
    return await asyncio.to_thread(_difference, digest, now, known)


def _difference(digest: str, now: Mapping[FilmId, str], known: CatalogueSnapshot) -> Changes:
    held = known.digests()
    return Changes(digest, now, [each for each in now if held.get(each) != now[each]])


async def apply_changes(
    changes: Changes, known: CatalogueSnapshot, store: Store
) -> CatalogueSnapshot:
    """Read the changed films and return the snapshot as it is now."""
    films = await asyncio.to_thread(
        lambda: {each: film for each, film in known.films.items() if each in changes.digests}
    )
    async for film in _films(set(changes.films), store):
        films[film.film_id] = CatalogueEntry.of(film, changes.digests.get(film.film_id, ""))
    return CatalogueSnapshot(changes.digest, films)


async def _films(film_ids: set[FilmId], store: Store) -> AsyncIterator[Film]:
    if len(film_ids) < _READ_ALL_FROM:
        for film in (await store.catalogue.many(film_ids)).values():
            yield film
        return
    async for film in store.catalogue.all():
        if film.film_id in film_ids:
            yield film


def needs_rebuild(index: BaseIndex, snapshot: CatalogueSnapshot) -> bool:
    """Tell whether the index differs by more films than an overlay can hold, or has too many."""
    if snapshot.has_documents(index.document_digests):
        return False
    drift = index.drift(snapshot.documents())
    return bool(drift.gone) or len(drift.new) + len(drift.changed) > MOST_OVERLAID


async def overlay_films(
    index: BaseIndex, snapshot: CatalogueSnapshot, store: Store
) -> Sequence[Film]:
    """Return the films that the index lacks; one that has changed stays as the index has it."""
    if await asyncio.to_thread(snapshot.has_documents, index.document_digests):
        return ()
    drift = await asyncio.to_thread(index.drift, snapshot.documents())
    found = await store.catalogue.many([FilmId(film_id) for film_id in drift.new])
    return list(found.values())


async def current_index(
    snapshot: CatalogueSnapshot,
    store: Store,
    folder: Path,
    outdated: Callable[[BaseIndex, CatalogueSnapshot], bool],
) -> BaseIndex:
    """Load the saved index, or build it where there is none or it is `outdated`.

    Another process of this folder that builds it just now is waited for.
    """
    index = saved_index(folder)
    if index is not None and not outdated(index, snapshot):
        return index
    async with only_builder(folder):
        index = saved_index(folder)
        if index is None or outdated(index, snapshot):
            index = await build_index(snapshot, store, folder)
        return index


async def build_index(
    snapshot: CatalogueSnapshot,
    store: Store,
    folder: Path,
    read: Callable[[int], None] = lambda _: None,
) -> BaseIndex:
    """Build the recommender's index of a catalogue, and save it. `read` hears a count.

    It holds the best known films alone where there are very many (`best_known`).
    """
    chosen = sorted(map(FilmId, snapshot.documents()))
    documents: list[FilmDocument] = []
    for start in range(0, len(chosen), _READ_AT_A_TIME):
        films = await store.catalogue.many(chosen[start : start + _READ_AT_A_TIME])
        documents += map(film_document, films.values())
        read(len(documents))
    index = await asyncio.to_thread(BaseIndex.build, documents)
    log.info("built the index of %d films", len(documents))
    _try_to_save(lambda: index.save(folder / INDEX), "index")
    return index


def saved_index(folder: Path) -> BaseIndex | None:
    """Load the saved index; None if there is none, or it is damaged."""
    path = folder / INDEX
    if not path.exists():
        return None
    try:
        return BaseIndex.load(path)
    except IndexDamaged as error:
        log.info("the saved index %s; building it again", error.reason)
        return None


def _try_to_save(save: Callable[[], None], what: str) -> None:
    """Save for the next start; a full or read-only disk only makes that one slower."""
    try:
        save()
    except OSError as error:
        log.warning("could not save the %s: %s", what, error.strerror)
