"""PostgreSQL: opens a database on a server, and brings its schema up to date.

Nothing is kept in a session beyond its transaction, prepared statements neither: a pooler in
transaction mode may stand between.
"""

from datetime import timedelta
from importlib.util import find_spec

from sqlalchemy import Connection, Text, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles

from bot.domain.errors import StoreError
from db.engines.postgresql.errors import raising_store_errors, sqlstate
from db.engines.postgresql.roles import (
    OWNER_SETTING,
    ROLES,
    is_secured,
    owner_of,
    role_name,
    secure,
)
from db.engines.postgresql.transactions import ServerTransactions
from db.migrations import bring_up_to_date, is_up_to_date
from db.store import SqlStore

_CONNECTIONS = 8
"""Connections kept open by a process."""

_MORE_CONNECTIONS = 8
"""Further ones opened for as long as all others are in use."""

_MIGRATIONS = 0x6D6174696E6565
"""Number of the advisory lock of migrations: one process runs them, others wait."""

_KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A server that has vanished is noticed within 25 seconds, not after two hours."""

_NOT_ALLOWED = "42501"


@compiles(Text, "postgresql")
def _text_by_code_point(*_: object, **__: object) -> str:
    """Declare text columns that sort and compare by code points, as in Python and SQLite."""
    return 'TEXT COLLATE "C"'


async def open_server(url: URL, patience: timedelta) -> SqlStore:
    """Open a database; create or migrate its tables as needed. StoreError, SchemaTooNew."""
    engine = engine_of(url)
    try:
        with raising_store_errors(f"The database {url.database}"):
            async with engine.begin() as connection:
                owner = await connection.run_sync(_prepare)
    except BaseException:
        await engine.dispose()
        raise
    return SqlStore(ServerTransactions(engine, owner, patience), lambda: None)


def require_driver() -> None:
    """Raise StoreError where the driver is not installed."""
    if find_spec("psycopg") is None:
        raise StoreError(
            "PostgreSQL needs one more package: pip install 'matinee[postgresql]'", retry=False
        )


def engine_of(url: URL) -> AsyncEngine:
    """Return an engine on the server; StoreError where the driver is not installed."""
    require_driver()
    return create_async_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=_CONNECTIONS,
        max_overflow=_MORE_CONNECTIONS,
        pool_timeout=10,
        connect_args={
            "prepare_threshold": None,
            "connect_timeout": 5,
            "application_name": "matinee",
            **_KEEPALIVE,
        },
    )


def _prepare(connection: Connection) -> str:
    """Bring schema, policies and rights up to date; return the owner of the tables."""
    owner = owner_of(connection)
    if is_up_to_date(connection) and is_secured(connection, owner):
        return owner
    begin_as_owner(connection)
    bring_up_to_date(connection)
    owner = owner_of(connection)
    try:
        secure(connection, owner)
    except DBAPIError as error:
        if sqlstate(error) != _NOT_ALLOWED:
            raise
        raise StoreError(_ask_for_roles(owner), retry=False) from error
    return owner


def begin_as_owner(connection: Connection) -> None:
    """See all rows in this transaction, as the tables' owner; one process at a time."""
    connection.execute(
        text(f"SELECT set_config('{OWNER_SETTING}', 'on', true), pg_advisory_xact_lock(:turn)"),
        {"turn": _MIGRATIONS},
    )


def _ask_for_roles(owner: str) -> str:
    names = ", ".join(f'"{role_name(owner, role)}"' for role in ROLES)
    made = " ".join(f'CREATE ROLE "{role_name(owner, role)}" NOLOGIN;' for role in ROLES)
    return (
        f"The user {owner} may not create roles. Let an administrator of the server run once: "
        f'{made} GRANT {names} TO "{owner}";'
    )
