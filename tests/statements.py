"""SQL of statements, compiled once for all the databases of a run: each test opens one of its own."""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine


class Statements(dict[Any, Any]):
    """Compiled statements by the kind of database; by itself SQLAlchemy keeps them for each database alone."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - SQLAlchemy's own
        """Return what was compiled for any database of this kind."""
        return super().get(_of_any(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:  # noqa: ANN401 - likewise
        super().__setitem__(_of_any(key), compiled)


def share_statements() -> None:
    """Let every connection of this process take its statements from one place."""
    statements = Statements()

    @event.listens_for(Engine, "engine_connect")
    def take(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)


def _of_any(key: Any) -> Any:  # noqa: ANN401 - likewise
    dialect, *rest = key
    return (type(dialect), *rest)
