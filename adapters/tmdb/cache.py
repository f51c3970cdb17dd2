"""Cache of TMDB's answers on disk: six months at most, as TMDB's terms allow, in bounded room.

Kept by hand: hishel has no aiohttp client, and aiohttp-client-cache pickles whole responses with
their addresses, in which the key and searches can be read, and bounds no room.
"""

import asyncio
import json
import logging
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

log = logging.getLogger(__name__)

OLDEST = timedelta(days=180)
"""Age at which TMDB's terms ask for an answer to be deleted."""

LARGEST = 64 * 1024 * 1024
"""Bytes of compressed answers that are kept; the oldest are deleted first."""

_TABLE = """
CREATE TABLE IF NOT EXISTS answers
(name TEXT PRIMARY KEY, at INTEGER NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL) STRICT
"""
_INDEX = "CREATE INDEX IF NOT EXISTS ix_answers_at ON answers (at)"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """Answer of the cache, and the time since it was given."""

    body: dict[str, Any]
    age: timedelta


class AnswerCache:
    """Cache in a small SQLite file of its own; losing it costs only requests."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        """Use this file, created with the first answer; at most `largest` bytes of answers."""
        self._path = path
        self._largest = largest
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    async def get(self, name: str, now: datetime) -> CachedAnswer | None:
        """Return the answer of this name, unless it is older than `OLDEST`."""
        return await asyncio.to_thread(self._guarded, lambda: self._get(name, now))

    async def put(self, name: str, body: dict[str, Any], now: datetime) -> None:
        """Store an answer; delete those that are too old or too many."""
        await asyncio.to_thread(self._guarded, lambda: self._put(name, body, now))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _guarded(self, work: Callable[[], T]) -> T | None:
        """Do the work; return None where the file cannot be used, and replace a damaged one."""
        with self._lock:
            try:
                return work()
            except sqlite3.DatabaseError as error:
                log.warning("the cache of TMDB's answers cannot be used: %s", error)
                self._reset()
            except (OSError, ValueError, zlib.error) as error:
                log.warning("an answer kept in the cache is damaged: %s", type(error).__name__)
        return None

    def _reset(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        try:
            if self._path.exists() and not _is_sound(self._path):
                self._path.unlink()
        except OSError:
            return

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._path, timeout=1, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(_TABLE)
            self._connection.execute(_INDEX)
        return self._connection

    def _get(self, name: str, now: datetime) -> CachedAnswer | None:
        query = "SELECT at, body FROM answers WHERE name = ?"
        row = self._opened().execute(query, (name,)).fetchone()
        if row is None:
            return None
        age = timedelta(seconds=now.timestamp() - row[0])
        if age > OLDEST:
            return None
        return CachedAnswer(json.loads(zlib.decompress(row[1])), age)

    def _put(self, name: str, body: dict[str, Any], now: datetime) -> None:
        packed = zlib.compress(json.dumps(body).encode())
        connection = self._opened()
        connection.execute(
            "INSERT OR REPLACE INTO answers (name, at, size, body) VALUES (?, ?, ?, ?)",
            (name, int(now.timestamp()), len(packed), packed),
        )
        oldest = int((now - OLDEST).timestamp())
        connection.execute("DELETE FROM answers WHERE at < ?", (oldest,))
        self._shrink(connection)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Delete the oldest answers, a tenth of the room at once, so that it happens seldom."""
        (total,) = connection.execute("SELECT coalesce(sum(size), 0) FROM answers").fetchone()
        if total <= self._largest:
            return
        surplus = total - self._largest * 9 // 10
        for name, size in connection.execute(
            "SELECT name, size FROM answers ORDER BY at"
        ).fetchall():
            connection.execute("DELETE FROM answers WHERE name = ?", (name,))
            surplus -= size
            if surplus <= 0:
                return


def _is_sound(path: Path) -> bool:
    """Tell whether the file is undamaged; one that is only locked or full is."""
    try:
        connection = sqlite3.connect(path, timeout=1)
        try:
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return isinstance(error, sqlite3.OperationalError)
