"""Messenger: sends proactive messages on platforms."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.ids import DeliveryId, PlaceId
from bot.messages.replies import Reply


class Messenger(Protocol):
    """Sends proactive messages, on one platform or several."""

    @property
    def reach(self) -> Collection[str]:
        """Clubs it can send to: a prefix that ends in `:` (`discord:`), or a whole club id."""
        ...

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Send a message, once for each delivery id; return the platform's id of it.

        Raises Rejected, Delayed or Uncertain.
        """
        ...

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Find a delivery's message sent since an instant (UTC), in the place's history; return its id.

        Raises Unreadable, Delayed, Uncertain."""
        ...

    def remembers(self, place: PlaceId) -> timedelta:
        """Return for how long `send`, repeated with a delivery id, returns the first message."""
        ...
