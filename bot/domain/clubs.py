"""Clubs and their members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.ids import ClubId, FilmId, MemberId, PlaceId
from bot.domain.ratings import Scale


class SpoilerPolicy(StrEnum):
    """What the club hides: marked text; everything until one has seen the film; nothing."""

    FOLD = "fold"
    SEEN = "seen"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Club:
    """A club's settings. `zone` is an IANA name, `hour` the local hour of its reminders.

    `revision` counts the changes to the club's reviews; `weekly` asks for a list on Mondays of
    what comes out. Where Matinee is a guest, `joined_at` and `left_at` say since and until when (UTC).
    """

    club_id: ClubId
    name: str = ""
    region: str = "GB"
    zone: str = "Europe/London"
    hour: time = time(9)
    channel: PlaceId | None = None
    spoilers: SpoilerPolicy = SpoilerPolicy.FOLD
    announce_reviews: bool = True
    revision: int = 0
    weekly: bool = False
    joined_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one club; None means "as the club has it".

    `fallback` lets the club's channel stand in where their direct messages are closed; `home_at` is
    when they chose this club as the one they mean in private (UTC).
    """

    club_id: ClubId
    member_id: MemberId
    name: str
    region: str | None = None
    zone: str | None = None
    scale: Scale = Scale.STARS
    quotable: bool = True
    direct: bool = True
    last_active: datetime | None = None
    fallback: bool = False
    home_at: datetime | None = None


class MarkKind(StrEnum):
    """What a member can say of a film without reviewing it."""

    SEEN = "seen"
    NEVER = "never"
    WATCHLIST = "watchlist"


@dataclass(frozen=True, slots=True)
class Mark:
    """A member's mark on a film, set at a UTC instant."""

    member_id: MemberId
    film_id: FilmId
    kind: MarkKind
    at: datetime


Roster = Mapping[MemberId, Member]
"""The members of a club, by id."""
