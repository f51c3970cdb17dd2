"""The schema's steps, and how a database is brought up to the present one."""

from sqlalchemy import Connection, inspect, text

from bot.domain.errors import SchemaTooNew, StoreError

SCHEMA = "0007"
"""The newest step there is. Steps are numbered, so that a later one can be told from ours."""


def bring_up_to_date(connection: Connection) -> None:
    """Run the steps that are missing, inside the caller's (locking) transaction."""
    present = _version(connection)
    if present == SCHEMA:
        return
    if present is not None and present > SCHEMA:
        raise SchemaTooNew(
            f"This database was written by a newer Matinee (its schema is {present}, this "
            f"program knows {SCHEMA}). Start the newer program, or put an older backup in its "
            "place.",
            retry=False,
        )
    # Alembic takes longer to load than all the rest to open, and is seldom needed.
    from db.migrations.run import upgrade  # noqa: PLC0415 - Alembic is slow to load

    upgrade(connection)


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        query = text("SELECT version_num FROM alembic_version")
        return connection.execute(query).scalar_one_or_none()
    if tables:
        raise StoreError(
            "This database belongs to another program: its tables are not Matinee's. "
            "Choose another file.",
            retry=False,
        )
    return None
