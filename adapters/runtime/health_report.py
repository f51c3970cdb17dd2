"""Health report: findings of `matinee doctor`, and the remedy of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import ClubId, PlaceId


class Verdict(StrEnum):
    """Severity of a finding."""

    OK = "ok"
    NOTE = "note"
    BAD = "BAD"


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of one check; `text` gives the remedy unless the verdict is OK."""

    name: str
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class ClubChannel:
    """The channel that a club has chosen for what Matinee says on its own account.

    `application`: the one that serves the club (`discord:7`), of several with one database.
    """

    club_id: ClubId
    name: str
    place: PlaceId
    application: str = ""


def channels_finding(name: str, shut: Sequence[str], looked_at: int) -> Finding:
    """Say of which clubs the channel is gone, or closed to Matinee."""
    if not shut:
        whose = f"s of {looked_at} clubs" if looked_at > 1 else " of the club"
        return Finding(name, Verdict.OK, f"The channel{whose} can be written in.")
    text = (
        f"Matinee cannot write in the channel of {', '.join(shut)}: it is gone, archived or closed. "
        "Let it in there, or choose another channel with the command setup and its option here."
    )
    return Finding(name, Verdict.NOTE, text)
