"""Commands about what is stored of a member: read it, take it along, have it forgotten."""

from dataclasses import dataclass

from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class PrivacyCommand(Command, name="privacy", reads_only=True, remembered=False):
    """Read what Matinee stores about you, where, how long, and who can read it."""


@dataclass(frozen=True, slots=True)
class ForgetCommand(Command, name="forget", reads_only=True, remembered=False):
    """Have everything about you erased, or keep your ratings without your name."""


@dataclass(frozen=True, slots=True)
class ForgetMeCommand(Command, name="forget-me", opened_by="forget", remembered=False):
    """Forget the member; `keep`: ratings stay in the club's scores without a name."""

    keep: bool = False


MINE, CLUB = "mine", "club"


@dataclass(frozen=True, slots=True)
class ExportCommand(Command, name="export", reads_only=True):
    """Take along all that you have said here, as files for Matinee and for Letterboxd."""

    whose: str = option(
        Kind.CHOICE, "yours, or the club's (for its admins)", MINE, choices=(MINE, CLUB)
    )

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(), cls(CLUB))
