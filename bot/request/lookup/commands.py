"""The command of the form for a film that the catalogue lacks."""

from dataclasses import dataclass

from bot.domain.ids import DraftId, FilmId
from bot.features.choosing.commands import ChooseCommand
from bot.features.club.commands import ModerateCommand
from bot.features.films.commands import FilmCommand
from bot.features.merging.commands import MergeFilmCommand
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import MarkTitleCommand
from bot.features.releases.commands import ReleasesCommand, RemindCommand
from bot.features.reviews.commands import (
    RateCommand,
    ReviewCommand,
    ReviewsCommand,
    SaveCritiqueCommand,
    SeenByCommand,
)
from bot.features.talk.commands import AskAboutFilmCommand, TakeBackCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class AddFilmCommand(Command, name="add-film", opened_by="film"):
    """Add a film that Matinee does not know, for this club alone, or correct one added before.

    With a draft, what the member was doing goes on with the film.
    """

    title: str = option(Kind.TEXT, "the title, as your club says it", "")
    year: int | None = option(Kind.NUMBER, "the year it came out", None)
    director: str = option(Kind.TEXT, "who directed it; several with commas", "")
    line: str = option(
        Kind.TEXT, "what it is about, in a sentence or two", "", label="What it is about"
    )
    draft: DraftId | None = None
    film_id: FilmId | None = None


NamesFilm = (
    ReviewCommand
    | ReviewsCommand
    | SaveCritiqueCommand
    | SeenByCommand
    | FilmCommand
    | ReleasesCommand
    | RemindCommand
    | WatchlistCommand
    | ModerateCommand
    | MergeFilmCommand
    | MarkTitleCommand
    | RateCommand
    | AskAboutFilmCommand
    | TakeBackCommand
    | NightCommand
    | ChooseCommand
)
"""Commands about one film, named in their field `film` as it was typed."""
