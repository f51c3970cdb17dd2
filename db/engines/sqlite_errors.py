"""Store errors from SQLite's result codes, in words that advise the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import StoreError

_PRIMARY = 0xFF  # the low byte of an extended result code is the primary one

# Result code -> cause and remedy, as it follows the database's name.
_ADVICE: dict[int, str] = {
    sqlite3.SQLITE_BUSY: "is in use by another program just now. Try again in a moment.",
    sqlite3.SQLITE_LOCKED: "is in use just now. Try again in a moment.",
    sqlite3.SQLITE_READONLY: "is read-only. Make the file and its folder writable.",
    sqlite3.SQLITE_PERM: "may not be opened. Give Matinee access to it.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Make its folder, and let Matinee write there.",
    sqlite3.SQLITE_NOTADB: "is not a database. Choose another file, or put a backup in its place.",
    sqlite3.SQLITE_CORRUPT: "is damaged. Keep a copy, and put the last backup in its place.",
    sqlite3.SQLITE_FULL: "cannot grow, for the disk is full. Free some space.",
    sqlite3.SQLITE_IOERR: "cannot be reached: the disk reports an error. Check the disk.",
}
_TRANSIENT = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})


@contextmanager
def raising_store_errors(name: str, *, reading: bool = False) -> Iterator[None]:
    """Convert the driver's errors inside this context to StoreError about the database `name`.

    In a transaction that only reads, an attempt to write is a programming error: RuntimeError.
    """
    try:
        yield
    except DBAPIError as error:
        cause = error.orig or error
        if reading and _code(cause) == sqlite3.SQLITE_READONLY:
            raise RuntimeError("this unit of work only reads; open it with `writing`") from error
        raise store_error(name, cause) from error
    except sqlite3.Error as error:
        raise store_error(name, error) from error
    except PoolTimeout as error:
        raise StoreError(f"{name} is very busy. Try again in a moment.", retry=True) from error


def store_error(name: str, error: BaseException) -> StoreError:
    """Return the StoreError of a driver's error."""
    code = _code(error)
    advice = _ADVICE.get(code, f"cannot serve: {error}")
    return StoreError(f"{name} {advice}", retry=code in _TRANSIENT)


def is_busy(error: BaseException) -> bool:
    """Return whether another program holds the lock, so that trying again may help."""
    return _code(error) == sqlite3.SQLITE_BUSY


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY
