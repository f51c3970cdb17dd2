"""The commands about one film: its card, the card that a member opens, and all that is known of it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.ids import FilmId
from bot.domain.visibility import Visibility
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class FilmCommand(Command):
    """Show a film's card: people, facts, what the club thinks, where and when it comes out.

    `where`: it was asked where the film can be watched. `region`: the country whose days were asked for.
    """

    name: ClassVar[str] = "film"
    reads_only: ClassVar[bool] = True
    visibility: ClassVar[Visibility] = Visibility.CLUB

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    where: bool = False
    region: str = ""

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls("Tokyo Story"),)


@dataclass(frozen=True, slots=True)
class OpenFilmCommand(Command):
    """Open a film of a list for one member, with all that they can do with it."""

    name: ClassVar[str] = "open"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "film"

    film_id: FilmId


@dataclass(frozen=True, slots=True)
class FilmDetailsCommand(Command):
    """Show all that is known of a film and said of it, to one member."""

    name: ClassVar[str] = "details"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "film"

    film_id: FilmId
