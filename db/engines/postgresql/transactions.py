"""PostgreSQL's transactions: each takes on a role and names its club; a club has one writer at a time."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from weakref import WeakValueDictionary

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.ids import ClubId
from db.engines.postgresql.errors import is_lost, raising_store_errors
from db.engines.postgresql.roles import CLUB, CLUB_SETTING, role_name
from db.hints import Hints
from db.transactions import Across, take_turn

_STALLED = timedelta(seconds=30)
"""After so long without a statement the server ends a transaction: its process has been stopped."""

_PAUSE = 0.1
"""Seconds between two tries to reach a server that is away."""

# All of it holds until the end of the transaction, whichever session the next one gets from a pooler.
_OPEN = (
    f"SELECT set_config('role', :role, true), set_config('{CLUB_SETTING}', :club, true),"
    " set_config('lock_timeout', :patience, true),"
    " set_config('idle_in_transaction_session_timeout', :stalled, true)"
)
_READ = text(_OPEN)
_WRITE = text(f"{_OPEN}, pg_advisory_xact_lock(:turn)")


class ServerTransactions:
    """Implements `db.transactions.Transactions`."""

    def __init__(self, engine: AsyncEngine, owner: str, patience: timedelta, hints: Hints) -> None:
        """Take the engine, the owner of the tables, from whom the roles have their names, and its hints.

        `patience`: how long to wait for a connection, and for the club's turn, all in all.
        """
        self.hints = hints
        self._engine = engine
        self._readers = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._owner = owner
        self._patience = patience
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._writing: set[asyncio.Task[object]] = set()

    @asynccontextmanager
    async def read(self, whose: ClubId | Across) -> AsyncIterator[AsyncConnection]:
        """Open a read transaction on a snapshot that is taken as it opens. Raises StoreError."""
        until = asyncio.get_running_loop().time() + self._patience.total_seconds()
        with raising_store_errors("The database", reading=True):
            async with _closing(await self._begun(self._readers, whose, until)) as connection:
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def write(
        self, whose: ClubId | Across, patience: timedelta | None = None
    ) -> AsyncIterator[AsyncConnection]:
        """Open a write transaction. StoreError; RuntimeError if this task has one open already.

        Writers of one club queue in this process first, so that they do not take all connections; then
        for a lock that all processes share. Those of the outbox do not: they lock the rows they claim.
        """
        task = asyncio.current_task()
        if task is None or task in self._writing:
            raise RuntimeError("this task is writing already; it would wait for itself")
        until = asyncio.get_running_loop().time() + (patience or self._patience).total_seconds()
        turn = asyncio.Lock() if whose is Across.OUTBOX else self._turn(whose)
        self._writing.add(task)
        try:
            with raising_store_errors("The database"):
                await take_turn(turn, until)
                try:
                    begun = await self._begun(self._engine, whose, until, writes=True)
                    async with _closing(begun) as connection:
                        yield connection
                        await connection.commit()
                finally:
                    turn.release()
        finally:
            self._writing.discard(task)

    def _turn(self, whose: str) -> asyncio.Lock:
        turn = self._turns.get(whose)
        if turn is None:
            turn = self._turns[whose] = asyncio.Lock()
        return turn

    async def _begun(
        self, engine: AsyncEngine, whose: ClubId | Across, until: float, *, writes: bool = False
    ) -> AsyncConnection:
        """Return a connection in a transaction; try another one while the server is away."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                return await self._opened(engine, whose, until - loop.time(), writes=writes)
            except DBAPIError as error:
                if not is_lost(error) or loop.time() + _PAUSE >= until:
                    raise
            await asyncio.sleep(_PAUSE)

    async def _opened(
        self, engine: AsyncEngine, whose: ClubId | Across, patience: float, *, writes: bool
    ) -> AsyncConnection:
        across = isinstance(whose, Across)
        values: dict[str, object] = {
            "role": role_name(self._owner, whose if across else CLUB),
            "club": "" if across else str(whose),
            "patience": f"{max(1, int(patience * 1000))}ms",
            "stalled": f"{_STALLED // timedelta(milliseconds=1)}ms",
        }
        locks = writes and whose is not Across.OUTBOX
        if locks:
            values["turn"] = _lock_number(whose)
        connection = await engine.connect()
        try:
            await connection.execute(_WRITE if locks else _READ, values)
        except BaseException:
            await _close(connection)
            raise
        return connection

    async def overwrite(self) -> bool:
        """Leave it to the server's vacuum."""
        return False

    async def close(self) -> None:
        """Close every connection."""
        await self.hints.close()
        await self._engine.dispose()


@asynccontextmanager
async def _closing(connection: AsyncConnection) -> AsyncIterator[AsyncConnection]:
    """Close the connection at the end: what is not committed by then is rolled back."""
    try:
        yield connection
    finally:
        await _close(connection)


async def _close(connection: AsyncConnection) -> None:
    """Close it to the end, even if this task is cancelled meanwhile."""
    await asyncio.shield(asyncio.ensure_future(connection.close()))


def _lock_number(whose: str) -> int:
    """Return the number of an advisory lock, 64 bits, the same in every process."""
    digest = hashlib.blake2b(whose.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
