"""Factories of domain values with defaults."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.clubs.club import Mark, MarkKind, Member
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.films.reminders import Reminder
from bot.domain.ids import (
    ClubId,
    DeliveryId,
    DraftId,
    FilmId,
    MemberId,
    PlaceId,
    ReminderId,
    ReviewId,
)
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.ports.tables.requests import Draft

CLUB = ClubId("console:demo")
OTHER = ClubId("console:other")
ANA, BEN = MemberId("console:ana"), MemberId("console:ben")
FILM = FilmId("weekend-2011")
PLACE = PlaceId("console:demo/films")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def later(seconds: float) -> datetime:
    """Return an instant after NOON."""
    return NOON + timedelta(seconds=seconds)


def review(review_id: str = "r1", **changes: Any) -> Review:  # noqa: ANN401 - any field
    """Make a review by Ana."""
    values: dict[str, Any] = {
        "review_id": ReviewId(review_id),
        "club_id": CLUB,
        "film_id": FILM,
        "member_id": ANA,
        "created_at": NOON,
        "changed_at": NOON,
        "rating": HalfStars(8),
        "text": "Two days that stay for years.",
    }
    return Review(**{**values, **changes})


def film(film_id: str = FILM, **changes: Any) -> Film:  # noqa: ANN401 - any field
    """Make a film that everyone sees."""
    return Film(**{"film_id": FilmId(film_id), "title": "Weekend", "year": 2011, **changes})


def release(day: str, region: str = "GB", kind: ReleaseKind = ReleaseKind.CINEMA) -> Release:
    """Make a release on an ISO day."""
    return Release(region, kind, date.fromisoformat(day))


def member(member_id: str = ANA, name: str = "Ana", **changes: Any) -> Member:  # noqa: ANN401 - any field
    """Make a member of the demo club."""
    return Member(**{"club_id": CLUB, "member_id": MemberId(member_id), "name": name, **changes})


def mark(kind: MarkKind = MarkKind.SEEN, **changes: Any) -> Mark:  # noqa: ANN401 - any field
    """Make a mark by Ana."""
    return Mark(**{"member_id": ANA, "film_id": FILM, "kind": kind, "at": NOON, **changes})


def reminder(reminder_id: str = "m1", **changes: Any) -> Reminder:  # noqa: ANN401 - any field
    """Make a reminder for Ana that waits for a date."""
    values: dict[str, Any] = {
        "reminder_id": ReminderId(reminder_id),
        "club_id": CLUB,
        "member_id": ANA,
        "film_id": FILM,
        "region": "GB",
        "kind": ReleaseKind.CINEMA,
        "place": PLACE,
        "created_at": NOON,
    }
    return Reminder(**{**values, **changes})


def delivery(delivery_id: str = "d1", **changes: Any) -> Delivery:  # noqa: ANN401 - any field
    """Make a delivery due at noon, about a subject of its own."""
    values: dict[str, Any] = {
        "delivery_id": DeliveryId(delivery_id),
        "club_id": CLUB,
        "purpose": Purpose.REMINDER,
        "subject": f"about {delivery_id}",
        "place": PLACE,
        "due_at": NOON,
    }
    return Delivery(**{**values, **changes})


def draft(draft_id: str = "t1", **changes: Any) -> Draft:  # noqa: ANN401 - any field
    """Make a draft of Ana's."""
    values: dict[str, Any] = {
        "draft_id": DraftId(draft_id),
        "member_id": ANA,
        "command": "review film=Weekend",
        "created_at": NOON,
    }
    return Draft(**{**values, **changes})
