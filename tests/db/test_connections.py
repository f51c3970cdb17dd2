"""Connections of processes: each application's processes see one another, until they end or fall silent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.connections import PlatformConnection
from bot.domain.errors import StoreError
from bot.ports.store import Store
from db.engines.open import open_store
from db.schema.connections import connections
from tests.db.make import CLUB, NOON

ONE = PlatformConnection("discord:7", "here:1:a", "", NOON)
TWO = PlatformConnection("discord:7", "there:2:b", "0-3/8", NOON + timedelta(minutes=5))
OTHER = PlatformConnection("discord:8", "here:3:c", "", NOON)
LONG_AGO = NOON - timedelta(days=1)


async def test_each_sees_the_others_of_its_application(store: Store) -> None:
    there = store.connections
    assert await there.note(ONE, LONG_AGO) == []
    assert await there.note(OTHER, LONG_AGO) == []
    assert await there.note(TWO, LONG_AGO) == [ONE]
    assert await there.note(ONE, LONG_AGO) == [TWO]
    await there.remove(TWO)
    assert await there.note(ONE, LONG_AGO) == []


async def test_who_has_been_silent_for_long_is_forgotten(store: Store) -> None:
    there = store.connections
    await there.note(ONE, LONG_AGO)
    assert await there.note(TWO, NOON) == [ONE]
    assert await there.note(TWO, NOON + timedelta(seconds=1)) == []


async def test_no_transaction_of_a_club_sees_them(server_database: str) -> None:
    store = await open_store(server_database)
    try:
        await store.connections.note(ONE, LONG_AGO)
        with pytest.raises(StoreError, match="may not be used so"):
            async with store.transactions.read(CLUB) as connection:
                await connection.execute(select(connections))
    finally:
        await store.close()
