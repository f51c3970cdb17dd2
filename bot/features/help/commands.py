"""The help command."""

from dataclasses import dataclass

from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class HelpCommand(Command, name="help", reads_only=True):
    """Learn by examples what can be said."""

    topic: str = option(Kind.TEXT, "a command to hear more about", "")

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls("recommend"),
        )
