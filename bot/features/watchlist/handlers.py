"""Watchlists: shown, changed, and compared between members."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.clubs import Mark, MarkKind
from bot.domain.errors import NotFound
from bot.domain.films import Film
from bot.domain.ids import MemberId
from bot.domain.visibility import Visibility
from bot.features.watchlist.commands import WatchlistCommand
from bot.lookup.films import find, reference
from bot.lookup.members import company
from bot.messages.phrases import counted, joined, said, titled, undo_button
from bot.messages.replies import Block, FilmItem, Form, Heading, Plain, Reply, Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.film_facts import byline
from bot.views.picks import openable


async def watchlist(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show or change a member's watchlist, or show what several members want to see."""
    match command.action:
        case "add" | "remove":
            return await _change(command, context, work)
        case "overlap":
            return await _overlap(command, context, work)
    return await _show(context, work)


async def _change(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film, me = found.film, context.member.member_id
    if command.action == "add":
        await work.marks.put(Mark(me, film.film_id, MarkKind.WATCHLIST, context.now))
        back = undo_button(WatchlistCommand("remove", reference(film)))
        return said(titled(film), " is on your watchlist.", actions=(back,))
    if not await work.marks.remove(me, film.film_id, MarkKind.WATCHLIST):
        raise NotFound(f"{film.label} is not on your watchlist.")
    back = undo_button(WatchlistCommand("add", reference(film)))
    return said(titled(film), " is off your watchlist.", actions=(back,))


async def _show(context: Context, work: UnitOfWork) -> Reply:
    marks = await _wanted([context.member.member_id], work)
    if not marks:
        add = Form("Add a film", WatchlistCommand("add"), ("film",))
        return said("Your watchlist is empty.", actions=(add,))
    films = await work.films.many([mark.film_id for mark in marks])
    items = tuple(_item(films[mark.film_id]) for mark in marks if mark.film_id in films)
    return _list("Your watchlist", items)


async def _overlap(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    members = await company(command.members or ("everyone",), context, work)
    names = {member.member_id: member.name for member in members}
    if len(members) < 2:
        return said(
            "Whose lists? Name members: ",
            Usage(WatchlistCommand("overlap", members=("ben", "cleo"))),
            ".",
        )
    marks = await _wanted(list(names), work)
    wishes = Counter(mark.film_id for mark in marks)
    shared = [film_id for film_id, count in wishes.most_common() if count > 1]
    if not shared:
        return said(f"No film is on more than one list of {joined(list(names.values()))}.")
    films = await work.films.many(shared)
    items = tuple(
        _item(films[film_id], [names[m.member_id] for m in marks if m.film_id == film_id])
        for film_id in shared
    )
    return _list("On more than one list", items)


async def _wanted(member_ids: Sequence[MemberId], work: UnitOfWork) -> list[Mark]:
    marks = await work.marks.of(member_ids)
    return [mark for mark in marks if mark.kind is MarkKind.WATCHLIST]


def _item(film: Film, names: Sequence[str] = ()) -> FilmItem:
    lines = ((Plain(f"Wanted by {joined(names)}"),),) if names else ()
    return FilmItem(film.film_id, film.title, film.year, lines, byline=byline(film))


def _list(title: str, items: tuple[FilmItem, ...]) -> Reply:
    blocks: tuple[Block, ...] = (Heading((Plain(title),)), openable(items))
    return Reply(blocks, f"{title}: {counted(len(items), 'film')}.", Visibility.ONLY_YOU)
