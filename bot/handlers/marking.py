"""What members have seen, and what is never to be suggested to them."""

from dataclasses import replace

from bot.commands import MarkFilm
from bot.context import Context
from bot.domain.clubs import Mark, MarkKind
from bot.domain.errors import NotFound
from bot.handlers.card import write_form
from bot.handlers.phrases import said, titled
from bot.ports import UnitOfWork
from bot.replies import Button, Reply


async def mark(command: MarkFilm, context: Context, work: UnitOfWork) -> Reply:
    """Mark a film as seen or never to be suggested; the same button takes it back."""
    film = await work.films.get(command.film_id)
    if film is None:
        raise NotFound("That film is not in the catalogue any more.")
    kind = MarkKind(command.mark)
    me = context.member.member_id
    back = Button("Undo", replace(command, remove=not command.remove))
    if command.remove:
        await work.marks.remove(me, film.film_id, kind)
        return said("Took that back: ", titled(film), " may come up again.", actions=(back,))
    await work.marks.put(Mark(me, film.film_id, kind, context.now))
    if kind is MarkKind.SEEN:
        await work.marks.remove(me, film.film_id, MarkKind.WATCHLIST)
        return said("Marked ", titled(film), " as seen.", actions=(back, write_form(film)))
    return said("I won't suggest ", titled(film), " to you again.", actions=(back,))
