"""Crashes and store errors of the worker at every call to a port; another worker goes on."""

import random
from collections import Counter
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.delivery.closed_places import closed_place_notice
from bot.delivery.settings import DeliverySettings
from bot.delivery.worker import Worker
from bot.domain.clubs.club import Club
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.errors import Delayed, Rejected, StoreError, Uncertain
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from bot.ports.messenger import Messenger
from bot.ports.store import EVERYWHERE, Store, UnitOfWork
from db.engines.open import open_store
from tests.delivery.crashing import Crash, Fuse, Fused
from tests.support import HandClock

MEMORY = timedelta(minutes=2)
SETTINGS = DeliverySettings(batch=4, longest_wait=timedelta(), attempts=20)


@dataclass
class Platform:
    """A messenger as the platforms are: it knows a key for a while, and loses answers."""

    clock: HandClock
    dice: random.Random
    history: bool = True
    shown: Counter[str] = field(default_factory=Counter)
    first: dict[str, datetime] = field(default_factory=dict)
    closed: tuple[str, ...] = ()

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        del reply
        if place in self.closed:
            raise Rejected("closed")
        if self.dice.random() < 0.1:
            raise Delayed(self.dice.choice([1, 90]))
        known = self.first.get(delivery_id)
        if known is None or self.clock.now() - known >= MEMORY:
            self.shown[delivery_id] += 1
            self.first[delivery_id] = self.clock.now()
        if self.dice.random() < 0.2:
            raise Uncertain("no answer")
        return f"m-{delivery_id}"

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        raise NotImplementedError

    async def delete(self, place: PlaceId, message: str) -> None:
        raise NotImplementedError

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        del place
        first = self.first.get(delivery_id)
        if first is not None and self.history:
            assert since <= first
            return f"m-{delivery_id}"
        return None

    @property
    def reach(self) -> Collection[str]:
        return EVERYWHERE

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        return PlaceId(f"{place.partition('#')[0]}@{member_id.rpartition(':')[2]}")

    def remembers(self, place: PlaceId) -> timedelta:
        del place
        return MEMORY if self.history else timedelta()


