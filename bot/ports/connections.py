"""Connections of all processes to platforms, as each notes its own."""

from collections.abc import Sequence
from datetime import datetime
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

    async def remove(self, mine: PlatformConnection) -> None:
        """Delete the connection of a process that ends."""
