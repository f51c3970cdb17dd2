"""Watchlists: shown, changed, and compared between members."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.errors import NotFound
from bot.domain.films.film import Film
from bot.domain.ids import MemberId
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.phrases import counted, joined, said, titled, undo_button
from bot.messages.replies import Block, Button, FilmItem, Form, Heading, Reply, Style
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, look_up_each, reference
from bot.request.lookup.members import company
from bot.views.film_facts import byline
from bot.views.picks import openable


async def watchlist(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show or change a member's watchlist, or show what several members want to see."""
    match command.action:
        case "add" | "remove":
            return await _change(command, context, work)
        case "overlap":
            return await _overlap(command, context, work)
    if command.film:
        return await _is_listed(command, context, work)
    return await _show(context, work)


async def _is_listed(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    """Say whether a film is on the member's list, with the button that changes it."""
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    marks = await _wanted([context.member.member_id], work)
    there = any(each.film_id == found.film.film_id for each in marks)
    named = reference(found.film)
    change = Button("Take it off", WatchlistCommand("remove", named), settles=True)
    if not there:
        change = Button("Add it", WatchlistCommand("add", named), Style.PRIMARY, settles=True)
    whole = Button("My watchlist", WatchlistCommand())
    told = " is on your watchlist." if there else " is not on your watchlist."
    return said(titled(found.film), told, actions=(change, whole))


async def _add_several(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    """Add several films; what is not clear of them is told, and asked for one at a time."""
    found = await look_up_each((command.film, *command.others), context, work, guess=False)
    added = [film for _, film in found if film]
    unclear = [typed for typed, film in found if film is None]
    for film in added:
        mark = Mark(context.member.member_id, film.film_id, MarkKind.WATCHLIST, context.now)
        await work.marks.put(mark)
    asks = [Button(f"Which {each}?"[:70], WatchlistCommand("add", each)) for each in unclear]
    takes = [
        Button(f"Take off {film.title}"[:70], WatchlistCommand("remove", reference(film)))
        for film in added
    ]
    names = joined([film.label for film in added])
    told = f"{names} {'is' if len(added) == 1 else 'are'} on your watchlist." if added else ""
    asked = f" I'm not sure which film {joined(unclear)} is." if unclear else ""
    return said(f"{told}{asked}".strip(), actions=(*asks, *takes))


async def _change(command: WatchlistCommand, context: Context, work: UnitOfWork) -> Reply:
    if command.others:
        return await _add_several(command, context, work)
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
        return said(
            f"No film is on more than one list of {joined(list(names.values()))}. A watchlist is shown to "
            "its owner alone; I tell what stands on several."
        )
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
