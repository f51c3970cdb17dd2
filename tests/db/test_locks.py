"""Locks of other programs and long statements do not block the event loop."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

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
