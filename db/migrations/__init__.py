"""Migrations of the schema, and the check that runs those a database lacks."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.domain.errors import SchemaTooNew, StoreError
from bot.ports.progress import Progress, unshown

SCHEMA = "0039"
"""Number of the newest migration."""

_KNOWN = frozenset(each.name[1:5] for each in Path(__file__).parent.glob("versions/v*.py"))
"""Numbers of all migrations: a database with another one is of a newer program."""


def is_up_to_date(connection: Connection) -> bool:
    """Return whether no migration is missing. StoreError for the tables of another program."""
    return _version(connection) == SCHEMA


def bring_up_to_date(connection: Connection, progress: Progress = unshown) -> None:
    """Run the missing migrations in the caller's transaction. StoreError, SchemaTooNew."""
    present = _version(connection)
    if present == SCHEMA:
        return
    if present is not None and present not in _KNOWN:
        raise SchemaTooNew(
            f"This database was written by a newer Matinee (its schema is {present}, this "
            f"program knows {SCHEMA}). Start the newer program, or put an older backup in its "
            "place.",
            retry=False,
        )
    # Alembic takes longer to import than all else takes to open, and is seldom needed.
    from db.migrations.run import upgrade  # noqa: PLC0415 - Alembic is slow to load

    missing = sum(each > (present or "") for each in _KNOWN)
    upgrade(connection, missing, progress)


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        query = text("SELECT version_num FROM alembic_version")
        return connection.execute(query).scalar_one_or_none()
    if tables:
        raise StoreError(
            "This database belongs to another program: its tables are not Matinee's. "
            "Choose another.",
            retry=False,
        )
    return None
