"""Connections of all processes to platforms."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete

from bot.domain.connections import PlatformConnection
from db.paces import next_turn
from db.records import HostTable, Record, param, upsert
from db.schema.connections import connections
from db.transactions import Across

_CONNECTION = Record(connections, PlatformConnection)
_OTHERS = (
    _CONNECTION.select()
    .where(
        connections.c.application == param("of_application"),
        connections.c.process != param("of_process"),
    )
    .order_by(connections.c.process)
)
_NOTE = upsert(connections)
_OLD = delete(connections).where(connections.c.seen_at < param("before"))
_REMOVE = delete(connections).where(
    connections.c.application == param("of_application"),
    connections.c.process == param("of_process"),
)


class SqlConnections(HostTable):
    """Implements `bot.ports.PlatformConnections`."""

    async def note(
        self, mine: PlatformConnection, before: datetime
    ) -> Sequence[PlatformConnection]:
        """Insert or replace a process's connection; return the others of its application."""
        async with self._transactions.write(Across.HOST) as connection:
            await connection.execute(_OLD, {"before": before})
            await connection.execute(_NOTE, _CONNECTION.values(mine))
            rows = await connection.execute(_OTHERS, _key(mine))
            return [_CONNECTION.of(row) for row in rows]

    async def others(self, mine: PlatformConnection) -> Sequence[PlatformConnection]:
        """Return the connections of other processes of its application."""
        async with self._transactions.read(Across.HOST) as connection:
            return [_CONNECTION.of(row) for row in await connection.execute(_OTHERS, _key(mine))]

    async def remove(self, mine: PlatformConnection) -> None:
        """Delete the connection of a process that ends."""
        async with self._transactions.write(Across.HOST) as connection:
            await connection.execute(_REMOVE, _key(mine))

    async def turn(self, name: str, now: datetime, apart: timedelta) -> datetime:
        """Take the next turn of this name, `apart` from those of all processes; return when it is (UTC)."""
        return await next_turn(self._transactions, name, now, apart)


def _key(mine: PlatformConnection) -> dict[str, str]:
    return {"of_application": mine.application, "of_process": mine.process}
