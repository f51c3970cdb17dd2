"""Building blocks of the tables' statements: rows as dataclasses, upserts, the club's condition."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BindParameter,
    CursorResult,
    Executable,
    Insert,
    Row,
    Select,
    Table,
    bindparam,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ClubId
from db.transactions import Transactions

T = TypeVar("T")

_AT_ONCE = 500
"""Rows made into objects between two turns of others."""

ACROSS_CLUBS = {"across_clubs": True}
"""Execution option of the few statements across clubs: outbox, shared catalogue, purge."""


class Record(Generic[T]):
    """Mapping of a table's rows to a frozen dataclass: columns and fields of the same key."""

    def __init__(self, table: Table, kind: type[T]) -> None:
        """Match the fields of the dataclass with the columns of the table."""
        self._kind = kind
        # `kind` is a dataclass; the type system has no name for that.
        names = [each.name for each in fields(kind)]  # type: ignore[arg-type]  # see above
        self.names = tuple(name for name in names if name in table.c)
        self.columns = tuple(table.c[name] for name in self.names)
        self._leading = self.names == tuple(names[: len(self.names)])

    def select(self) -> Select[Any]:
        """Return a query for the record's columns."""
        return select(*self.columns)

    def values(self, thing: T) -> dict[str, Any]:
        """Return the column values of an object."""
        return {name: getattr(thing, name) for name in self.names}

    def of(self, row: Sequence[Any]) -> T:
        """Return the object of a row that begins with this record's columns."""
        if (
            self._leading
        ):  # by position: takes a third of the time, and a club may have many members
            return self._kind(*row[: len(self.names)])
        return self._kind(**dict(zip(self.names, row, strict=False)))


def param(name: str) -> BindParameter[Any]:
    """Return a bound parameter; its type is that of the column it is compared with."""
    return bindparam(name)


def listed(name: str) -> BindParameter[Any]:
    """Return a bound parameter for `in_`: a collection of values."""
    return bindparam(name, expanding=True)


SORTS_MANY = "/* sorts many */"
"""Prefix of queries that may sort thousands of rows before the first: SQLite does that in a thread."""

CLUB = param("of_club")
"""Bound parameter for the club of the unit of work; `Scope` fills it in."""


def upsert(table: Table, *, keep: Collection[str] = ()) -> postgresql.Insert:
    """Return an insert that replaces a row with the same key, except for the columns in `keep`.

    PostgreSQL's form of the statement compiles for SQLite too.
    """
    statement = postgresql.insert(table)
    key = [column.name for column in table.primary_key]
    changed = {
        name: statement.excluded[name]
        for name in table.c.keys()  # noqa: SIM118 - iterating a collection of columns gives columns
        if name not in key and name not in keep
    }
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


@dataclass(frozen=True, slots=True)
class Scope:
    """One transaction for one club, whose id is bound to every statement.

    `seen` caches the results of a transaction that only reads, by statement and values: its
    snapshot does not change. None where the transaction writes.
    """

    connection: AsyncConnection
    club_id: ClubId
    seen: dict[object, Sequence[Any]] | None = None

    async def run(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """Execute a statement that compares `club_id` with CLUB."""
        return await self.connection.execute(statement, {**values, "of_club": self.club_id})

    async def put(self, statement: Insert, **values: object) -> CursorResult[Any]:
        """Insert a row of this club, whatever club the values name."""
        return await self.connection.execute(statement, {**values, "club_id": self.club_id})

    async def put_all(self, statement: Insert, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows of this club, whatever club they name."""
        if rows:
            owned = [{**each, "club_id": self.club_id} for each in rows]
            await self.connection.execute(statement, owned)

    async def rows(self, statement: Executable, **values: object) -> Sequence[Row[Any]]:
        """Return all rows."""
        return await self._read(statement, values, _whole)

    async def all(self, record: Record[T], statement: Executable, **values: object) -> list[T]:
        """Return all rows as records."""
        return list(await self._read(statement, values, record.of))

    async def one(self, record: Record[T], statement: Executable, **values: object) -> T | None:
        """Return the first row as a record."""
        found = await self._read(statement, values, record.of)
        return found[0] if found else None

    async def _read(
        self, statement: Executable, values: Mapping[str, object], of: Callable[[Row[Any]], T]
    ) -> Sequence[T]:
        key = (statement, of, *((name, _hashable(value)) for name, value in values.items()))
        if self.seen is not None and key in self.seen:
            return self.seen[key]
        result = await self.run(statement, **values)
        found: list[T] = []
        while rows := result.fetchmany(_AT_ONCE):
            found += map(of, rows)
            if len(rows) == _AT_ONCE:
                await asyncio.sleep(
                    0
                )  # a member may have thousands of reviews; others get their turn
        if self.seen is not None:
            self.seen[key] = found
        return found

    def check(self, club_id: ClubId | None) -> None:
        """Raise ValueError for the id of another club."""
        if club_id != self.club_id:
            raise ValueError(f"this unit of work is for {self.club_id!r}, not for {club_id!r}")


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _whole(row: Row[Any]) -> Row[Any]:
    return row


class ClubTable:
    """Base of tables of one club; holds their transaction."""

    def __init__(self, scope: Scope) -> None:
        """Keep the club and its transaction."""
        self._scope = scope


class HostTable:
    """Base of tables of all clubs; each method has a short transaction of its own."""

    def __init__(self, transactions: Transactions) -> None:
        """Keep what begins the transactions."""
        self._transactions = transactions
