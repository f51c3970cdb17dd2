"""Heartbeat of a serving process: a file in the data folder, renewed while the database answers."""

import asyncio
import logging
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.delivery.waiting import pause
from bot.domain.errors import StoreError

if TYPE_CHECKING:
    from bot.ports.store import Store

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=15)
LATEST = timedelta(seconds=60)
"""Age from which on a heartbeat counts as missing."""


def heartbeat_file(folder: Path, only: str, shards: object = None) -> Path:
    """Return the file of a process, which may serve `only` one platform, and some `shards` (`0-3/8`) of it."""
    parts = ["alive", only, f"{shards or ''}".replace("/", "of")]
    return folder / "-".join(filter(None, parts))


class Heartbeat:
    """Renews the file for as long as the event loop runs and the database answers."""

    def __init__(self, store: "Store", file: Path, every: timedelta = EVERY) -> None:
        """Ask this store, and renew this file."""
        self._store = store
        self._file = file
        self._every = every

    async def run(self, stopping: asyncio.Event) -> None:
        """Run until `stopping` is set; then remove the file."""
        try:
            while not stopping.is_set():
                await self._beat()
                await pause(stopping, self._every)
        finally:
            self._file.unlink(missing_ok=True)

    async def _beat(self) -> None:
        try:
            await self._store.catalogue.digest()
            self._file.touch(mode=0o600)
        except (StoreError, OSError) as error:
            log.warning("no heartbeat: %s", error)


def silence(file: Path) -> float | None:
    """Return the seconds since the last heartbeat; None where none was written."""
    try:
        return max(0.0, time.time() - file.stat().st_mtime)
    except OSError:
        return None
