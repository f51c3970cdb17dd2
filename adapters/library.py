"""The films as a process holds them: the starter catalogue on the shelf, the indexes in memory."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.saved_titles import Shelf, Shelved, save_shelf, saved_shelf
from bot.catalogue.merging import updated
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.catalogue.titles import TitleIndex
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.ports import Store
from bot.taste import film_document
from recommender import BaseIndex, IndexDamaged

INDEX = "index.bin"
TITLES = "titles.json"
"""The files of the saved indexes, in the data folder."""

MOST_BESIDE = 100
"""Films that stand beside an index, which need not be made anew for them: each costs every query of
every club a little."""

_MANY = 2_000
"""Changed films from which on all are read: one walk is quicker than so many by their ids."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a process knows of the films on the shelf.

    `beside`: the films that the recommender's index lacks, to be laid over it.
    """

    shelf: Shelf
    titles: TitleIndex
    index: BaseIndex
    beside: Sequence[Film] = ()


async def load_starter(store: Store) -> None:
    """Put the starter catalogue on the shelf, unless this very one lies there already."""
    digest = starter_digest()
    if await store.shelf.loaded(SOURCE) == digest:
        return
    films = list(starter_films())
    former = await store.shelf.many([film.film_id for film in films])
    await store.shelf.put((updated(film, former) for film in films), source=SOURCE, digest=digest)


async def load_catalogue(store: Store, folder: Path) -> Catalogue:
    """Load both indexes of the films on the shelf; what is not saved is made, and saved."""
    shelf = await load_shelf(store, folder)
    index = saved_index(folder)
    if index is None or is_outgrown(index, shelf):
        index = await make_index(store, folder)
    return Catalogue(shelf, TitleIndex(shelf.titled()), index, await beside(index, shelf, store))


async def load_titles(store: Store, folder: Path) -> TitleIndex:
    """Load the index of titles alone."""
    return TitleIndex((await load_shelf(store, folder)).titled())


async def rebuild(store: Store, folder: Path) -> BaseIndex:
    """Make both indexes anew."""
    (folder / TITLES).unlink(missing_ok=True)
    await load_shelf(store, folder)
    return await make_index(store, folder)


async def load_shelf(store: Store, folder: Path) -> Shelf:
    """Read what was saved of the shelf; only films that have changed since are read themselves."""
    saved = saved_shelf(folder / TITLES)
    shelf = await renewed(saved, store)
    if shelf is not saved:
        _keep(lambda: save_shelf(shelf, folder / TITLES), "titles")
    return shelf


async def renewed(known: Shelf, store: Store) -> Shelf:
    """Bring what is known of the shelf up to date; return the same where nothing has changed."""
    digest = await store.shelf.digest()
    if digest == known.digest:
        return known
    there = await store.shelf.digests()
    kept = {
        film_id: film for film_id, film in known.films.items() if there.get(film_id) == film.digest
    }
    changed = there.keys() - kept.keys()
    for film in await _films(changed, store):
        kept[film.film_id] = Shelved.of(film, there.get(film.film_id, ""))
    return Shelf(digest, kept)


async def _films(film_ids: set[FilmId], store: Store) -> Sequence[Film]:
    if len(film_ids) < _MANY:
        return list((await store.shelf.many(film_ids)).values())
    return [film async for film in store.shelf.all() if film.film_id in film_ids]


def is_outgrown(index: BaseIndex, shelf: Shelf) -> bool:
    """Tell whether the shelf has moved on so far that the index has to be made anew."""
    drift = index.drift(shelf.documents())
    return bool(drift.gone) or len(drift.new) + len(drift.changed) > MOST_BESIDE


async def beside(index: BaseIndex, shelf: Shelf, store: Store) -> Sequence[Film]:
    """Return the films that the index lacks; one that has changed since stays as it is there."""
    new = [FilmId(film_id) for film_id in index.drift(shelf.documents()).new]
    return list((await store.shelf.many(new)).values())


async def make_index(store: Store, folder: Path) -> BaseIndex:
    """Make the recommender's index of the films on the shelf, and save it."""
    documents = [film_document(film) async for film in store.shelf.all()]
    index = await asyncio.to_thread(BaseIndex.build, documents)
    _keep(lambda: index.save(folder / INDEX), "index")
    return index


def saved_index(folder: Path) -> BaseIndex | None:
    """Load the saved index; None if there is none, or it cannot be trusted."""
    path = folder / INDEX
    if not path.exists():
        return None
    try:
        return BaseIndex.load(path)
    except IndexDamaged as error:
        log.info("the saved index %s; building it again", error.reason)
        return None


def _keep(save: Callable[[], None], what: str) -> None:
    """Keep something for the next start; a full or read-only disk only makes that one slower."""
    try:
        save()
    except OSError as error:
        log.warning("could not save the %s: %s", what, error.strerror)
