"""Messenger: sends proactive messages on platforms."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.domain.ids import DeliveryId, MemberId, PlaceId
from bot.messages.replies import Reply


class Messenger(Protocol):
    """Sends proactive messages, on one platform or several."""

    @property
    def reach(self) -> Collection[str]:
        """Clubs it can send to now: whole club ids, or prefixes that end in `:` (`discord:`).

        It may grow and shrink. Several processes may share a database: a club that another one
        serves, by another application or workspace, must not be within reach.
        """

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Send a message, once for each delivery id; return the platform's id of it.

        Raises Rejected, Delayed or Uncertain.
        """

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        """Put a reply in place of a delivery's message; `message` is the id that `send` returned.

        Raises Rejected, Delayed or Uncertain; doing it again does no harm.
        """

    async def delete(self, place: PlaceId, message: str) -> None:
        """Delete a message, which may be gone already. Raises as `edit` does."""

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Find a delivery's message sent since an instant (UTC), in the place's history; return its id.

        Raises Unreadable, Delayed, Uncertain.
        """

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        """Return a member's direct messages on the platform of `place`; None if it has none."""

    def remembers(self, place: PlaceId) -> timedelta:
        """Return for how long `send`, repeated with a delivery id, returns the first message."""


@runtime_checkable
class EventReader(Protocol):
    """Reads events of servers, which messengers enter where a reply is one."""

    async def interested(self, event: str) -> Mapping[MemberId, str] | None:
        """Return the names of those who are interested in an event, by member; None if it is gone.

        `event`: the id that `send` returned. Raises DeliveryError.
        """
