"""The films as a process holds them: the starter catalogue on the shelf, the indexes in memory."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from adapters.saved_titles import save_titles, saved_titles
from bot.catalogue.fame import guessed_popularity
from bot.catalogue.merging import updated
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.catalogue.titles import TitledFilm, TitleIndex
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.ports import Store
from bot.taste import film_document
from recommender import BaseIndex, IndexDamaged

INDEX = "index.bin"
TITLES = "titles.json"
"""The files of the saved indexes, in the data folder."""

_SAMPLE = Film(
    film_id=FilmId("sample"),
    title="title",
    year=2000,
    original_title="original",
    other_titles=("other",),
    directors=("director",),
    cast=("cast",),
    countries=("GB",),
    languages=("en",),
    genres=("genre",),
    minutes=100,
    based_on="basis",
    themes=("theme",),
    logline="logline",
    imdb_id="tt0000001",
    tmdb_id=1,
    popularity=1,
)
"""What becomes of it shows how this version of the program reads films."""

log = logging.getLogger(__name__)


async def load_starter(store: Store) -> None:
    """Put the starter catalogue on the shelf, unless this very one lies there already."""
    digest = starter_digest()
    if await store.shelf.loaded(SOURCE) == digest:
        return
    films = list(starter_films())
    former = await store.shelf.many([film.film_id for film in films])
    await store.shelf.put((updated(film, former) for film in films), source=SOURCE, digest=digest)


async def load_catalogue(store: Store, folder: Path) -> tuple[TitleIndex, BaseIndex]:
    """Load both indexes of the films on the shelf; what is not saved is made, and saved."""
    key = await index_key(store)
    titles, index = saved_titles(folder / TITLES, key), _saved_index(folder / INDEX, key)
    if titles is None or index is None:
        films = [film async for film in store.shelf.all()]
        titles = titles or _make_titles(films, folder / TITLES, key)
        index = index or await _make_index(films, folder / INDEX, key)
    return TitleIndex(titles), index


async def load_titles(store: Store, folder: Path) -> TitleIndex:
    """Load the index of titles alone."""
    key = await index_key(store)
    titles = saved_titles(folder / TITLES, key)
    if titles is None:
        films = [film async for film in store.shelf.all()]
        titles = _make_titles(films, folder / TITLES, key)
    return TitleIndex(titles)


async def rebuild(store: Store, folder: Path) -> BaseIndex:
    """Make both indexes anew."""
    key = await index_key(store)
    films = [film async for film in store.shelf.all()]
    _make_titles(films, folder / TITLES, key)
    return await _make_index(films, folder / INDEX, key)


def titled(film: Film) -> TitledFilm:
    """Take from a film what the title index needs; raters that were counted count on top."""
    return TitledFilm.of(film, guessed_popularity(film) + (film.popularity or 0))


async def index_key(store: Store) -> str:
    """Name what an index of the films on the shelf has to be made of, without reading them."""
    reading = repr(film_document(_SAMPLE))
    return hashlib.sha256(f"{await store.shelf.digest()}\n{reading}".encode()).hexdigest()


def _make_titles(films: Sequence[Film], path: Path, key: str) -> list[TitledFilm]:
    titles = [titled(film) for film in films]
    _keep(lambda: save_titles(titles, path, key), "titles")
    return titles


async def _make_index(films: Sequence[Film], path: Path, key: str) -> BaseIndex:
    documents = [film_document(film) for film in films]
    index = replace(await asyncio.to_thread(BaseIndex.build, documents), digest=key)
    _keep(lambda: index.save(path), "index")
    return index


def _saved_index(path: Path, key: str) -> BaseIndex | None:
    if not path.exists():
        return None
    try:
        index = BaseIndex.load(path)
    except IndexDamaged as error:
        log.info("the saved index %s; building it again", error.reason)
        return None
    return index if index.digest == key else None


def _keep(save: Callable[[], None], what: str) -> None:
    """Keep something for the next start; a full or read-only disk only makes that one slower."""
    try:
        save()
    except OSError as error:
        log.warning("could not save the %s: %s", what, error.strerror)
