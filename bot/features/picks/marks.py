"""Marks on films: seen, or never to be suggested."""

from dataclasses import replace

from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.films.film import Film
from bot.features.picks.commands import MarkFilmCommand, MarkTitleCommand
from bot.messages.commands import Command
from bot.messages.phrases import joined, said, titled, undo_button
from bot.messages.replies import Action, Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import film_by_id, find, look_up_each
from bot.views.film_card import write_form

_LABEL = 70
"""Characters of a button's label."""


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
    if command.others:
        return await _mark_several(command, context, work)
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    return MarkFilmCommand(found.film.film_id, command.mark)


async def _mark_several(command: MarkTitleCommand, context: Context, work: UnitOfWork) -> Reply:
    """Mark several films; which one is meant by an unclear title is asked for one at a time."""
    marked: list[Film] = []
    actions: list[Action] = []
    titles = (command.film, *command.others)
    for typed, film in await look_up_each(titles, context, work, guess=False):
        if film:
            marking = MarkFilmCommand(film.film_id, command.mark)
            await mark(marking, context, work)
            back = replace(marking, remove=True)
            actions.append(Button(f"Undo {film.title}"[:_LABEL], back))
            marked.append(film)
        else:
            actions.append(
                Button(f"Which “{typed}”?"[:_LABEL], replace(command, film=typed, others=()))
            )
    names = joined([film.label for film in marked])
    done = (
        f"Marked {names} as seen."
        if command.mark == MarkKind.SEEN
        else f"I won't suggest {names} to you again."
    )
    return said(done if marked else "Which films do you mean?", actions=tuple(actions))
