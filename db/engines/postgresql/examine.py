"""A look at a database on a server that changes nothing: who it is, its schema, and how much it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from bot.domain.connections import PlatformConnection
from db.engines.postgresql.errors import raising_store_errors
from db.engines.postgresql.roles import OWNER_SETTING, is_secured, owner_of
from db.migrations import SCHEMA
from db.schema.connections import connections

_COUNTED = ("clubs", "members", "reviews", "reminders", "deliveries", "films")


@dataclass(frozen=True, slots=True)
class ServerContents:
    """Contents of a database on a server; `schema` is None where there are no tables yet.

    `secured`: whether every table is behind its policies. `states`: deliveries by state.
    """

    version: str
    schema: str | None
    secured: bool
    counts: Mapping[str, int]
    states: Mapping[str, int]
    size: int
    connections: Sequence[PlatformConnection] = ()

    def __str__(self) -> str:
        """Return one line of text."""
        counted = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        return (
            f"PostgreSQL {self.version}, {self.size // 2**20} MiB; schema {self.schema}; {counted}"
        )


def examine_server(url: URL) -> ServerContents:
    """Look at a database, as its owner. StoreError."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        connect_args={"connect_timeout": 5},
    )
    with raising_store_errors(f"The database {url.database}"), engine.connect() as connection:
        connection.execute(text(f"SELECT set_config('{OWNER_SETTING}', 'on', true)"))
        version = str(connection.execute(text("SHOW server_version")).scalar_one()).split()[0]
        size = int(_number(connection, "SELECT pg_database_size(current_database())"))
        if "alembic_version" not in inspect(connection).get_table_names():
            return ServerContents(version, None, secured=True, counts={}, states={}, size=size)
        schema = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        states = connection.execute(
            text("SELECT state, count(*) FROM deliveries GROUP BY state").execution_options(
                across_clubs=True
            )
        )
        return ServerContents(
            version,
            str(schema),
            is_secured(connection, owner_of(connection)),
            {name: _number(connection, f"SELECT count(*) FROM {name}") for name in _COUNTED},  # noqa: S608 - our own names
            {row[0]: row[1] for row in states},
            size,
            _connections(connection) if schema == SCHEMA else (),
        )


def _connections(connection: Connection) -> Sequence[PlatformConnection]:
    return [PlatformConnection(*row) for row in connection.execute(select(connections))]


def _number(connection: Connection, query: str) -> int:
    asked = text(query).execution_options(across_clubs=True)
    return int(connection.execute(asked).scalar_one())
