"""The commands of the films feature."""

from bot.features.films.add import add_film
from bot.features.films.commands import FilmCommand
from bot.lookup.commands import AddFilmCommand
from bot.request.registration import Feature, Registration
from bot.views.film_card import film_card

FILMS = Feature(
    commands=(Registration(FilmCommand, film_card), Registration(AddFilmCommand, add_film))
)
