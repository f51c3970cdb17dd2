"""The films as a process holds them: the starter catalogue on the shelf, the indexes in memory."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from adapters.saved_titles import SavedTitles, save_titles, saved_titles
from bot.catalogue.fame import guessed_popularity
from bot.catalogue.merging import updated
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.catalogue.titles import TitledFilm, TitleIndex
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.ports import Store
from bot.taste import film_document
from recommender import BaseIndex, IndexDamaged
from recommender.documents import corpus_digest

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
    titles = await _titles(store, folder)
    index = _saved_index(folder / INDEX)
    if index is None or index.digest != titles.corpus:
        index = await _make_index(store, folder)
    return TitleIndex(titles.films), index


async def load_titles(store: Store, folder: Path) -> TitleIndex:
    """Load the index of titles alone."""
    return TitleIndex((await _titles(store, folder)).films)


async def rebuild(store: Store, folder: Path) -> BaseIndex:
    """Make both indexes anew."""
    (folder / TITLES).unlink(missing_ok=True)
    await _titles(store, folder)
    return await _make_index(store, folder)


async def _titles(store: Store, folder: Path) -> SavedTitles:
    """Read the saved titles if they are of the films on the shelf; else make and save them."""
    key = await shelf_key(store)
    if (saved := saved_titles(folder / TITLES, key)) is not None:
        return saved
    films = [film async for film in store.shelf.all()]
    corpus = corpus_digest(map(film_document, films))
    titles = SavedTitles([titled(film) for film in films], corpus)
    _keep(lambda: save_titles(titles, folder / TITLES, key), "titles")
    return titles


async def _make_index(store: Store, folder: Path) -> BaseIndex:
    documents = [film_document(film) async for film in store.shelf.all()]
    index = await asyncio.to_thread(BaseIndex.build, documents)
    _keep(lambda: index.save(folder / INDEX), "index")
    return index


def titled(film: Film) -> TitledFilm:
    """Take from a film what the title index needs; raters that were counted count on top."""
    return TitledFilm.of(film, guessed_popularity(film) + (film.popularity or 0))


async def shelf_key(store: Store) -> str:
    """Name the films on the shelf as this version of the program reads them, without reading."""
    reading = repr((film_document(_SAMPLE), titled(_SAMPLE)))
    return hashlib.sha256(f"{await store.shelf.digest()}\n{reading}".encode()).hexdigest()


def _saved_index(path: Path) -> BaseIndex | None:
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
