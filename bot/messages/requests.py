"""What comes in at the door."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.commands import Command


class Role(StrEnum):
    """What the platform lets a member do in the club."""

    ADMIN = "admin"
    MODERATOR = "moderator"


NO_CLUB = ClubId("")
"""The club of somebody who speaks in private, where the platform does not say which they mean."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks, in which club, and where the conversation stands.

    `place` is where the club would see an answer, `direct` where only the member would; in private
    they are one.
    """

    club_id: ClubId
    member_id: MemberId
    name: str
    place: PlaceId
    direct: PlaceId
    roles: frozenset[Role] = frozenset()
    club_name: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing said to Matinee: a typed line (`/review Her`), or a command as the platform built it.

    `request_id` is the platform's own; a second request with the same one has no second effect.
    `attachment` is the text of a file that came along.
    """

    request_id: str
    caller: Caller
    content: str | Command
    attachment: str | None = None
    attachment_name: str = ""
