"""Ids of the terminal: clubs, members, and the places that messages are sent to."""

import re
from dataclasses import dataclass

from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import Caller, Role

LONGEST_NAME = 32

_NAME = re.compile(rf"[\w](?:[\w.-]{{0,{LONGEST_NAME - 2}}}[\w])?")
_PLACE = re.compile(r"console:(?P<club>[^#@]+)(?P<kind>[#@])(?P<name>.+)")


def check_name(name: str, what: str) -> str:
    """Normalise the name of a club or member (`what`). Raises ValueError."""
    folded = name.strip().removeprefix("@").casefold()
    if not _NAME.fullmatch(folded):
        raise ValueError(
            f"{name[:40]!r} is no name for a {what}; "
            f"use up to {LONGEST_NAME} letters, digits, - or _"
        )
    return folded


def caller_of(club: str, member: str) -> Caller:
    """Make the caller for a member; everybody at the terminal is admin and moderator."""
    return Caller(
        club_id=ClubId(f"console:{club}"),
        member_id=MemberId(f"console:{member}"),
        name=member,
        place=PlaceId(f"console:{club}#room"),
        direct=PlaceId(f"console:{club}@{member}"),
        roles=frozenset({Role.ADMIN, Role.MODERATOR}),
        club_name=club,
    )


@dataclass(frozen=True, slots=True)
class ConsolePlace:
    """Place in the terminal: a whole club, or one of its members where `member` names one."""

    club: str
    member: str | None


def place_of(place: PlaceId) -> ConsolePlace | None:
    """Parse a place's id; None when it is not one of the terminal's."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    return ConsolePlace(match["club"], match["name"] if match["kind"] == "@" else None)
