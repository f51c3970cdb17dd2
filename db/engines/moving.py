"""Moving of a whole database to another one, on any engine: copied in portions, then compared.

Rows are copied as they are stored, in the order of their keys, so that a move that was cut off goes on
where it stopped.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from bot.domain.errors import StoreError
from bot.ports.progress import Progress, unshown
from db.column_types import FLAG, FRACTION, INSTANT, SPAN
from db.records import ACROSS_CLUBS, upsert
from db.schema import metadata
from db.schema.clubs import clubs
from db.schema.films import loaded_sources
from db.transactions import Across, Transactions

_PORTION = 500
"""Rows copied in one transaction."""

_UNFINISHED = "move unfinished"
"""Name under which the target notes that a move to it has begun, and from where."""


@dataclass(frozen=True, slots=True)
class MovedTable:
    """Result for one table: its name, its number of rows, the digest of all of them."""

    name: str
    count: int
    digest: str


@dataclass(slots=True)
class _Done:
    """Rows copied, read here and read there, of `total`."""

    progress: Progress
    total: int
    rows: int = 0

    def count(self, rows: Sequence[Any]) -> None:
        """Count some rows more."""
        self.rows += len(rows)
        self.progress("Moving", min(self.rows, self.total), self.total)


async def move(
    source: Transactions,
    target: Transactions,
    origin: str,
    say: Callable[[str], None],
    progress: Progress = unshown,
) -> Sequence[MovedTable]:
    """Copy every row to an empty database, or go on with an unfinished move from `origin`; compare both.

    Both have this program's schema. StoreError if the target holds something else, or differs in the end.
    """
    await _begin(target, origin)
    moved: list[MovedTable] = []
    tables = list(map(_as_stored, metadata.sorted_tables))
    done = _Done(progress, 3 * await _rows(source, tables) - await _rows(target, tables))
    for table in tables:
        await _copy(source, target, table, done)
        here, there = await _digest(source, table, done), await _digest(target, table, done)
        if here != there:
            raise StoreError(
                f"The copy of {table.name} differs: {here.count} rows here, {there.count} there. Stop "
                "whatever runs on either database, and move to an empty one.",
                retry=False,
            )
        say(f"{table.name}: {here.count} rows, digest {here.digest[:12]}")
        moved.append(here)
    async with target.write(Across.HOST) as connection:
        await connection.execute(_forget_note)
    return moved


_forget_note = delete(loaded_sources).where(loaded_sources.c.source == _UNFINISHED)
_note = select(loaded_sources.c.digest).where(loaded_sources.c.source == _UNFINISHED)
_any_club = select(func.count()).select_from(clubs).execution_options(**ACROSS_CLUBS)


async def _begin(target: Transactions, origin: str) -> None:
    """Note in the target that it is being filled. StoreError if it is not empty."""
    async with target.write(Across.HOST) as connection:
        noted = (await connection.execute(_note)).scalar_one_or_none()
        if noted == origin:
            return
        if noted is not None or (await connection.execute(_any_club)).scalar_one():
            raise StoreError(
                "The database to move to is not empty. Name an empty one; nothing was changed.",
                retry=False,
            )
        for table in reversed(
            metadata.sorted_tables
        ):  # a catalogue that its first start has put there
            await connection.execute(delete(table).execution_options(**ACROSS_CLUBS))
        await connection.execute(upsert(loaded_sources), {"source": _UNFINISHED, "digest": origin})


def _as_stored(table: Table) -> Table:
    """Return the table with plain types: values are copied, not read."""
    columns = [
        Column(each.name, _plain(each.type), primary_key=each.primary_key) for each in table.columns
    ]
    return Table(table.name, MetaData(), *columns)


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if kind is FLAG:
        return Boolean()
    if kind in {INSTANT, SPAN}:
        return BigInteger()
    if kind is FRACTION:
        return Double()
    return Integer() if isinstance(kind, Integer) else Text()


async def _rows(transactions: Transactions, tables: Sequence[Table]) -> int:
    """Count the rows of all tables."""
    async with transactions.read(Across.HOST) as connection:
        counts = [
            await connection.execute(
                select(func.count()).select_from(each).execution_options(**ACROSS_CLUBS)
            )
            for each in tables
        ]
    return sum(each.scalar_one() for each in counts)


async def _copy(source: Transactions, target: Transactions, table: Table, done: _Done) -> None:
    async with target.read(Across.HOST) as connection:
        after = await _last_key(connection, table)
    async for rows in _portions(source, table, after):
        values = [dict(zip(table.columns.keys(), row, strict=True)) for row in rows]
        async with target.write(Across.HOST) as connection:
            await connection.execute(insert(table).execution_options(**ACROSS_CLUBS), values)
        done.count(rows)


async def _last_key(connection: AsyncConnection, table: Table) -> tuple[Any, ...] | None:
    key = list(table.primary_key.columns)
    last = (
        select(*key)
        .order_by(*(each.desc() for each in key))
        .limit(1)
        .execution_options(**ACROSS_CLUBS)
    )
    if table.name == loaded_sources.name:
        last = last.where(table.c.source != _UNFINISHED)
    row = (await connection.execute(last)).first()
    return None if row is None else tuple(row)


async def _portions(
    transactions: Transactions, table: Table, after: tuple[Any, ...] | None = None
) -> AsyncIterator[Sequence[Any]]:
    """Yield all rows behind a key, in the order of the keys."""
    key = list(table.primary_key.columns)
    places = [list(table.columns).index(each) for each in key]
    first = select(table).order_by(*key).limit(_PORTION).execution_options(**ACROSS_CLUBS)
    if table.name == loaded_sources.name:
        first = first.where(table.c.source != _UNFINISHED)
    while True:
        page = first if after is None else first.where(tuple_(*key) > tuple_(*after))
        async with transactions.read(Across.HOST) as connection:
            rows = (await connection.execute(page)).all()
        if rows:
            yield rows
            after = tuple(rows[-1][place] for place in places)
        if len(rows) < _PORTION:
            return


async def _digest(transactions: Transactions, table: Table, done: _Done) -> MovedTable:
    count, digest = 0, hashlib.sha256()
    async for rows in _portions(transactions, table):
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        count += len(rows)
        done.count(rows)
    return MovedTable(table.name, count, digest.hexdigest())