async def words(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    if delivery.purpose is Purpose.NOTICE:
        return await closed_place_notice(delivery, now, work)
    carried = await work.deliveries.folded_into(delivery.delivery_id)
    text = " ".join([delivery.delivery_id, *(each.delivery_id for each in carried)])
    return Reply((Paragraph((Plain(text),)),), text)


@dataclass
class World:
    """One database for all seeds: each leaves nothing unfinished behind."""

    store: Store
    clock: HandClock
    runs: int = 0


@pytest.fixture(params=["memory", pytest.param("server", marks=pytest.mark.long)])
def database(request: pytest.FixtureRequest) -> str:
    """A database that need not survive a power cut: the crashes here are of the process."""
    if request.param == "memory":
        return "sqlite://"
    url: str = request.getfixturevalue("server_database")
    return url


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    store = await open_store(database)
    yield World(store, HandClock())
    await store.close()


async def _plan(world: World, dice: random.Random) -> list[Delivery]:
    """Plan a few deliveries of two clubs; some are long overdue."""
    world.runs += 1
    planned = []
    for number in range(dice.randint(1, 6)):
        club = ClubId(f"sim:{dice.randrange(2)}")
        overdue = dice.choice([timedelta(), timedelta(hours=1), timedelta(days=2)])
        delivery = Delivery(
            DeliveryId(f"r{world.runs}-{number}"),
            club,
            Purpose.REMINDER,
            f"{world.runs}-{number}",
            PlaceId(f"{club}#{dice.choice(['room', 'attic', 'closed'])}"),
            world.clock.now() - overdue,
        )
        async with world.store.writing(club) as work:
            await work.clubs.save(Club(club, channel=PlaceId(f"{club}#room")))
            await work.deliveries.plan(delivery)
        planned.append(delivery)
    return planned


async def _drain(world: World, platform: Platform, owner: str, fuse: Fuse) -> None:
    worker = Worker(
        cast("Store", Fused(world.store, fuse)),
        cast("Messenger", Fused(platform, fuse)),
        world.clock,
        words,
        owner,
        SETTINGS,
    )
    await worker.drain()


async def _live(world: World, platform: Platform, fuse: Fuse) -> None:
    """Work until the crash, and then go on with others until nothing is left to do."""
    for shift in range(40):
        world.clock.forward(seconds=100)
        burning = fuse if not fuse.blown else Fuse()
        try:
            await _drain(world, platform, f"worker {world.runs}.{shift}", burning)
        except (Crash, StoreError):
            continue
        if fuse.blown or fuse.at is None:
            left = await world.store.outbox.claim(
                "looker", world.clock.now() + timedelta(days=9), timedelta(), 1
            )
            if not left:
                return
            await world.store.outbox.release("looker")
    raise AssertionError("it never came to rest")


async def _states(world: World, planned: list[Delivery]) -> dict[str, Delivery]:
    found: dict[str, Delivery] = {}
    for each in planned:
        async with world.store.reading(each.club_id) as work:
            [row] = await work.deliveries.of(Purpose.REMINDER, each.subject)
        found[row.delivery_id] = row
    return found


async def _judge(world: World, platform: Platform, planned: list[Delivery]) -> None:
    rows = await _states(world, planned)
    for key, row in rows.items():
        if row.place.endswith("closed"):
            assert row.state is DeliveryState.DEAD, (key, row)
            assert platform.shown[key] == 0
        else:
            assert row.state is DeliveryState.SENT, (key, row)
            assert platform.shown[row.digest_id or key] == 1, (key, row)
            assert not (row.digest_id and platform.shown[key]), (key, row)
    assert all(shown == 1 for shown in platform.shown.values()), platform.shown
    notices = [key for key in platform.shown if key.startswith("n")]
    assert len(notices) <= len({row.club_id for row in rows.values()})


def _platform(world: World, seed: int, *, history: bool = True) -> Platform:
    closed = tuple(f"sim:{club}#closed" for club in range(2))
    return Platform(world.clock, random.Random(seed), history, closed=closed)


def _store_error() -> StoreError:
    return StoreError("The disk reports an error.", retry=True)


async def _calls(world: World, seed: int) -> int:
    fuse = Fuse()
    platform = _platform(world, seed)
    planned = await _plan(world, random.Random(seed))
    await _live(world, platform, fuse)
    await _judge(world, platform, planned)
    return fuse.count


@pytest.mark.parametrize("error", [None, _store_error()], ids=["crash", "store error"])
async def test_a_failure_at_every_call_loses_and_repeats_nothing(
    world: World, error: StoreError | None
) -> None:
    """One scenario in full: every instant before and after every call."""
    calls = await _calls(world, 3)
    assert calls > 40
    for at in range(calls):
        fuse, platform = Fuse(at, error), _platform(world, 3)
        planned = await _plan(world, random.Random(3))
        await _live(world, platform, fuse)
        await _judge(world, platform, planned)


@pytest.mark.parametrize("database", ["memory", "server"], indirect=True)
@pytest.mark.parametrize("seeds", [30, pytest.param(2_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("error", [None, _store_error()], ids=["crash", "store error"])
async def test_failures_at_random_calls_lose_and_repeat_nothing(
    world: World, error: StoreError | None, seeds: int
) -> None:
    """Many scenarios, each with one failure somewhere."""
    crashed = 0
    for seed in range(seeds):
        dice = random.Random(seed)
        fuse, platform = Fuse(dice.randrange(80), error), _platform(world, seed)
        planned = await _plan(world, dice)
        try:
            await _live(world, platform, fuse)
            await _judge(world, platform, planned)
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}: {wrong}") from wrong
        crashed += fuse.blown
    assert crashed > seeds / 4


async def test_without_history_the_same_crashes_would_repeat(world: World) -> None:
    repeats = 0
    for seed in range(60):
        dice = random.Random(seed)
        fuse, platform = Fuse(dice.randrange(40)), _platform(world, seed, history=False)
        await _plan(world, dice)
        await _live(world, platform, fuse)
        repeats += sum(shown > 1 for shown in platform.shown.values())
    assert repeats > 0
