"""The command that asks what the club's reviews say."""

from dataclasses import dataclass

from bot.messages.commands import Command, Kind, option
from bot.messages.visibility import Visibility


@dataclass(frozen=True, slots=True)
class AskCommand(Command, name="ask", reads_only=True, visibility=Visibility.CLUB):
    """Ask your club's reviews a question, such as who found the score overbearing."""

    question: str = option(
        Kind.TEXT,
        "who found the score overbearing? what did ben say of Heat?",
        "",
        label="Your question",
    )

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls("who found the score overbearing?"),
            cls("what did people say about the ending of Past Lives?"),
        )

    def usage(self) -> tuple[str, str]:
        """Return the question as it is typed."""
        return self.name, self.question
