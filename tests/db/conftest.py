"""Fixtures: a store on each engine, and the guard that checks every statement of every test."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.sql.elements import ClauseElement

from bot.ports.store import Store
from db.engines.open import open_store
from tests.db.guard import unguarded


@pytest.fixture(autouse=True)
def guarded() -> Iterator[None]:
    """Fail a test whose statements forget a club."""

    def look(
        _connection: Connection,
        statement: ClauseElement,
        many: Sequence[Mapping[str, Any]],
        one: Mapping[str, Any],
        _options: Mapping[str, Any],
    ) -> None:
        if not isinstance(statement, ExecutableDDLElement):
            leaks = unguarded(statement, [*many, one] if one else many)
            assert not leaks, f"{leaks} without club_id in: {statement}"

    event.listen(Engine, "before_execute", look)
    yield
    event.remove(Engine, "before_execute", look)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that is new and up to date, to be copied: making one takes longer."""
    path = tmp_path_factory.mktemp("db") / "migrated.db"

    async def make() -> None:
        await (await open_store(f"sqlite:///{path}")).close()

    asyncio.run(make())
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> str:
    """Return the URL of a file of this test's own."""
    path = tmp_path / "matinee.db"
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["file", "server"])
def either_database(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty, up-to-date database on each engine in turn.

    A throw-away one is such a file, too, but made anew each time, which is slow: `test_opening` has it.
    """
    url: str = request.getfixturevalue(
        {"file": "database", "server": "server_database"}[request.param]
    )
    return url


@pytest.fixture
async def store(either_database: str) -> AsyncIterator[Store]:
    """Open a store on each engine in turn."""
    opened = await open_store(either_database, busy_timeout=timedelta(seconds=60))
    yield opened
    await opened.close()
