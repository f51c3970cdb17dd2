"""Deliveries: planned messages that Matinee sends on its own account, and outcomes of sending."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ClubId, DeliveryId, PlaceId


class DeliveryState(StrEnum):
    """planned -> claimed -> sent | planned again | uncertain | dead | cancelled."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Purpose(StrEnum):
    """Reason of a delivery; it selects the composer of its message."""

    REMINDER = "reminder"
    MOVED = "moved"
    WEEKLY = "weekly"
    NEW_REVIEW = "new review"
    NOTICE = "notice"
    WELCOME = "welcome"
    UNDELIVERED = "undelivered"
    SHARED_REVIEW = "shared review"
    AMENDMENT = "amendment"
    NIGHT = "night"
    NIGHT_NEWS = "night news"
    NIGHT_BALLOT = "night ballot"
    NIGHT_EVENT = "night event"
    CHANNEL_CHOSEN = "channel chosen"
    NEW_RATINGS = "new ratings"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Message planned for a place. (club, purpose, subject, due time) is unique; times are UTC.

    `tried_at`: when it may first have been sent; `digest_id`: the digest sent in its place;
    `message`: the platform's id of the sent message. The subject of an amendment is the delivery
    whose message it edits or deletes.
    """

    delivery_id: DeliveryId
    club_id: ClubId
    purpose: Purpose
    subject: str
    place: PlaceId
    due_at: datetime
    state: DeliveryState = DeliveryState.PLANNED
    attempts: int = 0
    lease_owner: str | None = None
    lease_until: datetime | None = None
    next_at: datetime | None = None
    error: str | None = None
    tried_at: datetime | None = None
    digest_id: DeliveryId | None = None
    message: str | None = None

    @property
    def untouched(self) -> bool:
        """Whether it is planned, and nobody has tried to send it: what it says can still change."""
        return self.state is DeliveryState.PLANNED and self.tried_at is None

    @property
    def under_way(self) -> bool:
        """Whether it may have been sent, and it is not known yet."""
        tried = self.state is DeliveryState.PLANNED and self.tried_at is not None
        return tried or self.state in {DeliveryState.CLAIMED, DeliveryState.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class Sent:
    """Outcome: the platform has the message; `message` is its id there.

    `possible_duplicate`: sent again although an earlier attempt may have succeeded.
    """

    message: str
    possible_duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Outcome: to be tried again at an instant (UTC).

    Not `counted`: it certainly did not arrive, and does not count as an attempt.
    """

    at: datetime
    reason: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """Outcome: the message may have arrived; to be looked for before it is sent again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Outcome: it cannot be delivered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Outcome: the message is no longer wanted."""

    reason: str


Outcome = Sent | Retry | Unknown | Failed | Dropped
