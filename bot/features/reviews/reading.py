"""Handlers of `/review`, which reads or writes, and of the paged list `/reviews`."""

from dataclasses import replace

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import MarkKind, Member
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.film import Film
from bot.features.picks.commands import MarkFilmCommand
from bot.features.reviews.announcement import share
from bot.features.reviews.commands import (
    EVERYONE,
    OWN,
    FoldReviewCommand,
    MakePrivateCommand,
    OneReviewCommand,
    ReviewCommand,
    ReviewsCommand,
)
from bot.features.reviews.pages import ReviewEntry, entries_page, own_page, single
from bot.features.reviews.questions.asking import ask_to_correct, ask_to_save
from bot.features.reviews.seen import leaning_to, nobody_leans
from bot.features.reviews.writing.withdrawing import fold, make_private
from bot.features.reviews.writing.writing import edit_form, write
from bot.features.talk.commands import TakeBackCommand
from bot.messages.phrases import author, heard, said, titled
from bot.messages.replies import Action, Button, Reply
from bot.messages.spans import Channel, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.drafts import UNFINISHED, left_unfinished, unfinished
from bot.request.lookup.films import find, reference
from bot.request.lookup.members import member_named
from bot.request.sharing import ask_where, check_is_new, shared_place
from bot.views.access import access_of, may_read_review
from bot.views.film_card import club_card, write_form

_LATEST_FILMS = 25
"""Films spoken of last whose reviews are listed for the whole club."""


