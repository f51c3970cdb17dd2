"""The films as a process holds them: the starter catalogue on the shelf, the indexes in memory."""

import asyncio
import hashlib
import logging
from dataclasses import replace
from pathlib import Path

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
"""The file of the saved index, in the data folder."""

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


async def load_titles(store: Store) -> TitleIndex:
    """Index the titles of every film on the shelf."""
    return TitleIndex([titled(film) async for film in store.shelf.all()])


def titled(film: Film) -> TitledFilm:
    """Take from a film what the title index needs; whoever counted its raters is believed."""
    return TitledFilm.of(film, guessed_popularity(film) + (film.popularity or 0))


async def load_index(store: Store, folder: Path, *, anew: bool = False) -> BaseIndex:
    """Load the saved index if it is of the films on the shelf; else build and save it."""
    key = await index_key(store)
    saved = None if anew else _saved(folder / INDEX)
    if saved is not None and saved.digest == key:
        return saved
    documents = [film_document(film) async for film in store.shelf.all()]
    index = replace(await asyncio.to_thread(BaseIndex.build, documents), digest=key)
    _save(index, folder / INDEX)
    return index


async def index_key(store: Store) -> str:
    """Name what an index of the films on the shelf has to be made of, without reading them."""
    reading = repr(film_document(_SAMPLE))
    return hashlib.sha256(f"{await store.shelf.digest()}\n{reading}".encode()).hexdigest()


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
