"""The command of a member's page."""

from dataclasses import dataclass

from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class MeCommand(Command, name="me", reads_only=True):
    """See your page here: averages, last reviews, diary, marks; or a member's, and how alike you are.

    `part`: `diary` or `marks`, each a page at a time, of oneself alone.
    """

    member: str = option(Kind.MEMBER, "whose page; your own unless you say otherwise", "")
    part: str = ""
    page: int = 1

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(), cls("ben"))
