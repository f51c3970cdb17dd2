"""Installations: where an application is installed that many workspaces install."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.ids import ClubId
from bot.domain.installations import Installation


class SealedInstallations(Protocol):
    """Installations of all workspaces, as the host sees them. Instants are UTC. All may raise StoreError."""

    async def all(self) -> Sequence[Installation]:
        """Return every installation, by holder."""

    async def get(self, holder: str) -> Installation | None:
        """Return the installation of a workspace or an organisation."""

    async def of_club(self, club_id: ClubId) -> Installation | None:
        """Return the installation of the application that a club noted last; None once it has left."""

    async def clubs(self) -> Collection[ClubId]:
        """Return the clubs whose application is installed."""

    async def put(self, installation: Installation) -> None:
        """Insert or replace."""

    async def replace(self, former: Installation, present: Installation) -> bool:
        """Store an installation if the former one is still what is stored; return whether it was."""

    async def remove(self, former: Installation) -> bool:
        """Delete an installation if it is still what is stored; return whether it was."""

    async def claim_renewal(self, now: datetime, lease: timedelta) -> Installation | None:
        """Return the installation whose renewal is longest due, and make it due again after the lease."""

    async def begin(self, digest: str, now: datetime, until: datetime) -> None:
        """Note that an install has begun, by its state's digest, and delete those that are over."""

    async def finish(self, digest: str, now: datetime) -> bool:
        """Take the state of an install; return whether it had begun and was not over."""
