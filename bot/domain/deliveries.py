"""Deliveries: everything Matinee says unasked is one of these, planned before it is said."""

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
    """Why something is said; it decides who composes the words when the time has come."""

    REMINDER = "reminder"
    MOVED = "moved"
    WEEKLY = "weekly"
    NEW_REVIEW = "new review"
    NOTICE = "notice"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to say at one place. (club, purpose, subject, due) is unique. Times are UTC.

    `tried_at` is when it may first have been said; `carrier` the digest that says it in its place.
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


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has the message: its own name for it.

    `possible_duplicate`: nobody could tell whether it was there before, so it was said once more.
    """

    message: str
    possible_duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """To be tried again at `at` (UTC).

    Not `counted`: it surely did not arrive, and used up no attempt.
    """

    at: datetime
    reason: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived: to be looked for before it is said again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It will never arrive."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody waits for it any more."""

    reason: str


Outcome = Sent | Retry | Unknown | Failed | Dropped
