"""Messengers: platforms that proactive messages are sent on."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.ids import DeliveryId, PlaceId
from bot.messages.replies import Reply


class Messenger(Protocol):
    """Says things unasked, on one platform or several."""

    @property
    def reach(self) -> Collection[str]:
        """The clubs it can speak to: `discord:` all whose ids begin so, else one by its whole id."""
        ...

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Say it once for this delivery id; return the platform's name of the message.

        Raises Rejected, Delayed or Uncertain.
        """
        ...

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Look for a message that may have arrived. Raises Unreadable, Delayed, Uncertain."""
        ...

    def remembers(self, place: PlaceId) -> timedelta:
        """For how long a second `send` of a delivery id surely returns the first one's message."""
        ...
