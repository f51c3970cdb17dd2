"""Commands that follow a member's own account at another service."""

from dataclasses import dataclass

from bot.domain.ids import MemberId
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class FollowCommand(Command, name="follow", reads_only=True):
    """Turn what you log on Letterboxd into reviews here; alone, it lists what you follow."""

    service: str = option(Kind.CHOICE, "where you log films", "letterboxd", choices=("letterboxd",))
    account: str = option(Kind.TEXT, "your name there, or the address of your page", "")

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return cls(), cls(account="anawatches")

    def usage(self) -> tuple[str, str]:
        """Return the service and the name, or nothing."""
        return self.name, f"{self.service} {self.account}" if self.account else ""


@dataclass(frozen=True, slots=True)
class ConfirmFollowCommand(Command, name="follow-confirm", opened_by="follow"):
    """Follow an account, on the word of the member who asked.

    `asked_by`: the member who may press; `latest`: whether the latest entries are brought in, too.
    """

    account: str
    asked_by: MemberId
    latest: bool = False


@dataclass(frozen=True, slots=True)
class StopFollowCommand(Command, name="follow-stop", opened_by="follow"):
    """Follow an account no longer; what it brought stays."""

    account: str
