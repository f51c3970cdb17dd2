"""Commands of the club's figures: statistics, a taste match, a year in review."""

from dataclasses import dataclass
from enum import StrEnum

from bot.messages.commands import Command, Kind, option
from bot.messages.visibility import Visibility


class FigureCard(StrEnum):
    """A picture of figures."""

    CANON = "canon"
    MAP = "map"
    TASTE = "taste"


@dataclass(frozen=True, slots=True)
class StatsCommand(Command, name="stats", reads_only=True, visibility=Visibility.CLUB):
    """See the club in figures, or a member: best and most divisive films, who saw most, streaks.

    `card`: the picture that is wanted instead.
    """

    member: str = option(Kind.MEMBER, "whose figures; the club's unless you say", "")
    year: int | None = option(Kind.NUMBER, "only what was seen in this year", None)
    card: FigureCard | None = None

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(), cls(year=2024), cls("ben"))

    def usage(self) -> tuple[str, str]:
        """Return the member and the year, as they are typed."""
        member = f"@{self.member}" if self.member else ""
        return self.name, " ".join(filter(None, (member, str(self.year or ""))))


@dataclass(frozen=True, slots=True)
class MatchCommand(Command, name="match", reads_only=True):
    """See how alike your taste and a member's are, with films for it and against.

    `picture`: whether a picture is wanted instead.
    """

    member: str = option(Kind.MEMBER, "the member to compare with", "")
    picture: bool = False

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return an example."""
        return (cls("ben"),)


@dataclass(frozen=True, slots=True)
class YearCommand(Command, name="year", reads_only=True, visibility=Visibility.CLUB):
    """See the club's year in review: what was seen, loved and argued about.

    `picture`: whether a picture is wanted instead.
    """

    year: int | None = option(Kind.NUMBER, "which year; this one unless you say", None)
    picture: bool = False

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(), cls(2024))

    def usage(self) -> tuple[str, str]:
        """Return the year as it is typed."""
        return self.name, str(self.year or "")
