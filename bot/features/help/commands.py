"""The help command."""

from dataclasses import dataclass
from typing import ClassVar

from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class HelpCommand(Command):
    """Learn by examples what can be said."""

    name: ClassVar[str] = "help"
    reads_only: ClassVar[bool] = True

    topic: str = option(Kind.TEXT, "a command to hear more about", "")

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls("recommend"),
        )
