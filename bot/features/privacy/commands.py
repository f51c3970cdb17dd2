"""Commands about what is stored of a member: read it, take it along, have it forgotten."""

from dataclasses import dataclass
from typing import ClassVar

from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class PrivacyCommand(Command):
    """Read what Matinee stores about you, where, how long, and who can read it."""

    name: ClassVar[str] = "privacy"
    reads_only: ClassVar[bool] = True
    remembered: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ForgetCommand(Command):
    """Have everything about you erased, or keep your ratings without your name."""

    name: ClassVar[str] = "forget"
    reads_only: ClassVar[bool] = True
    remembered: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ForgetMeCommand(Command):
    """Forget the member; `keep`: ratings stay in the club's scores without a name."""

    name: ClassVar[str] = "forget-me"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "forget"
    remembered: ClassVar[bool] = False

    keep: bool = False


MINE, CLUB = "mine", "club"


@dataclass(frozen=True, slots=True)
class ExportCommand(Command):
    """Take along all that you have said here, as files for Matinee and for Letterboxd."""

    name: ClassVar[str] = "export"
    reads_only: ClassVar[bool] = True

    whose: str = option(
        Kind.CHOICE, "yours, or the club's (for its admins)", MINE, choices=(MINE, CLUB)
    )

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(), cls(CLUB))
