"""Add a film for this club alone, then go on with what the member was doing."""

from bot.features.films.commands import FilmCommand
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.commands import RecallCommand
from bot.request.context import Context
from bot.request.lookup.adding import save_film
from bot.request.lookup.commands import AddFilmCommand
from bot.request.lookup.films import reference


async def add_film(command: AddFilmCommand, context: Context, work: UnitOfWork) -> Command:
    """Save the film; return the interrupted command, or else the film's card, to go on with."""
    film = await save_film(command, context, work)
    if command.draft:
        return RecallCommand(command.draft, reference(film))
    return FilmCommand(reference(film))
