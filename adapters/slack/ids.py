"""Ids of ours for Slack's workspaces, members, channels and threads, and back."""

import re
from dataclasses import dataclass

from bot.domain.ids import ClubId, MemberId, PlaceId

_PLACE = re.compile(
    r"slack:(?P<team>\w+)(?:@(?P<user>\w+)|#(?P<channel>\w+)(?:/(?P<thread>[\d.]+))?)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A member's direct conversation, or a channel, or a thread in one."""

    team: str
    user: str = ""
    channel: str = ""
    thread: str = ""


def club_of(team: str) -> ClubId:
    """Name a workspace."""
    return ClubId(f"slack:{team}")


def member_of(user: str) -> MemberId:
    """Name a member."""
    return MemberId(f"slack:{user}")


def direct(team: str, user: str) -> PlaceId:
    """Name a member's direct conversation with Matinee."""
    return PlaceId(f"slack:{team}@{user}")


def channel(team: str, channel: str, thread: str = "") -> PlaceId:
    """Name a channel, or a thread in one."""
    return PlaceId(f"slack:{team}#{channel}" + (f"/{thread}" if thread else ""))


def place_of(place: PlaceId) -> Place | None:
    """Read the name of a place; None for one that is not Slack's."""
    found = _PLACE.fullmatch(place)
    return Place(**found.groupdict("")) if found else None
