"""Handlers of guests: come or not, veto, rate."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.errors import UsageError
from bot.domain.nights import TO_BE_WATCHED, UNDECIDED, Night, NightGuest, Stage
from bot.domain.words.privacy import asks_for_privacy, plain_requests
from bot.features.nights.commands import InterestCommand, NightCommand, RateAlongCommand
from bot.features.nights.counting.polls import coming, guests_of, vetoed
from bot.features.nights.schedule import stages
from bot.features.nights.schedule.hosts import hand_on, next_host
from bot.features.nights.schedule.planned import follow, remind_to_vote, save, save_part
from bot.features.nights.schedule.stages import RoomPicks
from bot.features.nights.showing.view import absent_button, nomination_form, rate_form, vote_button
from bot.features.nights.taking_part.which import the_night
from bot.features.picks.commands import MarkFilmCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.phrases import said, titled, undo_button
from bot.messages.replies import Action, Button, Form, Reply, Style
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, reference
from bot.request.registration import Handler
from bot.views.access import public_access


async def my_part(night: Night, context: Context, work: UnitOfWork) -> NightGuest | None:
    """Return the member's part in a night; None before their first answer."""
    me = context.member.member_id
    return next((each for each in await guests_of(night, work) if each.member_id == me), None)


def blank_part(night: Night, context: Context) -> NightGuest:
    """Return the part of a member who comes, with nothing else answered."""
    return NightGuest(
        night.night_id,
        context.member.member_id,
        coming=True,
        direct=context.caller.direct,
        at=context.now,
    )


async def answer(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store whether the member comes."""
    night = await the_night(command.night, context, work, *TO_BE_WATCHED)
    if not night.open:
        raise UsageError("That night is over.")
    guest = await my_part(night, context, work) or blank_part(night, context)
    here = command.action == "in"
    guest = replace(
        guest, coming=here, passed=guest.passed and not here, direct=context.caller.direct
    )
    await save_part(guest, night, context, work)
    if not guest.coming:
        back = Button("I'm in after all", NightCommand("in", night=night.night_id), settles=True)
        hosts = await _instead(night, context, work)
        told = " Your ballot does not count, then." if night.stage in UNDECIDED else ""
        return said(f"A pity.{told}{hosts}", actions=(back,))
    await remind_to_vote(night, guest, context, work)
    actions: list[Action] = []
    if night.stage is Stage.NOMINATING:
        actions.append(nomination_form(night))
    if night.stage is Stage.VOTING and not guest.ballot:
        actions.append(vote_button(night))
    actions.append(absent_button(night))
    return said("You're in.", actions=actions)


async def _instead(night: Night, context: Context, work: UnitOfWork) -> str:
    """Let the next member host where hosts take turns and this one cannot come; return who does, in words."""
    me = context.member.member_id
    host = await next_host(night, work) if night.rotate and night.member_id == me else me
    member = await work.members.get(host) if host and host != me else None
    if member is None:
        return ""
    await hand_on(night, member.member_id, context, work)
    return f" {member.name} hosts instead, and you keep your turn."


async def note_interest(command: InterestCommand, context: Context, work: UnitOfWork) -> Reply:
    """Take interest in the event of a night for an answer; what was answered here since stays."""
    night = await work.nights.get(command.night)
    guest = await my_part(night, context, work) if night else None
    if night is None or not night.open or command.interested == bool(guest and guest.interested):
        return said("Done.")
    said_so = command.interested
    guest = replace(guest or blank_part(night, context), coming=said_so, interested=said_so)
    await save_part(guest, night, context, work)
    if guest.coming:
        await remind_to_vote(night, guest, context, work)
    return said("Done.")


async def veto(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store a veto, which nobody else is shown; two of guests who come take the film off the ballot."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film = found.film
    never = Mark(context.member.member_id, film.film_id, MarkKind.NEVER, context.now)
    await work.marks.put(never)
    for night in await work.nights.open():
        if night.stage is Stage.VOTING and film.film_id in await vetoed(night, night.films, work):
            left = tuple(each for each in night.films if each != film.film_id)
            if left:
                await save(replace(night, films=left), context, work)
    back = undo_button(MarkFilmCommand(film.film_id, MarkKind.NEVER, remove=True))
    return said(
        "Noted, and nobody else learns of it. Two of those who come take ",
        titled(film),
        " off the ballot. I won't suggest it to you, either.",
        actions=(back,),
    )


# Rating along ------------------------------------------------------------------------------------


async def ask_rating(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Offer the form to rate the film of the night."""
    night = await the_night(command.night, context, work, Stage.RATING)
    return said("How was it? Nobody sees it before all do.", actions=(rate_form(night),))


def rate_handler(pick: RoomPicks) -> Handler:
    """Return the handler of a rating: kept in private until all who came have rated."""

    async def rate(command: RateAlongCommand, context: Context, work: UnitOfWork) -> Reply:
        night = await the_night(command.night, context, work, Stage.RATING)
        if night.stage is not Stage.RATING and night.open:
            raise UsageError("Ratings are not open: they are when the film has ended, for a day.")
        if night.stage is not Stage.RATING:
            return await _too_late(command, night, context, work)
        if command.rating is None:
            return said(
                "Your rating is missing.", actions=(replace(rate_form(night), command=command),)
            )
        guest = await my_part(night, context, work) or blank_part(night, context)
        text = for_all(command.text)
        guest = replace(guest, coming=True, rating=command.rating, text=text)
        await work.nights.save_guest(guest)
        there = coming(await guests_of(night, work))
        waiting = [each for each in there if each.rating is None]
        if not waiting:
            await stages.next_stage(night, context, work, pick)
            film_id = night.film_id
            kept = film_id is not None and not public_access(context.club).may_read(film_id)
            told = (
                "say in the channel that the ratings are in"
                if kept
                else "show all ratings in the channel"
            )
            return said(f"Thank you. You were the last: I {told}.")
        await follow(night, context, work)
        return said(
            f"Thank you. I show all ratings once everyone who came has rated ({len(waiting)} to go), "
            "or tomorrow.",
            actions=(
                Form("Change it", replace(command, night=night.night_id), ("rating", "text")),
            ),
        )

    return rate


async def _too_late(
    command: RateAlongCommand, night: Night, context: Context, work: UnitOfWork
) -> Reply:
    """Offer to keep a rating that came after all were told as a review."""
    told = "The ratings of that night are told already"
    film = await work.films.get(night.film_id) if night.film_id else None
    if film is None or not (command.rating or command.text):
        raise UsageError(f"{told}. Write a review instead.")
    day = night.starts_at.astimezone(ZoneInfo(context.club.zone)).date()
    review = ReviewCommand(reference(film), command.rating, command.text, watched_on=day)
    asked = said(
        f"{told}. Shall I keep yours as your review of ",
        titled(film),
        "?",
        actions=(Button("Save as review", review, Style.PRIMARY),),
    )
    return replace(asked, asks=True)


def for_all(text: str) -> str:
    """Return words told to all, folded where a flag says so; UsageError for words that are not for all."""
    if asks_for_privacy(text):
        raise UsageError(
            "What you write here is shown to all. Rate without words, and keep "
            "them in a review only for you: ",
            Usage(ReviewCommand("Aftersun", text="My own words.", private=True)),
        )
    found = plain_requests(text.strip())
    return f"||{found.text.replace('||', '')}||" if found.spoiler and found.text else found.text
