"""Reader of members' public feeds at another service."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.follows import Feed, Follow


class FeedReader(Protocol):
    """Reads feeds of one service, and asks nothing else of it."""

    @property
    def host(self) -> str:
        """Host that is asked, for its pace."""

    async def read(self, name: str, etag: str = "", modified: str = "") -> Feed | None:
        """Return a member's feed; None if it has not changed since that version.

        Raises SourceLacks if the service knows nobody of that name, SourceBusy if it asks to wait, else
        SourceError.
        """


class Feeds(Protocol):
    """Follows of all clubs, as the processes see them that read the feeds. Instants are UTC."""

    async def claim(self, now: datetime, lease: timedelta) -> Follow | None:
        """Return the follow that is longest due, and make it due again after the lease; None if none is."""

    async def turn(self, host: str, now: datetime, apart: timedelta) -> datetime:
        """Take the next turn to ask this host, `apart` from the others of all processes; return when."""

    async def hold(self, host: str, until: datetime) -> None:
        """Give no turn for this host before an instant."""
