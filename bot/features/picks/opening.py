"""A pick that is opened: its card with why it was picked, and all that can be done with it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.picks.commands import RecommendCommand
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, FilmItem, FilmList, Footnote, Paragraph, Reply
from bot.messages.spans import Plain
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import film_by_id, reference
from bot.views.opened_film import opened_film
from bot.views.picks import openable


def pick_list(items: Sequence[FilmItem], command: RecommendCommand) -> FilmList:
    """Return picks of which each can be opened, by whoever reads them."""
    return openable(items, replace(command, share=False, shown=()), "opened")


async def opened_pick(
    command: RecommendCommand,
    items: Sequence[FilmItem],
    mode: str,
    context: Context,
    work: UnitOfWork,
) -> Reply:
    """Return the card of the one pick, or only its reason; `items` holds its lines, if the wish still finds it.

    `mode` says what the picks go by.
    """
    film = await film_by_id(FilmId(command.opened), work)
    context.speak_of(film.film_id)
    _note_shown(command, film, context)
    if command.reason:
        return _reason_told(film, command, items, mode)
    unlike = (*command.unlike, reference(film))
    less = Button("Less of this", replace(command, opened="", unlike=unlike))
    why = items[0].told if items else ()
    return await opened_film(film, why, (less,), context, work)


def _note_shown(command: RecommendCommand, film: Film, context: Context) -> None:
    """Note the pick for who opens one of a list that was made for another: `why this one?` means it."""
    last = context.last_picks
    if last is None or film.film_id not in last.shown:
        context.show_picks(replace(command, opened="", reason=False), (film.film_id,))


def _reason_told(
    film: Film, command: RecommendCommand, items: Sequence[FilmItem], mode: str
) -> Reply:
    """Tell why one film was picked, and what all the picks go by, which is all where nothing stands out."""
    lines = items[0].told if items else ()
    nothing = (Plain("Nothing in it stands out: it came next of what fits."),)
    show = Button("Show it", replace(command, reason=False))
    reply = said("I picked ", titled(film), ":", actions=(show,))
    head, *buttons = reply.blocks
    told = tuple(Paragraph(each) for each in lines or (nothing,))
    return replace(reply, blocks=(head, *told, Footnote((Plain(mode),)), *buttons))
