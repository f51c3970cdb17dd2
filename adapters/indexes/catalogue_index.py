"""The films as a process holds them: the starter catalogue on the shelf, the indexes in memory."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.indexes.titles_file import Shelf, Shelved, save_shelf, saved_shelf
from bot.catalogue.club_index import film_document
from bot.catalogue.importing.duplicates import updated
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.ports.store import Store
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
    if await store.catalogue.loaded(SOURCE) == digest:
        return
    films = list(starter_films())
    former = await store.catalogue.many([film.film_id for film in films])
    await store.catalogue.put(
        (updated(film, former) for film in films), source=SOURCE, digest=digest
    )


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
    news = await changes(known, store)
    return await taken_in(news, known, store) if news else known


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed on the shelf: its digest, every film's, the films that are not as known."""

    digest: str
    digests: Mapping[FilmId, str]
    films: Collection[FilmId]


async def changes(known: Shelf, store: Store) -> Changes | None:
    """Look what has changed since; None if nothing has. No film is read for it."""
    digest = await store.catalogue.digest()
    if digest == known.digest:
        return None
    there = await store.catalogue.digests()
    held = known.films
    moved = [each for each, now in there.items() if each not in held or held[each].digest != now]
    return Changes(digest, there, moved)


async def taken_in(news: Changes, known: Shelf, store: Store) -> Shelf:
    """Read the films that have changed, and know the shelf as it is now."""
    films = {each: film for each, film in known.films.items() if each in news.digests}
    async for film in _films(set(news.films), store):
        films[film.film_id] = Shelved.of(film, news.digests.get(film.film_id, ""))
    return Shelf(news.digest, films)


async def _films(film_ids: set[FilmId], store: Store) -> AsyncIterator[Film]:
    if len(film_ids) < _MANY:
        for film in (await store.catalogue.many(film_ids)).values():
            yield film
        return
    async for film in store.catalogue.all():
        if film.film_id in film_ids:
            yield film


def is_outgrown(index: BaseIndex, shelf: Shelf) -> bool:
    """Tell whether the shelf has moved on so far that the index has to be made anew."""
    drift = index.drift(shelf.documents())
    return bool(drift.gone) or len(drift.new) + len(drift.changed) > MOST_BESIDE


async def beside(index: BaseIndex, shelf: Shelf, store: Store) -> Sequence[Film]:
    """Return the films that the index lacks; one that has changed since stays as it is there."""
    drift = await asyncio.to_thread(index.drift, shelf.documents())
    found = await store.catalogue.many([FilmId(film_id) for film_id in drift.new])
    return list(found.values())


async def make_index(store: Store, folder: Path) -> BaseIndex:
    """Make the recommender's index of the films on the shelf, and save it."""
    documents = [film_document(film) async for film in store.catalogue.all()]
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
