"""Commands of programmes: films on the way between two, and a season for the coming nights."""

from dataclasses import dataclass

from bot.messages.commands import Command, Kind, option
from bot.messages.visibility import Visibility

MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class BridgeCommand(Command, name="bridge", reads_only=True, visibility=Visibility.CLUB):
    """Find films on the way between two, each like the one before it, with a why."""

    first: str = option(Kind.FILM, "the film to begin with", "", label="From")
    last: str = option(Kind.FILM, "the film to arrive at", "", label="To")
    count: int = option(Kind.NUMBER, "how many films between them, 1 to 5", 3)

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls("Paddington 2", "All of Us Strangers"), cls("Alien", "Carol", 2))

    def usage(self) -> tuple[str, str]:
        """Return both titles in quotes, and the number where it is another than usual."""
        titles = [f'"{each}"' for each in (self.first, self.last) if each]
        return self.name, " ".join([*titles, *([str(self.count)] if self.count != 3 else [])])


@dataclass(frozen=True, slots=True)
class SeasonCommand(Command, name="season", reads_only=True, visibility=Visibility.CLUB):
    """Put together a season for the club: a varied programme that rises, for a wish in your words."""

    wish: str = option(Kind.WORDS, "what it is about: grief and ghosts, under 130m", "")
    count: int = option(Kind.NUMBER, "how many films, 2 to 12", 6)

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls("grief and ghosts, under 130m"), cls("heists", 4))

    def usage(self) -> tuple[str, str]:
        """Return the wish, and the number where it is another than usual."""
        return self.name, " ".join(
            [self.wish, *([f"{self.count} films"] if self.count != 6 else [])]
        ).strip()
