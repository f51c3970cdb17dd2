"""A pick that is opened: its card with why it was picked, and all that can be done with it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ids import FilmId
from bot.features.picks.commands import RecommendCommand
from bot.lookup.films import film_by_id, reference
from bot.messages.replies import Button, FilmItem, FilmList, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.opened_film import opened_film
from bot.views.picks import openable


def pick_list(items: Sequence[FilmItem], command: RecommendCommand) -> FilmList:
    """Return picks of which each can be opened, by whoever reads them."""
    return openable(items, replace(command, share=False, shown=()), "opened")


async def opened_pick(
    command: RecommendCommand, items: Sequence[FilmItem], context: Context, work: UnitOfWork
) -> Reply:
    """Return the card of the one pick; `items` holds its lines, if the wish still finds it."""
    film = await film_by_id(FilmId(command.opened), work)
    context.speak_of(film.film_id)
    unlike = (*command.unlike, reference(film))
    less = Button("Less of this", replace(command, opened="", unlike=unlike))
    why = items[0].lines if items else ()
    return await opened_film(film, why, (less,), context, work)
