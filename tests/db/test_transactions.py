"""Transactions: all or nothing, readers on snapshots, one writer at a time, any number of stores."""

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest

from bot.domain.errors import StoreError
from bot.domain.ids import FilmId, ReviewId
from bot.ports.store import Store, UnitOfWork
from db.engines.open import open_store
from tests.db.make import ANA, BEN, CLUB, FILM, NOON, OTHER, film, mark, member, review


async def test_an_error_leaves_nothing_behind(store: Store) -> None:
    async def fail() -> None:
        async with store.writing(CLUB) as work:
            await work.members.save(member())
            await work.reviews.save(review())
            await work.receipts.put("q1", "x", NOON)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with store.writing(CLUB) as work:
        assert await work.members.all() == []
        assert (await work.clubs.get()).revision == 0
        assert await work.receipts.get("q1") is None


async def test_a_refused_statement_leaves_nothing_behind(store: Store) -> None:
    async def fail() -> None:
        async with store.writing(CLUB) as work:
            await work.reviews.save(review("r1"))
            await work.reviews.save(review("r2"))

    with pytest.raises(ValueError, match="r2"):
        await fail()
    async with store.reading(CLUB) as work:
        assert await work.reviews.of_film(FILM) == []


async def test_a_task_that_is_cancelled_leaves_nothing_behind(store: Store) -> None:
    begun = asyncio.Event()

    async def dawdle() -> None:
        async with store.writing(CLUB) as work:
            await work.members.save(member())
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(dawdle())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.writing(CLUB) as work:
        assert await work.members.all() == []


async def test_cancelling_at_any_moment_keeps_the_store_sound(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.writing(CLUB) as work:
            await work.members.save(member(f"console:{number}", "Ana"))
            await work.receipts.put(f"q{number}", "x", NOON)

    dice = random.Random(4)
    begun = time.perf_counter()
    await write(0)
    usual = time.perf_counter() - begun
    for number in range(1, 60):
        task = asyncio.create_task(write(number))
        if number % 2:
            for _ in range(dice.randrange(40)):
                await asyncio.sleep(0)
        else:
            await asyncio.wait({task}, timeout=2 * usual * dice.random())
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with store.writing(CLUB) as work:
        known = {each.member_id for each in await work.members.all()}
        assert 0 < len(known) < 60  # some were cut off, and some were not
        for number in range(60):
            receipt = await work.receipts.get(f"q{number}")
            assert (receipt is not None) == (f"console:{number}" in known)


async def test_a_reader_sees_the_snapshot_it_began_with(store: Store) -> None:
    async with store.reading(CLUB) as reading:
        assert await reading.members.all() == []
        async with store.writing(CLUB) as work:
            await work.members.save(member())
        assert await reading.members.all() == []
    async with store.reading(CLUB) as reading:
        assert await reading.members.all() == [member()]


async def test_nobody_sees_what_is_not_committed(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.members.save(member())
        async with store.reading(CLUB) as reading:
            assert await reading.members.all() == []
        assert await work.members.all() == [member()]


async def test_a_unit_that_reads_cannot_write(store: Store) -> None:
    async def write() -> None:
        async with store.reading(CLUB) as work:
            await work.members.save(member())

    with pytest.raises(RuntimeError, match="only reads"):
        await write()


async def test_a_task_that_writes_is_told_that_it_would_wait_for_itself(store: Store) -> None:
    async def write_inside(_: UnitOfWork) -> None:
        async with store.writing(OTHER):
            pass

    async with store.writing(CLUB) as work:
        with pytest.raises(RuntimeError, match="wait for itself"):
            await write_inside(work)
        await work.members.save(member())
    async with store.reading(CLUB) as work:
        assert await work.members.all() == [member()]


async def test_200_writers_at_once_all_count(store: Store) -> None:
    async def write(number: int) -> int:
        async with store.writing(CLUB) as work:
            seen = (await work.clubs.get()).revision
            saved = await work.reviews.save(review(f"r{number}", film_id=FilmId(f"f{number}")))
            assert saved.revision == seen + 1
            return saved.revision

    revisions = await asyncio.gather(*(write(number) for number in range(200)))
    assert sorted(revisions) == list(range(1, 201))


async def test_writers_of_two_stores_all_count(either_database: str) -> None:
    stores = [await open_store(either_database) for _ in range(2)]

    async def write(number: int) -> None:
        async with stores[number % 2].writing(CLUB) as work:
            await work.reviews.save(review(f"r{number}", film_id=FilmId(f"f{number}")))

    await asyncio.gather(*(write(number) for number in range(100)))
    for each in stores:
        async with each.reading(CLUB) as work:
            assert (await work.clubs.get()).revision == 100
            assert len(await work.reviews.films()) == 100
        await each.close()


async def test_readers_and_writers_at_once_see_whole_transactions(store: Store) -> None:
    """A review and its mark are written together; no reader sees one without the other."""

    async def write(number: int) -> None:
        async with store.writing(CLUB) as work:
            await work.reviews.save(review(f"r{number}", film_id=FilmId(f"f{number}")))
            await asyncio.sleep(0)
            await work.marks.put(mark(film_id=FilmId(f"f{number}")))

    async def read() -> None:
        async with store.reading(CLUB) as work:
            reviewed = await work.reviews.films()
            await asyncio.sleep(0)
            assert {each.film_id for each in await work.marks.of([ANA])} == reviewed

    await asyncio.gather(*(step for n in range(60) for step in (write(n), read(), read())))


async def test_one_store_sees_what_another_wrote(either_database: str) -> None:
    one, two = await open_store(either_database), await open_store(either_database)
    async with one.writing(CLUB) as work:
        await work.reviews.save(review())
    await one.catalogue.put([film()], source="starter", digest="1")
    async with two.writing(CLUB) as work:
        assert (await work.clubs.get()).revision == 1
        assert (await work.reviews.save(review("b", member_id=BEN))).revision == 2
        assert await work.films.get(FILM) == film()
    assert await two.catalogue.digest() == await one.catalogue.digest() != ""
    async with one.reading(CLUB) as work:
        assert await work.reviews.get(ReviewId("b")) is not None
    await one.close()
    await two.close()


async def test_a_locked_database_says_so_and_works_again_afterwards(database: str) -> None:
    store = await open_store(database, busy_timeout=timedelta(milliseconds=30))

    async def write() -> None:
        async with store.writing(CLUB) as work:
            await work.members.save(member())

    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Try again in a moment") as caught:
            await write()
        assert caught.value.retry
        async with store.reading(CLUB) as work:
            assert await work.members.all() == []
        other.rollback()
    await write()
    await store.close()
