"""Ids of clubs, members and places from Slack's ids, and back."""

import re
from dataclasses import dataclass

from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import NO_CLUB

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


_CLUB = re.compile(r"slack:(?P<team>\w+)(?:\.(?P<channel>\w+))?")


def club_of(team: str, channel: str = "") -> ClubId:
    """Return the id of a workspace's club, or of that which one of its channels is by itself."""
    return ClubId(f"slack:{team}.{channel}" if channel else f"slack:{team}")


def club_word(club_id: ClubId) -> str:
    """Return a club as the ids of buttons name it: `T1`, or `T1.C3`."""
    return club_id.removeprefix("slack:")


def club_named(word: str, team: str) -> ClubId:
    """Return the club that a button's id names; NO_CLUB where it names none of this workspace."""
    club_id = ClubId(f"slack:{word}")
    return club_id if workspace_of(club_id)[0] == team else NO_CLUB


def workspace_of(club_id: ClubId) -> tuple[str, str]:
    """Return the workspace of a club, and its channel if it is that channel's own; empty for neither."""
    found = _CLUB.fullmatch(club_id)
    return (found["team"], found["channel"] or "") if found else ("", "")


def member_of(user: str) -> MemberId:
    """Return the member id of a Slack user."""
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
