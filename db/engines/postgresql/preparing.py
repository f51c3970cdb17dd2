"""Brings a database on a server up to date: schema, policies, rights; also while others work on it."""

import asyncio

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import StoreError
from bot.ports.progress import Progress, unshown
from db.engines.postgresql.errors import sqlstate
from db.engines.postgresql.roles import (
    OWNER_SETTING,
    ROLES,
    is_secured,
    owner_of,
    role_name,
    secure,
)
from db.migrations import bring_up_to_date, is_up_to_date

_MIGRATIONS = 0x6D6174696E6565
"""Number of the advisory lock of migrations: one process runs them, others wait."""

_NOT_ALLOWED = "42501"
_TIMED_OUT = "57014"

_PATIENCE = 120.0
"""Seconds for which it tries to have all tables at once."""

_NO_MOMENT = (
    "The database is to be brought up to date, but its tables were in use for two minutes on end. Nothing was "
    "changed. Try again when there is less to do, or end some of the processes first."
)

_PAUSE = 0.2
"""Seconds between two tries, in which those who waited go on."""

_ENTRANCE = ("clubs", "members", "receipts")
"""Tables that transactions touch first."""

_TABLES = text(
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tableowner = :owner"
).execution_options(across_clubs=True)
_BE_QUICK = text(
    "SELECT set_config('statement_timeout', (setting::integer / 4)::text, true) FROM pg_settings"
    " WHERE name = 'deadlock_timeout'"
)
_TAKE_TIME = text("SELECT set_config('statement_timeout', '0', true)")


async def prepare(engine: AsyncEngine, progress: Progress = unshown) -> str:
    """Bring schema, policies and rights up to date; return the owner of the tables.

    Others may be at work on them: it has all tables at a stroke or tries again, so that nobody waits for long
    and nobody's transaction is given up. StoreError where they never pause.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + _PATIENCE
    while True:
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(_prepare, progress)
        except DBAPIError as error:
            if sqlstate(error) != _TIMED_OUT:
                raise
            if loop.time() > until:
                raise StoreError(_NO_MOMENT, retry=True) from error
        await asyncio.sleep(_PAUSE)


def _prepare(connection: Connection, progress: Progress) -> str:
    if _is_ready(connection):
        return owner_of(connection)
    from db.migrations.run import load  # noqa: PLC0415 - Alembic is slow to load

    load()  # so not while everybody waits
    begin_as_owner(connection)
    if _is_ready(connection):  # by another process, meanwhile
        return owner_of(connection)
    _take_all_tables(connection, owner_of(connection))
    bring_up_to_date(connection, progress)
    owner = owner_of(connection)
    try:
        secure(connection, owner)
    except DBAPIError as error:
        if sqlstate(error) != _NOT_ALLOWED:
            raise
        raise StoreError(_ask_for_roles(owner), retry=False) from error
    return owner


def _is_ready(connection: Connection) -> bool:
    return is_up_to_date(connection) and is_secured(connection, owner_of(connection))


def begin_as_owner(connection: Connection) -> None:
    """See all rows in this transaction, as the tables' owner; one process at a time."""
    connection.execute(
        text(f"SELECT set_config('{OWNER_SETTING}', 'on', true), pg_advisory_xact_lock(:turn)"),
        {"turn": _MIGRATIONS},
    )


def _take_all_tables(connection: Connection, owner: str) -> None:
    """Lock the tables that there are, or fail before the server would look for deadlocks.

    Transactions take them in any order. Whoever waited for one of ours and had one that we wait for would
    be given up by the server; so this gives up first. Those that most begin with come first: then hardly
    anybody holds others.
    """
    names = connection.execute(_TABLES, {"owner": owner}).scalars().all()
    if not names:
        return
    first = sorted(names, key=lambda name: (name not in _ENTRANCE, name))
    connection.execute(_BE_QUICK)
    listed = ", ".join(f'"{name}"' for name in first)
    connection.exec_driver_sql(f"LOCK TABLE {listed} IN ACCESS EXCLUSIVE MODE")
    connection.execute(_TAKE_TIME)


def _ask_for_roles(owner: str) -> str:
    names = ", ".join(f'"{role_name(owner, role)}"' for role in ROLES)
    made = " ".join(f'CREATE ROLE "{role_name(owner, role)}" NOLOGIN;' for role in ROLES)
    return (
        f"The user {owner} may not create roles. Let an administrator of the server run once: "
        f'{made} GRANT {names} TO "{owner}";'
    )
