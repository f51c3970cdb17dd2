"""The commands about one film: its card, the card that a member opens, and all that is known of it."""

from dataclasses import dataclass

from bot.domain.ids import FilmId
from bot.messages.commands import Command, Kind, option
from bot.messages.visibility import Visibility


@dataclass(frozen=True, slots=True)
class FilmCommand(Command, name="film", reads_only=True, visibility=Visibility.CLUB):
    """Show a film's card: people, facts, what the club thinks, where and when it comes out.

    `where`: it was asked where the film can be watched; `parts`: which parts its series has. `region`: the
    country whose days were asked for.
    """

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    where: bool = False
    parts: bool = False
    region: str = ""

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls("Tokyo Story"),)


@dataclass(frozen=True, slots=True)
class OpenFilmCommand(Command, name="open", reads_only=True, opened_by="film"):
    """Open a film of a list for one member, with all that they can do with it."""

    film_id: FilmId


@dataclass(frozen=True, slots=True)
class FilmDetailsCommand(Command, name="details", reads_only=True, opened_by="film"):
    """Show all that is known of a film and said of it, to one member."""

    film_id: FilmId
