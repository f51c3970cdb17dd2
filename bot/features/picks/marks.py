"""Marks on films: seen, or never to be suggested."""

from dataclasses import replace

from bot.domain.clubs import Mark, MarkKind
from bot.features.picks.commands import MarkFilmCommand, MarkTitleCommand
from bot.lookup.films import film_by_id, find
from bot.messages.commands import Command
from bot.messages.phrases import said, titled, undo_button
from bot.messages.replies import Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.film_card import write_form


async def mark(command: MarkFilmCommand, context: Context, work: UnitOfWork) -> Reply:
    """Mark a film as seen or never to be suggested; the same button takes it back."""
    film = await film_by_id(command.film_id, work)
    kind = MarkKind(command.mark)
    me = context.member.member_id
    back = undo_button(replace(command, remove=not command.remove))
    if command.remove:
        await work.marks.remove(me, film.film_id, kind)
        return said("Took that back: ", titled(film), " may come up again.", actions=(back,))
    await work.marks.put(Mark(me, film.film_id, kind, context.now))
    if kind is MarkKind.SEEN:
        await work.marks.remove(me, film.film_id, MarkKind.WATCHLIST)
        return said("Marked ", titled(film), " as seen.", actions=(back, write_form(film)))
    return said("I won't suggest ", titled(film), " to you again.", actions=(back,))


async def mark_title(
    command: MarkTitleCommand, context: Context, work: UnitOfWork
) -> Reply | Command:
    """Find the film, then mark it; a title that is only near is asked about."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    return MarkFilmCommand(found.film.film_id, command.mark)
