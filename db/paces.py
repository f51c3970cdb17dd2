"""Paces that all processes keep together: when each host, or what else is asked in turns, may be asked next."""

from datetime import datetime, timedelta

from sqlalchemy import select

from db.records import param, upsert
from db.schema.imports import feed_hosts
from db.transactions import Across, Transactions

_FREE_AT = select(feed_hosts.c.free_at).where(feed_hosts.c.host == param("of_host"))
_TAKE = upsert(feed_hosts)


async def next_turn(
    transactions: Transactions, host: str, now: datetime, apart: timedelta
) -> datetime:
    """Take the next turn, `apart` from those of all processes; return when it is (UTC)."""
    async with transactions.write(Across.HOST) as connection:
        found = (await connection.execute(_FREE_AT, {"of_host": host})).scalar()
        turn: datetime = max(now, found) if found else now
        await connection.execute(_TAKE, {"host": host, "free_at": turn + apart})
        return turn


async def hold(transactions: Transactions, host: str, until: datetime) -> None:
    """Give no turn before an instant (UTC)."""
    async with transactions.write(Across.HOST) as connection:
        found = (await connection.execute(_FREE_AT, {"of_host": host})).scalar()
        if found is None or found < until:
            await connection.execute(_TAKE, {"host": host, "free_at": until})
