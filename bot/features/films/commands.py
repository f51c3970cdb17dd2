"""The film command: a film's card."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.visibility import Visibility
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class FilmCommand(Command):
    """Show a film's card: people, facts, what the club thinks, where and when it comes out."""

    name: ClassVar[str] = "film"
    visibility: ClassVar[Visibility] = Visibility.CLUB

    film: str = option(Kind.FILM, "title, link or id of the film", "")

    @property
    def writes(self) -> bool:
        """Always false: it only reads."""
        return False

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls("Tokyo Story"),)
