"""Hints between processes: what one stores another looks at sooner; whatever becomes of a hint, polling finds it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.indexes.catalogue_index import load_catalogue
from adapters.indexes.watcher import IndexWatcher
from bot.catalogue.club_index import ClubIndexes
from bot.delivery.settings import DeliverySettings
from bot.delivery.worker import Worker
from bot.domain.deliveries import Delivery
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from bot.ports.hints import HintTopic
from bot.ports.store import Store, UnitOfWork
from bot.service import Bot
from db.engines.open import open_store
from db.engines.postgresql import hints
from tests.db.make import CLUB, NOON, OTHER, delivery, film
from tests.postgresql import PostgresqlServer
from tests.support import CountingIds, HandClock, Mailbox

NEVER = timedelta(hours=1)
SOON = timedelta(seconds=0.05)

_LISTENERS = "FROM pg_stat_activity WHERE datname = %s AND query = 'LISTEN matinee'"


@pytest.fixture
async def stores(server_database: str) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes' stores on one server."""
    one, other = await open_store(server_database), await open_store(server_database)
    yield one, other
    await one.close()
    await other.close()


async def _words(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply:
    del now, work
    return Reply((Paragraph((Plain(delivery.subject),)),), delivery.subject)


@asynccontextmanager
async def _delivering(store: Store, poll: timedelta) -> AsyncIterator[Mailbox]:
    """Run a worker that polls so seldom."""
    mailbox, stopping = Mailbox(), asyncio.Event()
    worker = Worker(store, mailbox, HandClock(NOON), _words, "worker", DeliverySettings(poll=poll))
    task = asyncio.create_task(worker.run(stopping))
    try:
        async with asyncio.timeout(60):
            yield mailbox
    finally:
        stopping.set()
        await task


async def _until(condition: Callable[[], bool]) -> None:
    """Look again and again: what is waited for is another process's, or the server's."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def _sent(mailbox: Mailbox, count: int) -> None:
    await _until(lambda: len(mailbox.messages) >= count)


async def _plan(store: Store, name: str) -> None:
    async with store.writing(CLUB) as work:
        await work.deliveries.plan(delivery(name))


async def _listening(server: PostgresqlServer, url: str, count: int) -> None:
    """Wait until so many processes listen."""
    await _until(lambda: _listeners(server, url, "count(*)") == [(count,)])


def _listeners(server: PostgresqlServer, url: str, what: str) -> list[tuple[object, ...]]:
    name = url.split("/")[3].partition("?")[0]
    with server.admin() as admin:
        return admin.execute(f"SELECT {what} {_LISTENERS}".encode(), [name]).fetchall()


async def test_what_one_process_plans_another_sends_without_polling(
    stores: tuple[Store, Store], server: PostgresqlServer, server_database: str
) -> None:
    here, there = stores
    async with _delivering(there, NEVER) as mailbox:
        await _listening(server, server_database, 1)
        for number in range(3):
            await _plan(here, f"d{number}")
            await _sent(mailbox, number + 1)


async def test_while_nobody_is_heard_deliveries_go_out_and_later_hints_are_heard_again(
    stores: tuple[Store, Store],
    server: PostgresqlServer,
    server_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, there = stores
    async with _delivering(there, SOON) as mailbox:
        await _listening(server, server_database, 1)
        monkeypatch.setattr(hints, "_RECONNECT", 3600)
        _listeners(server, server_database, "pg_terminate_backend(pid)")
        await _listening(server, server_database, 0)
        await _plan(here, "d1")
        await _sent(mailbox, 1)
    monkeypatch.setattr(hints, "_RECONNECT", 0.01)
    third = await open_store(server_database)
    try:
        async with _delivering(third, NEVER) as mailbox:
            for number in range(3):
                await _listening(server, server_database, 1)
                await _plan(here, f"e{number}")
                await _sent(mailbox, number + 1)
                _listeners(server, server_database, "pg_terminate_backend(pid)")
    finally:
        await third.close()


async def test_without_any_way_to_listen_nothing_fails(
    server_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(_self: hints.ServerHints) -> None:
        raise OSError("a pooler of the kind that refuses to LISTEN")

    monkeypatch.setattr(hints.ServerHints, "_hear", nowhere)
    monkeypatch.setattr(hints, "_NOTIFY", text("SELECT nothing_of_this_name()"))
    store = await open_store(server_database)
    async with _delivering(store, SOON) as mailbox:
        await _plan(store, "d1")
        await _sent(mailbox, 1)
    await store.close()


async def test_what_is_planned_and_not_committed_gives_no_hint(
    stores: tuple[Store, Store], server: PostgresqlServer, server_database: str
) -> None:
    here, there = stores
    event = there.hints(HintTopic.DELIVERIES)
    await _listening(server, server_database, 1)
    with suppress(LookupError):
        async with here.writing(CLUB) as work:
            await work.deliveries.plan(delivery("d1"))
            raise LookupError
    async with here.writing(OTHER) as work:
        await work.deliveries.cancel("reminder", "about nothing")
    await here.close()  # which sends what is left
    event.clear()
    assert not await _heard(event)


async def _heard(event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(0.3):
            return await event.wait()
    except TimeoutError:
        return False


async def test_a_new_film_is_looked_at_without_polling(
    stores: tuple[Store, Store], server: PostgresqlServer, server_database: str, tmp_path: Path
) -> None:
    here, there = stores
    await here.catalogue.put([film("her-2013")], source="s", digest="1")
    catalogue = await load_catalogue(there, tmp_path)
    bot = Bot(there, catalogue.titles, ClubIndexes(catalogue.index), HandClock(NOON), CountingIds())
    watcher = IndexWatcher(there, server_database, tmp_path, bot, catalogue, poll_every=NEVER)
    stopping = asyncio.Event()
    task = asyncio.create_task(watcher.run(stopping))
    try:
        await _listening(server, server_database, 1)
        for name in ("carol-2015", "weekend-2011"):
            await here.catalogue.put([film(name)], source="s", digest=name)
            await _until(partial(_is_known, watcher, name))
    finally:
        stopping.set()
        await task


def _is_known(watcher: IndexWatcher, name: str) -> bool:
    return name in watcher.catalogue.snapshot.films


async def test_a_file_gives_no_hints_and_needs_none(database: str) -> None:
    here, there = await open_store(database), await open_store(database)
    async with _delivering(there, SOON) as mailbox:
        await _plan(here, "d1")
        await _sent(mailbox, 1)
    assert not there.hints(HintTopic.DELIVERIES).is_set()
    await here.close()
    await there.close()
