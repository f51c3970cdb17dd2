"""PostgreSQL killed, cut off, failed over: nothing acknowledged is lost, nothing is half done or done twice.

Each command is answered, or refused in clear words and then given again as a member would, by the same request.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import Caller, Request
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex
from tests.delivery.fleet import fleet, plan, states
from tests.delivery.loopback import Loopback
from tests.delivery.worker_process import MachineTime
from tests.postgresql import REPLICATED, PostgresqlServer, running_server
from tests.rows import stored
from tests.support import CountingIds

CLEAR = (
    "I couldn't reach the club's memory: The database cannot be reached just now. Try again in a moment.",
    "I couldn't reach the club's memory: The database is being restarted. Try again in a moment.",
)
CLUBS = ("console:one", "console:two", "console:three")
WRITERS = 8


@pytest.fixture(scope="module")
def mortal() -> Iterator[PostgresqlServer]:
    """A server of this module's own, to be killed."""
    with running_server() as running:
        yield running


@pytest.fixture
def database(mortal: PostgresqlServer) -> Iterator[str]:
    """Name of a new database."""
    name = mortal.create()
    yield name
    mortal.drop(name)


@dataclass
class Members:
    """Members who write reviews, one each of every film; who is refused says the same again."""

    films: tuple[Film, ...]
    saved: set[tuple[str, str, str]] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    ending: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, bot: Bot, number: int) -> None:
        """Write review after review, in each club in turn."""
        member = MemberId(f"console:m{number}")
        for count, film in enumerate(self.films * len(CLUBS)):
            club = ClubId(CLUBS[count // len(self.films)])
            caller = Caller(club, member, "Ana", PlaceId(f"{club}#x"), PlaceId(f"{club}@{member}"))
            words = f"Written by {number} as number {count}."
            asked = Request(f"r{number}-{count}", caller, f'/review "{film.label}" 4/5 | {words}')
            while not (said := (await bot.handle(asked)).summary).startswith("Saved"):
                self.refused[said] += 1
                await asyncio.sleep(0.01)
            self.saved.add((club, member, film.film_id))
            self.changed.set()
            if self.ending:
                return

    async def save(self, more: int) -> None:
        """Wait until so many more reviews are saved."""
        wanted = len(self.saved) + more
        while len(self.saved) < wanted:
            self.changed.clear()
            await self.changed.wait()


@asynccontextmanager
async def _writing(
    url: str, films: tuple[Film, ...], titles: TitleIndex, index: BaseIndex
) -> AsyncIterator[Members]:
    """Let members write in two processes' stores, until the end; then all have their answer."""
    stores = [await open_store(url, busy_timeout=timedelta(seconds=60)) for _ in range(2)]
    await stores[0].catalogue.put(films, source="starter", digest="test")
    at_will = Rate(1_000_000, timedelta(microseconds=1))
    bots = [
        Bot(
            each, titles, ClubIndexes(index), MachineTime(), CountingIds(number * 10**5),
            Limits(at_will, at_will),
        )
        for number, each in enumerate(stores)
    ]  # fmt: skip
    members = Members(films)
    async with asyncio.timeout(1200), asyncio.TaskGroup() as group:
        for number in range(WRITERS):
            group.create_task(members.write(bots[number % 2], number))
        yield members
        members.ending = True
    for each in stores:
        await each.close()


def _look_through(url: str, members: Members) -> None:
    """Look that all that was saved is there, once, each with its receipt, and nothing else."""
    reviews = stored(url, "SELECT club_id, member_id, film_id FROM reviews")
    assert sorted(reviews) == sorted(members.saved)
    assert stored(url, "SELECT count(*) FROM review_versions") == [(0,)]
    receipts = stored(url, "SELECT club_id, request_id FROM receipts")
    assert len(set(receipts)) == len(receipts) == len(reviews)
    assert set(members.refused) <= set(CLEAR), members.refused
    print(len(reviews), members.refused)  # noqa: T201 - the figures, for whoever asks with -s


@pytest.mark.parametrize("times", [2, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("how", ["killed", "stopped", "cut"])
async def test_commands_outlive_the_server(
    how: str,
    times: int,
    mortal: PostgresqlServer,
    database: str,
    starter: tuple[Film, ...],
    titles: TitleIndex,
    index: BaseIndex,
) -> None:
    strike: dict[str, Callable[[], None]] = {
        "killed": mortal.kill,
        "stopped": mortal.stop,
        "cut": lambda: mortal.cut(database),
    }
    async with _writing(mortal.url(database), starter, titles, index) as members:
        for _ in range(times):
            await members.save(random.randrange(4, 12))
            await asyncio.to_thread(strike[how])
            if mortal.process is None:
                await asyncio.to_thread(mortal.start)
        await members.save(4)
    _look_through(mortal.url(database), members)


async def test_commands_go_on_with_the_standby(
    starter: tuple[Film, ...], titles: TitleIndex, index: BaseIndex
) -> None:
    with running_server(REPLICATED) as first, first.standby() as second:
        name = first.create()
        hosts = "&".join(f"host=127.0.0.1:{each.port}" for each in (first, second))
        url = f"postgresql://matinee@/{name}?{hosts}&target_session_attrs=read-write"
        async with _writing(url, starter, titles, index) as members:
            await members.save(20)
            await asyncio.to_thread(first.kill)
            with second.admin() as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
                connection.execute("SELECT pg_promote()")
            await members.save(20)
        _look_through(second.url(name), members)


@pytest.mark.parametrize(
    ("many", "times"), [(300, 2), pytest.param(20_000, 50, marks=pytest.mark.long)]
)
async def test_deliveries_outlive_the_server(
    many: int, times: int, mortal: PostgresqlServer, database: str
) -> None:
    url, loopback = mortal.url(database), Loopback()
    await plan(url, many)
    async with loopback.serving(), fleet(url, loopback.port, 4), asyncio.timeout(3600):
        for moment in sorted(random.Random(1).sample(range(1, many), times)):
            await loopback.reaches(moment)
            await asyncio.to_thread(mortal.kill)
            await asyncio.to_thread(mortal.start)
        while states(url)["sent"] < many:
            await loopback.moment()
    assert len(loopback.shown) == many
    assert loopback.repeats == 0
