"""Nominations for the next vote: one film or several, taken back, or replaced by another."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.nights import Nomination, Stage
from bot.features.nights.commands import NightCommand
from bot.features.nights.counting.polls import waiting
from bot.features.nights.schedule.planned import follow
from bot.messages.phrases import counted, joined, said, titled, undo_button
from bot.messages.replies import Action, Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import Found, find, look_up, look_up_each, reference

MOST_NOMINATIONS = 2
"""Most nominations of one member at a time."""


async def nominate(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Nominate a film for the next vote, or withdraw a nomination."""
    if command.others:
        return await _nominate_several(command, context, work)
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film, me = found.film, context.member.member_id
    mine = await _own(context, work)
    if command.action == "withdraw":
        if not await _is_mine(film, context, work):
            raise NotFound(f"You have not nominated {film.label}.")
        await work.nights.withdraw(film.film_id, me)
        await _follow_all(context, work)
        back = undo_button(NightCommand("nominate", reference(film)))
        return said(titled(film), " is not nominated by you any more.", actions=(back,))
    if film.film_id in mine:
        return said("You have nominated ", titled(film), " already.")
    if command.instead:
        return await _replace(command.instead, film, context, work)
    if len(mine) >= MOST_NOMINATIONS:
        return await _too_many(film, mine, work)
    return await _nominated(film, context, work)


async def _own(context: Context, work: UnitOfWork) -> list[FilmId]:
    """Return the films that the member has nominated, and that are not decided for a night already."""
    me = context.member.member_id
    return [each.film_id for each in await waiting(work) if each.member_id == me]


async def _is_mine(film: Film, context: Context, work: UnitOfWork) -> bool:
    """Tell whether the member nominated a film, also one that is decided by now."""
    pairs = [(each.member_id, each.film_id) for each in await work.nights.nominations()]
    return (context.member.member_id, film.film_id) in pairs


async def _nominated(film: Film, context: Context, work: UnitOfWork) -> Reply:
    there = await waiting(work)
    await work.nights.nominate(Nomination(context.member.member_id, film.film_id, context.now))
    await _follow_all(context, work)
    others = sum(each.film_id == film.film_id for each in there)
    also = f" {counted(others, 'other')} did, too." if others else ""
    late = await _late(work)
    back = undo_button(NightCommand("withdraw", reference(film)))
    return said("Nominated: ", titled(film), f".{also}{late}", actions=(back,))


async def _replace(typed: str, film: Film, context: Context, work: UnitOfWork) -> Reply:
    """Nominate a film in the place of another one of the member's."""
    found = await look_up(typed, context, work, guess=True)
    if not isinstance(found, Found) or found.film.film_id not in await _own(context, work):
        named = found.film.label if isinstance(found, Found) else typed
        raise NotFound(f"You have not nominated {named}.")
    me = context.member.member_id
    await work.nights.withdraw(found.film.film_id, me)
    await work.nights.nominate(Nomination(me, film.film_id, context.now))
    await _follow_all(context, work)
    late = await _late(work)
    undo = NightCommand("nominate", reference(found.film), instead=reference(film))
    return said(
        "Nominated: ",
        titled(film),
        ", instead of ",
        titled(found.film),
        f".{late}",
        actions=(undo_button(undo),),
    )


async def _nominate_several(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Nominate several films, as many as there is room for; what is not clear of them is asked for one at a time."""
    mine = await _own(context, work)
    found = await look_up_each((command.film, *command.others), context, work, guess=False)
    meant = [film for _, film in found if film and film.film_id not in mine]
    unclear = [typed for typed, film in found if film is None]
    room = max(MOST_NOMINATIONS - len(mine), 0)
    for film in meant[:room]:
        await work.nights.nominate(Nomination(context.member.member_id, film.film_id, context.now))
    await _follow_all(context, work)
    actions: list[Action] = [
        Button(f"Which {each}?"[:70], NightCommand("nominate", each)) for each in unclear
    ]
    actions += [
        Button(f"Take back {each.title}"[:70], NightCommand("withdraw", reference(each)))
        for each in meant[:room]
    ]
    names, left = (joined([each.label for each in part]) for part in (meant[:room], meant[room:]))
    told = (
        f"Nominated: {names}.{await _late(work)}" if names else "You have nominated them already."
    )
    if left:
        told = f"{told if names else ''} {MOST_NOMINATIONS} films each, so not {left}."
    if unclear:
        told = f"{told if names or left else ''} I'm not sure which film {joined(unclear)} is."
    return said(told.strip(), actions=actions)


async def _late(work: UnitOfWork) -> str:
    nights = await work.nights.open()
    if nights and all(each.stage is not Stage.NOMINATING for each in nights):
        return " The vote has begun already, so it waits for the next night."
    return "" if nights else " It waits for the next film night."


async def _too_many(new: Film, mine: Sequence[FilmId], work: UnitOfWork) -> Reply:
    """Offer to nominate a film in the place of one of the member's own."""
    films = await work.films.many(mine)
    buttons = tuple(
        Button(
            f"Instead of {film.title}"[:70],
            NightCommand("nominate", reference(new), instead=reference(film)),
        )
        for film in films.values()
    )
    asked = said(
        f"{MOST_NOMINATIONS} films each. Nominate ",
        titled(new),
        " instead of one of yours?",
        actions=buttons,
    )
    return replace(asked, asks=True)


async def _follow_all(context: Context, work: UnitOfWork) -> None:
    for each in await work.nights.open():
        if each.stage is Stage.NOMINATING:
            await follow(each, context, work)
