"""Requests: what adapters hand to `Bot.handle`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.commands import Command


class Role(StrEnum):
    """A member's role in the club, as the platform says."""

    ADMIN = "admin"
    MODERATOR = "moderator"
    OWNER = "owner"
    """Runs the workspace itself, and decides which clubs it has and who runs them."""


NO_CLUB = ClubId("")
"""The club of a direct message, where the platform does not say which club is meant."""


@dataclass(frozen=True, slots=True)
class ChannelClub:
    """The club that a channel is, or could be, of its own: within the club of the workspace.

    `name`: the channel's, as members read it: `#horror`.
    """

    club_id: ClubId
    within: ClubId
    name: str


@dataclass(frozen=True, slots=True)
class Caller:
    """The member who gives a command, the club, and the places to answer in.

    `place` is where the club sees an answer, `direct` where only the member does; in private
    they are one. `may_post`: whether Matinee may post at `place` later, on its own account;
    `closed`: whether only some of the club can read there; `zone`: their IANA time zone, where the
    platform knows it; `discreet`: what is only looked up is for the member alone, to be shared by a
    button; `aloud`: it was asked in words that all there can read; `present`: those in the channel,
    whom everyone means there; None: all of the club.
    `events`: whether Matinee may enter events there; None where the platform has none.
    `meant`: the club that the message speaks of on which something was pressed, where it says so.
    `channel_club`: the club that the channel at `place` could be of its own; None where none can be.
    """

    club_id: ClubId
    member_id: MemberId
    name: str
    place: PlaceId
    direct: PlaceId
    roles: frozenset[Role] = frozenset()
    club_name: str = ""
    may_post: bool = True
    closed: bool = False
    zone: str = ""
    present: frozenset[MemberId] | None = None
    discreet: bool = False
    aloud: bool = False
    events: bool | None = None
    channel_club: ChannelClub | None = None
    meant: ClubId = NO_CLUB


Progress = Callable[[int, int], Awaitable[None]]
"""Is told how much of a long command is done, and of how much. It must not raise."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: a typed line (`/review Her`), or a command as the platform built it.

    `request_id` is the platform's own; a second request with the same one has no second effect.
    `attachment` is the text of a file that came along, `upload` the bytes of one that holds films.
    `progress` is told how far a long command is.
    """

    request_id: str
    caller: Caller
    content: str | Command
    attachment: str | None = None
    attachment_name: str = ""
    upload: bytes | None = None
    progress: Progress | None = None
