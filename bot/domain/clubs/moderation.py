"""Moderation: acts of those who look after a club, each noted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import FilmId, MemberId


class ActKind(StrEnum):
    """Kind of an act: on a review, or on all of a member's words."""

    HIDE = "hide"
    UNHIDE = "unhide"
    MUTE = "mute"
    UNMUTE = "unmute"


@dataclass(frozen=True, slots=True)
class ModerationAct:
    """Act of a moderator (`member_id`), at a UTC instant. `concerned`: whose words it was about.

    `film_id`, `critic`: the review, where it was about one.
    """

    act_id: str
    member_id: MemberId
    at: datetime
    kind: ActKind
    concerned: MemberId
    film_id: FilmId | None = None
    critic: str | None = None
