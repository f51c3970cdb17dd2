"""Locks of other programs and long statements do not block the event loop."""

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest

from bot.domain.errors import StoreError
from bot.ports.store import Store
from db.engines.open import open_store
from tests.db.make import ANA, CLUB, member


@pytest.fixture
def path(database: str) -> str:
    return database.removeprefix("sqlite:///")


async def _save(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.members.save(member())


async def test_others_go_on_while_a_lock_is_waited_for(database: str, path: str) -> None:
    store = await open_store(database)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        saving = asyncio.create_task(_save(store))
        for _ in range(10):
            async with store.reading(CLUB) as work:
                assert await work.members.get(ANA) is None
            await asyncio.sleep(0.005)
        assert not saving.done()
        other.rollback()
        await asyncio.wait_for(saving, 2)
    async with store.reading(CLUB) as work:
        assert await work.members.get(ANA) == member()
    await store.close()


async def test_writers_who_queue_behind_a_lock_have_one_patience(database: str, path: str) -> None:
    """Not one after the other: the fourth gave up after four times as long."""
    store = await open_store(database, busy_timeout=timedelta(seconds=0.4))
    began = time.monotonic()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await asyncio.gather(*(_save(store) for _ in "abcd"), return_exceptions=True)
        took = time.monotonic() - began
        other.rollback()
    errors = [each for each in refused if isinstance(each, StoreError)]
    assert len(errors) == 4
    assert {str(each).split(".")[0] for each in errors} <= {
        "The database is in use by another program just now",
        "The database is very busy just now",
    }
    assert all(each.retry for each in errors)
    assert 0.4 <= took < 0.8
    await _save(store)
    await store.close()


async def test_a_writer_may_be_less_patient(database: str, path: str) -> None:
    store = await open_store(database)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(1):
            with pytest.raises(StoreError):
                async with store.writing(CLUB, timedelta(seconds=0.1)):
                    pass
        other.rollback()
    await store.close()


async def test_whoever_waits_for_a_lock_can_be_cancelled(database: str, path: str) -> None:
    store = await open_store(database)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        saving = asyncio.create_task(_save(store))
        await asyncio.sleep(0.02)
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(saving, 2)
        other.rollback()
    await _save(store)
    await store.close()
