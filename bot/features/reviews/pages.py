"""Pages of a list of reviews, with the buttons that turn them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.clubs.club import SpoilerPolicy
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import Scale
from bot.domain.reviews.review import Review
from bot.domain.words.spoilers import has_spoilers
from bot.features.reviews.commands import OneReviewCommand, ReviewsCommand
from bot.features.reviews.writing.writing import edit_form
from bot.features.talk.commands import TakeBackCommand
from bot.messages.phrases import counted, origin, review_spans, verdict
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Reply,
    Style,
)
from bot.messages.spans import Plain, Span
from bot.messages.visibility import Visibility
from bot.request.context import Context
from bot.request.lookup.films import reference

PAGE = 5
"""Reviews on one page."""


class ReviewEntry(NamedTuple):
    """A review with its heading: the author's name, or the film's, and then perhaps the author's behind it."""

    review: Review
    name: Span
    by: Span | None = None


def own_page(
    entries: Sequence[ReviewEntry],
    films: Mapping[FilmId, Film],
    command: ReviewsCommand,
    context: Context,
) -> Reply:
    """List a page of the member's own reviews, each with its form and a button that deletes it."""
    fold = _folds(command, context)
    items = []
    for each, *_ in entries[(command.page - 1) * PAGE : command.page * PAGE]:
        film, what = films[each.film_id], verdict(each, context.member.scale)
        words = review_spans(each, fold=fold)
        lines = ((Plain(what),) if what else (), words)
        delete = Button("Delete…", TakeBackCommand(reference(film)), Style.DANGER)
        actions = () if each.critic else (edit_form(each), delete)
        shown = tuple(line for line in lines if line)
        items.append(FilmItem(film.film_id, film.title, film.year, shown, actions))
    return _page(
        "Your reviews", [FilmList(tuple(items), numbered=False)], entries, command, context
    )


def entries_page(
    title: str,
    entries: Sequence[ReviewEntry],
    command: ReviewsCommand,
    context: Context,
    more: Sequence[Action],
) -> Reply:
    """Lay out a page of reviews as quotations; `more`: actions before those that turn the page."""
    page = entries[(command.page - 1) * PAGE : command.page * PAGE]
    fold = _folds(command, context)
    shown = [_entry(each, context.member.scale, fold=fold) for each in page]
    return _page(title, shown, entries, command, context, more)


def single(
    entry: ReviewEntry,
    film: Film,
    command: OneReviewCommand,
    context: Context,
    actions: Sequence[Action],
) -> Reply:
    """Lay out one review, under its film; `actions`: what can be done next."""
    fold = _folds(command, context)
    review = entry.review
    show: tuple[Action, ...] = ()
    if fold and (review.spoiler or has_spoilers(review.text)):
        unfolded = replace(command, unfolded=True, turned=True)
        show = (Button("Show spoilers", unfolded, unfolds=True),)
    blocks: tuple[Block, ...] = (
        Heading((Plain(film.label),)),
        _entry(entry, context.member.scale, fold=fold),
        Actions((*show, *actions)),
    )
    return Reply(blocks, f"A review of {film.label}.", Visibility.ONLY_YOU)


def _folds(command: ReviewsCommand | OneReviewCommand, context: Context) -> bool:
    return context.club.spoilers is not SpoilerPolicy.OFF and not command.unfolded


def _page(
    title: str,
    shown: Sequence[Block],
    entries: Sequence[ReviewEntry],
    command: ReviewsCommand,
    context: Context,
    more: Sequence[Action] = (),
) -> Reply:
    """Lay out one page of reviews, with what turns it."""
    page = entries[(command.page - 1) * PAGE : command.page * PAGE]
    fold = _folds(command, context)
    blocks: list[Block] = [Heading((Plain(title),)), *shown]
    pages = -(-len(entries) // PAGE)
    if pages > 1:
        blocks.append(Footnote((Plain(f"Page {command.page} of {pages}, newest first."),)))
    folded = fold and any(each.spoiler or has_spoilers(each.text) for each, *_ in page)
    actions = [*more, *_turning(command, pages, folded=folded)]
    if actions:
        blocks.append(Actions(tuple(actions)))
    return Reply(tuple(blocks), f"{title}: {counted(len(entries), 'review')}.", Visibility.ONLY_YOU)


def _entry(entry: ReviewEntry, scale: Scale, *, fold: bool) -> Block:
    review, name, by = entry
    what = verdict(review, scale)
    source: tuple[Span, ...] = (name, Plain(f" · {what}")) if what else (name,)
    source += (Plain(" · "), by) if by else ()
    source += origin(review)
    words = review_spans(review, fold=fold)
    return Quote(words, source) if words else Paragraph(source)


def _turning(command: ReviewsCommand, pages: int, *, folded: bool) -> Iterator[Action]:
    command = replace(command, turned=True)
    if folded:
        yield Button("Show spoilers", replace(command, unfolded=True), unfolds=True)
    if command.page > 1:
        yield Button("Newer", replace(command, page=command.page - 1))
    if command.page < pages:
        yield Button("Older", replace(command, page=command.page + 1))
