"""Fixtures: one index and one title index for the whole run, a fresh club for each test."""

import asyncio
import gc
import hashlib
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.catalogue import club_index
from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_digest, starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex
from tests.postgresql import PostgresqlServer, running_server
from tests.statements import share_statements
from tests.support import CountingIds, HandClock, Mailbox, Room

ROOT = Path(__file__).parents[1]

# Each process that a test starts would compile all modules again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

share_statements()

# Thousands of tests stay to the end: nothing is gained by looking through them for garbage again and again.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from now on, among what the tests make."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Take one worker more than there are cores: many tests wait, for a process or until a time has passed."""
    return (os.cpu_count() or 1) + 1


# No test is timed: a busy machine takes longer.
settings.register_profile(
    "any machine", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def starter() -> tuple[Film, ...]:
    """Every film of the starter catalogue."""
    return tuple(starter_films())


@pytest.fixture(scope="session")
def titles(starter: tuple[Film, ...]) -> TitleIndex:
    """The starter catalogue's titles."""
    return TitleIndex(map(TitledFilm.of, starter))


@pytest.fixture(scope="session")
def index(starter: tuple[Film, ...], pytestconfig: pytest.Config) -> BaseIndex:
    """The starter catalogue's index, kept for the next run while what it is made by stays the same."""
    folder = pytestconfig.cache.mkdir("index")
    saved = folder / f"{_made_by()}.bin"
    if not saved.exists():
        for former in set(folder.iterdir()) - {saved}:  # another process may just have saved it
            former.unlink(missing_ok=True)
        BaseIndex.build(film_document(film) for film in starter).save(saved)
    return BaseIndex.load(saved)


def _made_by() -> str:
    """Return a digest of the films, and of the code that makes an index of them."""
    parts = sorted(file for file in (ROOT / "recommender").rglob("*.*") if file.suffix != ".pyc")
    code = b"".join(file.read_bytes() for file in (*parts, Path(club_index.__file__)))
    return hashlib.sha256(starter_digest().encode() + code).hexdigest()[:16]


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server for the whole run of this process."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def server_template(server: PostgresqlServer) -> str:
    """Name of a database on the server that is empty and up to date."""
    name = server.create()

    async def make() -> None:
        await (await open_store(server.url(name))).close()

    asyncio.run(make())
    return name


@pytest.fixture
def server_database(server: PostgresqlServer, server_template: str) -> Iterator[str]:
    """URL of an up-to-date database of this test's own on the server, emptied afterwards."""
    yield server.url(server_template)
    server.empty(server_template)


@pytest.fixture
async def room(
    starter: tuple[Film, ...], titles: TitleIndex, index: BaseIndex, tmp_path: Path
) -> AsyncIterator[Room]:
    """A club with nothing but the starter catalogue, and no limit on what it may ask."""
    async with open_room(tmp_path, starter, titles, index) as opened:
        yield opened


_DATABASES: dict[int, tuple[Iterable[Film], bytes]] = {}
"""Databases that hold a catalogue alone, by its films' identity: 3,000 films are put once a run."""


async def put_catalogue(path: Path, films: Iterable[Film]) -> None:
    """Write a database that holds these films, and nothing else."""
    if id(films) not in _DATABASES:
        store = await open_store(f"sqlite:///{path}")
        try:
            await store.catalogue.put(films, source="starter", digest="test")
        finally:
            await store.close()
        _DATABASES[id(films)] = films, path.read_bytes()
    path.write_bytes(_DATABASES[id(films)][1])


@asynccontextmanager
async def open_room(
    folder: Path, films: Iterable[Film], titles: TitleIndex, index: BaseIndex
) -> AsyncIterator[Room]:
    """Open a club on a new database in the folder, with these films in the catalogue."""
    path = folder / "matinee.db"
    await put_catalogue(path, films)
    store = await open_store(f"sqlite:///{path}")
    try:
        clock, ids = HandClock(), CountingIds()
        at_will = Rate(1_000_000, timedelta(microseconds=1))
        bot = Bot(store, titles, ClubIndexes(index), clock, ids, Limits(at_will, at_will))
        yield Room(bot, store, clock, ids, Mailbox())
    finally:
        await store.close()
