"""The commands of the films feature."""

from bot.features.films.add import add_film
from bot.features.films.commands import FilmCommand, FilmDetailsCommand, OpenFilmCommand
from bot.features.films.opening import film_details, open_film
from bot.request.lookup.commands import AddFilmCommand
from bot.request.registration import Feature, Registration
from bot.views.film_card import film_card

FILMS = Feature(
    commands=(
        Registration(FilmCommand, film_card),
        Registration(OpenFilmCommand, open_film),
        Registration(FilmDetailsCommand, film_details),
        Registration(AddFilmCommand, add_film),
    )
)
