"""The commands of the films feature."""

from bot.features.films.add import add_film
from bot.features.films.commands import FilmCommand, MergeFilmCommand, PartFilmCommand
from bot.features.films.grammar import parse_merge
from bot.features.films.merge import merge, part
from bot.lookup.commands import AddFilmCommand
from bot.request.registration import Feature, Registration
from bot.views.film_card import film_card

FILMS = Feature(
    commands=(
        Registration(FilmCommand, film_card),
        Registration(MergeFilmCommand, merge, parse_merge),
        Registration(AddFilmCommand, add_film),
        Registration(PartFilmCommand, part),
    )
)
