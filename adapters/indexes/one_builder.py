"""Lock of a data folder: of the processes of a machine that share one, one at a time builds its indexes."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

LOCK = "index.lock"
"""File in the data folder that is locked, and holds nothing."""

AGAIN = 0.1
"""Seconds until it is tried again: a wait for it in a thread could not be cut off."""


@asynccontextmanager
async def only_builder(folder: Path) -> AsyncIterator[None]:
    """Wait until no other process builds, and be the one that does until the block ends.

    The system gives the lock of a killed process back. Without a lock, as in a folder that cannot be written,
    each builds for itself.
    """
    lock = _opened(folder / LOCK)
    try:
        while lock is not None and not _taken(lock):  # noqa: ASYNC110 - another process has it
            await asyncio.sleep(AGAIN)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _opened(path: Path) -> int | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        log.info("%s cannot be locked: %s", path, error.strerror)
        return None


def _taken(lock: int) -> bool:
    """Try to lock; whether it is locked, or cannot be locked at all."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        log.info("the data folder cannot be locked: %s", error.strerror)
    return True
