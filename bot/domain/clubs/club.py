"""Clubs and their members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.ids import ClubId, FilmId, MemberId, PlaceId
from bot.domain.reviews.ratings import Scale


class SpoilerPolicy(StrEnum):
    """Text that the club hides: marked spoilers; all until one has seen the film; nothing."""

    FOLD = "fold"
    SEEN = "seen"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Club:
    """Settings of a club. `zone`: IANA name; `hour`: local hour of its reminders.

    `revision`: number of changes to the club's reviews; `weekly`: whether a list of the week's
    releases is posted on Mondays; `joined_at`, `left_at`: when Matinee joined and left (UTC);
    `application`: the one that serves it (`discord:7`), of several with one database; `within`: the
    workspace's club, of a club that one channel is by itself.
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
    application: str | None = None
    within: ClubId | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Person in one club; None means the club's own setting.

    `fallback`: whether the club's channel is used where their direct messages are closed;
    `muted`: whether a moderator lets nobody else read their words; `home_at`: when they chose this club for their direct messages with Matinee (UTC);
    `vote_reminders`: whether they are reminded late in a vote of a film night; `admin`: whether they run
    the club, named by those who run the workspace.
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
    muted: bool = False
    vote_reminders: bool = True
    admin: bool = False

    @property
    def may_be_quoted(self) -> bool:
        """Whether others may be shown sentences of theirs."""
        return self.quotable and not self.muted


class MarkKind(StrEnum):
    """Mark that a member can set on a film without reviewing it."""

    SEEN = "seen"
    NEVER = "never"
    WATCHLIST = "watchlist"


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark of a member on a film, set at a UTC instant."""

    member_id: MemberId
    film_id: FilmId
    kind: MarkKind
    at: datetime


Roster = Mapping[MemberId, Member]
"""Members of a club, by id."""
