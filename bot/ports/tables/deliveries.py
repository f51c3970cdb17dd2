"""Storage of what is to be sent: reminders and deliveries."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.deliveries import Delivery
from bot.domain.films.reminders import Reminder
from bot.domain.ids import DeliveryId, FilmId, MemberId, PlaceId, ReminderId


class Reminders(Protocol):
    """Reminders of the club."""

    async def get(self, reminder_id: ReminderId) -> Reminder | None: ...

    async def of_member(self, member_id: MemberId) -> Sequence[Reminder]:
        """Return all that are not cancelled, by due time, those without one last."""

    async def of_film(self, film_id: FilmId) -> Sequence[Reminder]:
        """Return all for this film that are not cancelled, oldest first."""

    async def due(self, place: PlaceId, at: datetime) -> Sequence[Reminder]:
        """Return those planned for this place and instant (UTC), oldest first."""

    async def movable(self, since: date) -> Sequence[Reminder]:
        """Return those that a new release day can move: waiting, or for a day from `since` on."""

    async def save(self, reminder: Reminder) -> None: ...

    async def mark_delivered(self) -> int:
        """Mark reminders as delivered whose delivery was sent; return the number."""


class Deliveries(Protocol):
    """Deliveries of the club, planned in the transaction that causes them."""

    async def plan(self, delivery: Delivery) -> bool:
        """Insert it; False if one of the same purpose, subject and due time exists, not cancelled."""

    async def cancel(self, purpose: str, subject: str, due_at: datetime | None = None) -> int:
        """Cancel what is planned (for this instant, UTC) and not claimed; return the number."""

    async def of(self, purpose: str, subject: str) -> Sequence[Delivery]:
        """Return all about this subject, in any state, by due time."""

    async def of_subjects(
        self, purposes: Collection[str], subjects: Collection[str]
    ) -> Sequence[Delivery]:
        """Return all of these purposes about some subjects, in any state, by due time."""

    async def get(self, purpose: str, subject: str, due_at: datetime) -> Delivery | None:
        """Find by its key; `due_at` in UTC."""

    async def by_id(self, delivery_id: DeliveryId) -> Delivery | None:
        """Find by id."""

    async def withdraw(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Cancel a delivery whose message has been deleted, at this instant (UTC)."""

    async def folded_into(self, delivery_id: DeliveryId) -> Sequence[Delivery]:
        """Return the deliveries that this one was sent for as a digest, by due time."""
