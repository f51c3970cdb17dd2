"""Connections of all processes to platforms, as each notes its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.connections import PlatformConnection


class PlatformConnections(Protocol):
    """Connections of all processes, as the host sees them. All may raise StoreError."""

    async def note(
        self, mine: PlatformConnection, before: datetime
    ) -> Sequence[PlatformConnection]:
        """Insert or replace a process's connection; return the others of its application.

        Those last noted `before` (UTC) are deleted, whatever their application.
        """

    async def others(self, mine: PlatformConnection) -> Sequence[PlatformConnection]:
        """Return the connections of other processes of its application."""

    async def remove(self, mine: PlatformConnection) -> None:
        """Delete the connection of a process that ends."""

    async def turn(self, name: str, now: datetime, apart: timedelta) -> datetime:
        """Take the next turn of this name, `apart` from those of all processes; return when it is (UTC)."""
