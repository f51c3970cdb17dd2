"""Fixtures: a TMDB on the loopback, and a source that asks it without real waiting."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.tmdb.cache import AnswerCache
from adapters.tmdb.client import RetryPolicy, TmdbClient
from adapters.tmdb.pace import RequestPace
from adapters.tmdb.source import TmdbSource
from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from recommender import BaseIndex
from tests.adapters.tmdb.server import KEY, FakeTmdb, serving
from tests.support import HandClock, Room


@dataclass
class Waits:
    """Clock that only waiting moves; records each wait, in seconds."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
async def tmdb() -> AsyncIterator[FakeTmdb]:
    async with serving() as fake:
        yield fake


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def client(tmdb: FakeTmdb, waits: Waits) -> AsyncIterator[TmdbClient]:
    pace = RequestPace(now=waits.read, sleep=waits.sleep)
    async with TmdbClient(tmdb.url, KEY, pace, RetryPolicy(timeout=2)) as opened:
        yield opened


@pytest.fixture
def source(client: TmdbClient, clock: HandClock, tmp_path: Path) -> TmdbSource:
    return TmdbSource(client, AnswerCache(tmp_path / "tmdb.cache"), clock)


@pytest.fixture
async def live(
    room: Room, client: TmdbClient, titles: TitleIndex, index: BaseIndex, tmp_path: Path
) -> AsyncIterator[Room]:
    """Club whose bot asks TMDB, with a time-out long enough for a busy machine."""
    source = TmdbSource(client, AnswerCache(tmp_path / "tmdb.cache"), room.clock)
    at_will = Rate(1_000_000, timedelta(microseconds=1))
    limits = Limits(at_will, at_will)
    bot = Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids, limits, source=source)
    assert bot.fetcher.live is not None
    assert bot.fetcher.pages is not None
    bot.fetcher.live.timeout = bot.fetcher.pages.timeout = timedelta(seconds=30)
    yield replace(room, bot=bot)
    await bot.close()