async def review(command: ReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the club's card, or save a review, or ask which of the two is meant."""
    if command.trouble:
        return await ask_to_correct(command, context, work)
    if command.unsure or command.confirm:
        return await ask_to_save(command, context, work)
    if command.flags_alone and command.private:
        return await make_private(MakePrivateCommand(command.film), context, work)
    if command.flags_alone:
        return await fold(FoldReviewCommand(command.film), context, work)
    if command.writes:
        return await write(command, context, work)
    if not command.film.strip():
        return await unfinished(context, work)
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    return await club_card(found, command, context, work)


async def one_review(command: OneReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show one review to one member, as far as it is open to them."""
    me = context.member.member_id
    found = await work.reviews.get(command.review_id)
    film = await work.films.get(found.film_id) if found and found.readable_by(me) else None
    if found is None or film is None:
        raise NotFound("That review is no longer here to be read.")
    card = Button("Show the club's card", ReviewCommand(reference(film)))
    access = await access_of(me, context.club, work)
    if not may_read_review(found, me, access):
        seen = Button("Seen it", MarkFilmCommand(film.film_id, MarkKind.SEEN))
        locked = " unlock for you once you rate it or have seen it."
        return said("The reviews of ", titled(film), locked, actions=(write_form(film), seen, card))
    roster = await roster_of(work)
    who = author(found, roster)
    mine = found.member_id == me and not found.critic
    delete = Button("Delete…", TakeBackCommand(reference(film)), settles=True)
    own = (edit_form(found), delete) if mine else ()
    entry = ReviewEntry(heard(found, roster, me), who)
    return single(entry, film, command, context, (*own, card))


async def reviews(command: ReviewsCommand, context: Context, work: UnitOfWork) -> Reply:
    """List the reviews of a film, of a member, or one's own, a page at a time."""
    if command.share:
        return await _shared(command, context, work)
    if command.member.casefold() == EVERYONE and not command.film:
        return await _latest(command, context, work)
    member = context.member
    if command.member and command.member.casefold() != OWN:
        member = await member_named(command.member, context, work)
    if command.film:
        by = member if command.member else None
        return await _of_film(command, by, context, work)
    return await _of_member(command, member, context, work)


async def _shared(command: ReviewsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the member's own review of a film where they are, as long as it is there to be read."""
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    own = await work.reviews.by(context.member.member_id, found.film.film_id)
    if own is None or not own.shared:
        raise NotFound(f"You have no review of {found.film.label} that the club may read.")
    place = shared_place(command.to, context)
    if place is None:
        return ask_where(lambda to: replace(command, to=to), context)
    here = context.caller.place == place
    if here and not context.caller.may_post:
        raise UsageError("I may not write in this channel. Those who run this club can let me in.")
    check_is_new(command, context)
    await share(own, place, context, work)
    where = (" follows here.",) if here else (" follows in ", Channel(place), ".")
    return said("Shared: your review of ", titled(found.film), *where)


async def _of_film(
    command: ReviewsCommand, by: Member | None, context: Context, work: UnitOfWork
) -> Reply:
    """List the reviews of a film, all of them or those of one member."""
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    film = found.film
    access = await access_of(context.member.member_id, context.club, work)
    if not access.may_read(film.film_id):
        raise NotFound(
            f"The reviews of {film.label} unlock for you once you rate it or have seen it."
        )
    me = context.member.member_id
    every = [each for each in await work.reviews.of_film(film.film_id) if each.readable_by(me)]
    if by is not None:
        every = [each for each in every if each.member_id == by.member_id and not each.critic]
    if not every:
        return _none(film, by, context)
    if command.leaning and not (every := leaning_to(every, command.leaning)):
        return nobody_leans(command.leaning, titled(film))
    roster = await roster_of(work)
    entries = [ReviewEntry(heard(each, roster, me), author(each, roster)) for each in every]
    own: list[Action] = []
    for each in every:
        if each.member_id == me and not each.critic:
            own += (edit_form(each), Button("Delete…", TakeBackCommand(f"id:{film.film_id}")))
    title = f"Who {command.leaning} {film.label}" if command.leaning else f"Reviews of {film.label}"
    return entries_page(title, entries, command, context, own)


def _none(film: Film, by: Member | None, context: Context) -> Reply:
    """Say that there is no such review, with what else can be read or written."""
    read = Button("Show the club's card", ReviewCommand(reference(film)))
    if by is None:
        return said("No reviews of ", titled(film), " yet.", actions=(write_form(film),))
    if by.member_id == context.member.member_id:
        return said("You have no review of ", titled(film), ".", actions=(write_form(film), read))
    return said("No review of ", titled(film), f" by {by.name}.", actions=(read,))


async def _of_member(
    command: ReviewsCommand, member: Member, context: Context, work: UnitOfWork
) -> Reply:
    me = context.member.member_id
    mine = member.member_id == me
    every = await work.reviews.of_member(member.member_id)
    every = leaning_to(every, command.leaning) if command.leaning else every
    films = await work.films.many([each.film_id for each in every])
    access = await access_of(me, context.club, work)
    roster = await roster_of(work)
    entries: list[ReviewEntry] = [
        ReviewEntry(heard(each, roster, me), titled(films[each.film_id]))
        for each in every
        if may_read_review(each, me, access) and each.film_id in films
    ]
    left = await left_unfinished(context, work) if mine and command.page == 1 else ()
    if not entries and left:
        return Reply(left, UNFINISHED, Visibility.ONLY_YOU, asks=True)
    if not entries and command.leaning:
        return said(f"No rating by {member.name} says so, of those that you may read.")
    if not entries:
        if not mine:
            unseen = (
                " Those of films that you have not seen unlock once you have."
                if access.locks
                else ""
            )
            return said(f"{member.name} has nothing here that you can read yet.{unseen}")
        return said(
            "You have nothing here to read yet. Write with ",
            Usage(ReviewCommand()),
            " and a film's title.",
        )
    if mine:
        own = own_page(entries, films, command, context)
        return replace(own, blocks=(*own.blocks[:1], *left, *own.blocks[1:]))
    title = (
        f"What {member.name} {command.leaning}" if command.leaning else f"Reviews by {member.name}"
    )
    return entries_page(title, entries, command, context, [])


async def _latest(command: ReviewsCommand, context: Context, work: UnitOfWork) -> Reply:
    """List what the club wrote and rated of the films spoken of last, the newest first."""
    me = context.member.member_id
    access = await access_of(me, context.club, work)
    roster = await roster_of(work)
    film_ids = await work.reviews.latest_films(_LATEST_FILMS)
    films = await work.films.many(film_ids)
    every = [
        each
        for film_id in film_ids
        for each in await work.reviews.of_film(film_id)
        if film_id in films and may_read_review(each, me, access)
    ]
    if not every:
        return said("Nobody has written or rated anything here yet that you may read.")
    every.sort(key=lambda each: each.changed_at, reverse=True)
    entries = [
        ReviewEntry(heard(each, roster, me), titled(films[each.film_id]), author(each, roster))
        for each in every
    ]
    return entries_page("Latest reviews of the club", entries, command, context, [])
