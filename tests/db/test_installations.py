"""Installations, on every engine: found by holder and by club, changed by one at a time, the host's alone."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.clubs.club import Club
from bot.domain.errors import StoreError
from bot.domain.installations import Installation
from bot.ports.store import Store
from db.engines.open import open_store
from db.schema.installations import install_states, installations
from tests.db.make import CLUB, NOON, OTHER, later

ONE = Installation("T1", "slack:B1", "sealed-1", NOON)
TWO = Installation("E1", "slack:B2", "sealed-2", NOON, later(60))


async def note(store: Store, club: Club) -> None:
    async with store.writing(club.club_id) as work:
        await work.clubs.save(club)


async def test_an_installation_is_found_by_its_holder_and_by_its_clubs(store: Store) -> None:
    there = store.installations
    for each in (ONE, TWO):
        await there.put(each)
    await note(store, Club(CLUB, application="slack:B2"))
    await note(store, Club(OTHER, application="slack:B9"))

    assert await there.all() == [TWO, ONE]
    assert (await there.get("T1"), await there.get("T9")) == (ONE, None)
    assert (await there.of_club(CLUB), await there.of_club(OTHER)) == (TWO, None)
    assert list(await there.clubs()) == [CLUB]

    await note(store, Club(CLUB, application="slack:B2", left_at=NOON))
    assert await there.of_club(CLUB) is None
    assert list(await there.clubs()) == []


async def test_what_another_has_changed_is_neither_replaced_nor_removed(store: Store) -> None:
    there, changed = store.installations, replace(ONE, sealed="sealed-again")
    await there.put(ONE)

    assert await there.replace(ONE, changed)
    assert not await there.replace(ONE, replace(ONE, sealed="late"))
    assert not await there.remove(ONE)
    assert await there.get("T1") == changed
    assert await there.remove(changed)
    assert await there.all() == []


async def test_a_renewal_is_had_by_one_until_its_lease_ends(store: Store) -> None:
    there, lease = store.installations, timedelta(seconds=300)
    for each in (ONE, TWO):
        await there.put(each)

    assert await there.claim_renewal(NOON, lease) is None
    had = await asyncio.gather(*(there.claim_renewal(later(60), lease) for _ in range(4)))
    assert [each for each in had if each] == [TWO]
    again = await there.claim_renewal(later(360), lease)
    assert again is not None
    assert (again.holder, again.renew_at) == ("E1", later(360))


async def test_a_state_is_taken_once_and_in_its_time(store: Store) -> None:
    there = store.installations
    await there.begin("one", NOON, later(600))
    taken = await asyncio.gather(*(there.finish("one", later(599)) for _ in range(4)))
    assert sorted(taken) == [False, False, False, True]

    await there.begin("late", NOON, later(600))
    assert not await there.finish("late", later(600))
    await there.begin("next", later(600), later(1200))
    assert not await there.finish("late", NOON), "what is over is deleted by the next one"


async def test_no_transaction_of_a_club_sees_them(server_database: str) -> None:
    store = await open_store(server_database)
    try:
        await store.installations.put(ONE)
        for table in (installations, install_states):
            with pytest.raises(StoreError, match="may not be used so"):
                async with store.transactions.read(CLUB) as connection:
                    await connection.execute(select(table))
    finally:
        await store.close()
