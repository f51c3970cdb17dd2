"""Parts of one's own page: the diary, and the marks, each of which can be taken back."""

from dataclasses import replace
from datetime import date

from bot.domain.clubs.club import MarkKind
from bot.domain.reviews.diary import viewings
from bot.domain.reviews.ratings import show_rating
from bot.domain.reviews.review import Review
from bot.features.members.commands import MeCommand
from bot.features.picks.commands import MarkFilmCommand
from bot.messages.phrases import counted
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Day, Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context

PAGE = 9
"""Films on one page."""

_MARKS = {MarkKind.SEEN: "Seen", MarkKind.NEVER: "Never to be suggested"}


async def diary(command: MeCommand, context: Context, work: UnitOfWork) -> Reply:
    """List one's viewings, newest first; a film that was seen again stands there each time."""
    entries: list[Review] = []
    for review in await work.reviews.of_member(context.member.member_id):
        if review.rewatch and not review.critic:
            entries += viewings([*await work.reviews.versions(review.review_id), review])
        elif not review.critic:
            entries.append(review)
    entries.sort(key=lambda each: (not _dayless(each), _day(each), each.changed_at), reverse=True)
    shown = entries[_of_page(command.page)]
    films = await work.films.many([each.film_id for each in shown])
    items = tuple(
        FilmItem(film.film_id, film.title, film.year, (_entry(each, context),))
        for each in shown
        if (film := films.get(each.film_id))
    )
    empty = "Your diary is empty. It fills with your reviews."
    return _paged("Your diary", items, len(entries), command, empty, "viewing")


async def marks(command: MeCommand, context: Context, work: UnitOfWork) -> Reply:
    """List one's marks but the watchlist, newest first, each with a button that takes it back."""
    found = [
        each for each in await work.marks.of([context.member.member_id]) if each.kind in _MARKS
    ]
    shown = found[_of_page(command.page)]
    films = await work.films.many([each.film_id for each in shown])
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            ((Plain(_MARKS[each.kind]),),),
            (Button("Take back", MarkFilmCommand(film.film_id, each.kind, remove=True)),),
        )
        for each in shown
        if (film := films.get(each.film_id))
    )
    return _paged("Your marks", items, len(found), command, "You have marked no film.", "mark")


def _day(review: Review) -> date:
    return review.watched_on or review.changed_at.date()


def _dayless(review: Review) -> bool:
    return review.undated and not review.watched_on


def _entry(review: Review, context: Context) -> tuple[Span, ...]:
    """Word one viewing: its day, its rating, whether it was not the first, or was not finished."""
    told = [show_rating(review.rating, context.member.scale)] if review.rating else []
    told += ["rewatch"] if review.rewatch else []
    told += ["did not finish"] if review.abandoned else []
    day: tuple[Span, ...] = (Day(_day(review)),)
    if _dayless(review):
        day = (Plain("on a day not told"),)
    elif not review.watched_on:
        day = (Plain("written on "), *day)
    return (*day, Plain("".join(f" · {each}" for each in told)))


def _of_page(page: int) -> slice:
    return slice((page - 1) * PAGE, page * PAGE)


def _paged(
    title: str,
    items: tuple[FilmItem, ...],
    count: int,
    command: MeCommand,
    empty: str,
    noun: str,
) -> Reply:
    blocks: list[Block] = [Heading((Plain(title),))]
    blocks.append(FilmList(items, numbered=False) if items else Paragraph((Plain(empty),)))
    pages = -(-count // PAGE)
    turning = []
    if pages > 1:
        blocks.append(Footnote((Plain(f"Page {command.page} of {pages}, newest first."),)))
    if command.page > 1:
        turning.append(Button("Newer", replace(command, page=command.page - 1)))
    if command.page < pages:
        turning.append(Button("Older", replace(command, page=command.page + 1)))
    blocks.append(Actions((*turning, Button("Your page", MeCommand()))))
    return Reply(tuple(blocks), f"{title}: {counted(count, noun)}.", Visibility.ONLY_YOU)
