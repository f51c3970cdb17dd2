"""Leasing of rows that are due: one process at a time works on a row, and a lost one's comes up again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import Executable

from db.records import Record
from db.transactions import Across, Transactions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leasing(Generic[T]):
    """Statements of a table whose rows are due at times.

    `due` selects the row that is longest due at `now`; `lease` makes the row of a `key` due again at `until`.
    """

    record: Record[T]
    due: Executable
    lease: Executable
    key: Callable[[T], Mapping[str, object]]

    async def claim(self, transactions: Transactions, now: datetime, lease: timedelta) -> T | None:
        """Return the record that is longest due, and make it due again after the lease.

        Mostly none is due, so that a writer's turn is only taken where one is.
        """
        async with transactions.read(Across.HOST) as connection:
            if (await connection.execute(self.due, {"now": now})).first() is None:
                return None
        async with transactions.write(Across.HOST) as connection:
            row = (await connection.execute(self.due, {"now": now})).first()
            if row is None:
                return None
            found = self.record.of(row)
            await connection.execute(self.lease, {**self.key(found), "until": now + lease})
            return found
