"""Titles that a live source is asked about before a command is carried out."""

from bot.catalogue.live.lookup import COMING, LONGEST_ASKED
from bot.catalogue.titles.index import TitleIndex
from bot.catalogue.titles.links import Source, film_link
from bot.domain.regions import region_code
from bot.features.films.commands import FilmCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import ReleasesCommand, RemindCommand
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.messages.commands import Command

_GUESSED = ReviewCommand | ReviewsCommand | FilmCommand | RecommendCommand
"""Commands that, when only reading, show the likeliest film at once."""


def wanted(command: Command, titles: TitleIndex, region: str) -> str | None:
    """Return the title, number or address that a source should be asked for; None: no need.

    For a reminder of a known film, `id:...` asks for its release dates; for a list of releases,
    `coming:GB` asks for the films that come out in its region, else the club's.
    """
    if isinstance(command, ReleasesCommand) and not command.writes:
        return f"{COMING}{region_code(command.region) if command.region else region}"
    if isinstance(command, RemindCommand) and (only := titles.resolve(command.film).only):
        return f"id:{only.film_id}"
    named = (
        command.like if isinstance(command, RecommendCommand) else (getattr(command, "film", ""),)
    )
    unknown = (each.strip() for each in named if _is_unknown(each.strip(), command, titles))
    return next(unknown, None)


def _is_unknown(typed: str, command: Command, titles: TitleIndex) -> bool:
    if not typed or len(typed) > LONGEST_ASKED:
        return False
    if link := film_link(typed):
        known = link.source in {Source.OWN, Source.SHORT} or titles.by_id(typed) is not None
        return not known
    match = titles.resolve(typed)
    if match.exact:
        return False
    guessed = isinstance(command, _GUESSED) and not command.writes
    return not (guessed and match.likely)
