"""Ids of clubs, members and places from Slack's ids, and back."""

import re
from dataclasses import dataclass

from bot.domain.ids import ClubId, MemberId, PlaceId

_PLACE = re.compile(
    r"slack:(?P<team>\w+)(?:@(?P<user>\w+)|#(?P<channel>\w+)(?:/(?P<thread>[\d.]+))?)"
)


@dataclass(frozen=True, slots=True)
class SlackPlace:
    """A member's direct messages, a channel, or a thread in one."""

    team: str
    user: str = ""
    channel: str = ""
    thread: str = ""


def club_of(team: str) -> ClubId:
    """Return the id of a workspace's club."""
    return ClubId(f"slack:{team}")


def member_of(user: str) -> MemberId:
    """Return the id of a user as a member."""
    return MemberId(f"slack:{user}")


def direct(team: str, user: str) -> PlaceId:
    """Return the id of a member's direct messages with Matinee."""
    return PlaceId(f"slack:{team}@{user}")


def channel(team: str, channel: str, thread: str = "") -> PlaceId:
    """Return the id of a channel, or of a thread in one."""
    return PlaceId(f"slack:{team}#{channel}" + (f"/{thread}" if thread else ""))


def place_of(place: PlaceId) -> SlackPlace | None:
    """Parse the id of a place; None if it is not one of Slack's."""
    found = _PLACE.fullmatch(place)
    return SlackPlace(**found.groupdict("")) if found else None
