"""Reading and writing reviews: which of the two a command means, and the paged list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands import Review as ReviewCommand
from bot.commands import Reviews
from bot.context import Context
from bot.domain.clubs import Club, Member, SpoilerPolicy
from bot.domain.errors import NotFound
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.domain.ratings import Scale
from bot.domain.reviews import Review
from bot.handlers.card import club_card, is_blind, write_form
from bot.handlers.drafts import unfinished
from bot.handlers.finding import find
from bot.handlers.members import member_named
from bot.handlers.phrases import author, counted, review_spans, said, titled, verdict
from bot.handlers.writing import ask_to_save, edit_form, write
from bot.ports import UnitOfWork
from bot.replies import (
    Action,
    Actions,
    Block,
    Button,
    Footnote,
    Heading,
    Plain,
    Quote,
    Reply,
    Span,
    Visibility,
)
from bot.taste import roster_of

PAGE = 5
"""Reviews on one page."""


async def review(command: ReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the club's card, or save a review, or ask which of the two is meant."""
    if command.unsure:
        return await ask_to_save(command, context, work)
    if command.writes:
        return await write(command, context, work)
    if not command.film.strip():
        return await unfinished(context, work)
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    return await club_card(found, command, context, work)


async def reviews(command: Reviews, context: Context, work: UnitOfWork) -> Reply:
    """List the reviews of a film, of a member, or one's own, a page at a time."""
    if command.film:
        return await _of_film(command, context, work)
    member = context.member
    if command.member:
        member = await member_named(command.member, work)
    return await _of_member(command, member, context, work)


async def _of_film(command: Reviews, context: Context, work: UnitOfWork) -> Reply:
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    film = found.film
    if await is_blind(film, context, work):
        raise NotFound(
            f"The reviews of {film.label} unlock for you once you rate it or have seen it."
        )
    me = context.member.member_id
    every = [each for each in await work.reviews.of_film(film.film_id) if each.readable_by(me)]
    if not every:
        return said("No reviews of ", titled(film), " yet.", actions=(write_form(film),))
    roster = await roster_of(work)
    shown = [
        Quote(
            _words(each, context.club), _signature(each, author(each, roster), context.member.scale)
        )
        for each in _page(every, command.page)
    ]
    own = [edit_form(each) for each in every if each.member_id == me and not each.critic]
    return _paged(f"Reviews of {film.label}", shown, every, command, own)


async def _of_member(command: Reviews, member: Member, context: Context, work: UnitOfWork) -> Reply:
    me = context.member.member_id
    every = [
        each for each in await work.reviews.of_member(member.member_id) if each.readable_by(me)
    ]
    mine = member.member_id == me
    if not every:
        who = "You have" if mine else f"{member.name} has"
        return said(f"{who} not reviewed anything yet. Try /review and a film's title.")
    films = await work.films.many([each.film_id for each in every])
    shown = [
        Quote(
            _words(each, context.club),
            _signature(each, _film_name(each, films), context.member.scale),
        )
        for each in _page(every, command.page)
        if mine or not await is_blind(films[each.film_id], context, work)
    ]
    title = "Your reviews" if mine else f"Reviews by {member.name}"
    return _paged(title, shown, every, command, [])


def _film_name(review: Review, films: Mapping[FilmId, Film]) -> Span:
    film = films.get(review.film_id)
    return titled(film) if film else Plain(review.film_id)


def _words(review: Review, club: Club) -> tuple[Span, ...]:
    fold = club.spoilers is not SpoilerPolicy.OFF
    return review_spans(review, fold=fold) or (Plain("(no words)"),)


def _signature(review: Review, name: Span, scale: Scale) -> tuple[Span, ...]:
    what = verdict(review, scale)
    return (name, Plain(f" · {what}")) if what else (name,)


def _page(every: Sequence[Review], number: int) -> Sequence[Review]:
    return every[(number - 1) * PAGE : number * PAGE]


def _paged(
    title: str,
    shown: Sequence[Block],
    every: Sequence[Review],
    command: Reviews,
    more: Sequence[Action],
) -> Reply:
    pages = -(-len(every) // PAGE)
    blocks: list[Block] = [Heading((Plain(title),)), *shown]
    actions = [*more]
    if command.page > 1:
        actions.append(Button("Newer", replace(command, page=command.page - 1)))
    if command.page < pages:
        actions.append(Button("Older", replace(command, page=command.page + 1)))
    if pages > 1:
        blocks.append(Footnote((Plain(f"Page {command.page} of {pages}, newest first."),)))
    if actions:
        blocks.append(Actions(tuple(actions)))
    return Reply(tuple(blocks), f"{title}: {counted(len(every), 'review')}.", Visibility.ONLY_YOU)
