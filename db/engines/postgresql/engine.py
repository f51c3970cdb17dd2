"""PostgreSQL: opens a database on a server, and brings its schema up to date.

Nothing is kept in a session beyond its transaction, prepared statements neither: a pooler in
transaction mode may stand between.
"""

from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import NullPool

from bot.domain.errors import StoreError
from bot.ports.progress import Progress, unshown
from db.engines.extras import installing
from db.engines.postgresql.errors import raising_store_errors
from db.engines.postgresql.hints import ServerHints
from db.engines.postgresql.preparing import prepare
from db.engines.postgresql.transactions import ServerTransactions
from db.store import SqlStore

_POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 10}
"""Connections kept open by a process, further ones for as long as all are in use, seconds to wait for one."""

_KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A server that has vanished is noticed within 25 seconds, not after two hours."""


@compiles(Text, "postgresql")
def _text_by_code_point(*_: object, **__: object) -> str:
    """Declare text columns that sort and compare by code points, as in Python and SQLite."""
    return 'TEXT COLLATE "C"'


async def open_server(url: URL, patience: timedelta, progress: Progress = unshown) -> SqlStore:
    """Open a database; create or migrate its tables as needed. StoreError, SchemaTooNew."""
    engine = engine_of(url)
    try:
        with raising_store_errors(f"The database {url.database}"):
            owner = await prepare(engine, progress)
    except BaseException:
        await engine.dispose()
        raise
    hints = ServerHints(
        engine, lambda: engine_of(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    )
    return SqlStore(ServerTransactions(engine, owner, patience, hints), lambda: None)


def require_driver() -> None:
    """Raise StoreError where the driver is not installed."""
    if find_spec("psycopg") is None:
        raise StoreError(
            f"PostgreSQL needs one more package: {installing('postgresql')}", retry=False
        )


def engine_of(url: URL, **pool: Any) -> AsyncEngine:  # noqa: ANN401 - SQLAlchemy's options
    """Return an engine on the server; StoreError where the driver is not installed."""
    require_driver()
    return create_async_engine(
        url.set(drivername="postgresql+psycopg"),
        **(pool or _POOL),
        connect_args={
            "prepare_threshold": None,
            "connect_timeout": 5,
            "application_name": "matinee",
            **_KEEPALIVE,
        },
    )
