"""Taking part in a night: come or not, nominate, veto, vote, rate."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.clubs import Mark, MarkKind
from bot.domain.errors import NotFound, UsageError
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.domain.nights import FINE, NOT_TONIGHT, YES_PLEASE, Night, NightGuest, Nomination, Stage
from bot.domain.visibility import Visibility
from bot.features.nights import stages
from bot.features.nights.commands import BallotCommand, NightCommand, RateAlongCommand
from bot.features.nights.grammar import read_ballot
from bot.features.nights.messages import rate_form, vote_button
from bot.features.nights.planned import follow, remind_to_vote, save
from bot.features.nights.polls import coming, guests_of, vetoed
from bot.features.nights.stages import RoomPicks
from bot.features.nights.which import the_night
from bot.features.picks.commands import MarkFilmCommand
from bot.lookup.films import find, reference
from bot.messages.phrases import counted, said, titled
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    FilmItem,
    FilmList,
    Footnote,
    Form,
    Heading,
    Option,
    Plain,
    Reply,
    Usage,
)
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.registration import Handler

MOST_NOMINATIONS = 2
"""Films that one member can have nominated at a time."""

_LEVELS = {YES_PLEASE: "Yes please", FINE: "Fine", NOT_TONIGHT: "Not tonight"}


async def my_part(night: Night, context: Context, work: UnitOfWork) -> NightGuest | None:
    """Return the member's part in a night, if they have said anything."""
    me = context.member.member_id
    return next((each for each in await guests_of(night, work) if each.member_id == me), None)


def _blank(night: Night, context: Context) -> NightGuest:
    return NightGuest(
        night.night_id,
        context.member.member_id,
        coming=True,
        direct=context.caller.direct,
        at=context.now,
    )


async def answer(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Note that the member comes, or cannot."""
    night = await the_night(command.night, context, work)
    if not night.open:
        raise UsageError("That night is over.")
    guest = await my_part(night, context, work) or _blank(night, context)
    guest = replace(guest, coming=command.action == "in", direct=context.caller.direct)
    await work.nights.save_guest(guest)
    await follow(night, context, work)
    if not guest.coming:
        back = Button("I'm in after all", NightCommand("in", night=night.night_id))
        return said("A pity. Your ballot does not count, then.", actions=(back,))
    await remind_to_vote(night, guest, context, work)
    actions: list[Action] = []
    if night.stage is Stage.NOMINATING:
        actions.append(Form("Nominate", NightCommand("nominate", night=night.night_id), ("film",)))
    if night.stage is Stage.VOTING and not guest.ballot:
        actions.append(vote_button(night))
    actions.append(Button("Can't", NightCommand("out", night=night.night_id)))
    return said("You're in.", actions=actions)


async def nominate(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Nominate a film for the next vote, or take a nomination back."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film, me = found.film, context.member.member_id
    there = await work.nights.nominations()
    mine = [each for each in there if each.member_id == me]
    is_mine = any(each.film_id == film.film_id for each in mine)
    if command.action == "withdraw":
        if not is_mine:
            raise NotFound(f"You have not nominated {film.label}.")
        await work.nights.withdraw(film.film_id, me)
        await _follow_all(context, work)
        back = Button("Undo", NightCommand("nominate", reference(film)))
        return said(titled(film), " is not nominated by you any more.", actions=(back,))
    if is_mine:
        return said("You have nominated ", titled(film), " already.")
    if len(mine) >= MOST_NOMINATIONS:
        return await _too_many([each.film_id for each in mine], work)
    await work.nights.nominate(Nomination(me, film.film_id, context.now))
    await _follow_all(context, work)
    others = sum(each.film_id == film.film_id for each in there)
    also = f" {counted(others, 'other')} did, too." if others else ""
    late = await _late(work)
    back = Button("Undo", NightCommand("withdraw", reference(film)))
    return said("Nominated: ", titled(film), f".{also}{late}", actions=(back,))


async def _late(work: UnitOfWork) -> str:
    nights = await work.nights.open()
    if nights and all(each.stage is not Stage.NOMINATING for each in nights):
        return " The vote has begun already, so it waits for the next night."
    return "" if nights else " It waits for the next film night."


async def _too_many(mine: Sequence[FilmId], work: UnitOfWork) -> Reply:
    films = await work.films.many(mine)
    buttons = tuple(
        Button(f"Take back {film.title}", NightCommand("withdraw", reference(film)))
        for film in films.values()
    )
    return said(f"{MOST_NOMINATIONS} films each: take one of yours back first.", actions=buttons)


async def _follow_all(context: Context, work: UnitOfWork) -> None:
    for each in await work.nights.open():
        if each.stage is Stage.NOMINATING:
            await follow(each, context, work)


async def veto(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Note, for the member alone, that they will not watch a film; two who come take it off."""
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
    back = Button("Undo", MarkFilmCommand(film.film_id, MarkKind.NEVER, remove=True))
    return said(
        "Noted, and nobody else learns of it. Two of those who come take ",
        titled(film),
        " off the ballot. I won't suggest it to you, either.",
        actions=(back,),
    )


# The vote ----------------------------------------------------------------------------------------


async def vote(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the member's private ballot; with numbers, fill it in first."""
    night = await _open_vote(command, context, work)
    guest = await _voter(night, context, work)
    films = await _films(night, work)
    if command.vote:
        loved, against = read_ballot(command.vote, len(films))
        levels = {
            film.film_id: YES_PLEASE
            if number in loved
            else NOT_TONIGHT
            if number in against
            else FINE
            for number, film in enumerate(films, 1)
        }
        guest = await _save_ballot(replace(guest, ballot=levels), night, context, work)
    return _ballot(night, guest, films)


async def ballot(command: BallotCommand, context: Context, work: UnitOfWork) -> Reply:
    """Give one film a level, or without a film empty the ballot; show it."""
    night = await _open_vote(NightCommand("vote", night=command.night), context, work)
    guest = await _voter(night, context, work)
    films = await _films(night, work)
    film_id = FilmId(command.film)
    if command.film and (command.level not in _LEVELS or film_id not in night.films):
        raise UsageError("That film is not on the ballot any more. Vote again.")
    levels = {each.film_id: guest.ballot.get(each.film_id, FINE) for each in films}
    guest = replace(guest, ballot={**levels, film_id: command.level} if command.film else {})
    guest = await _save_ballot(guest, night, context, work)
    return _ballot(night, guest, films)


async def _open_vote(command: NightCommand, context: Context, work: UnitOfWork) -> Night:
    night = await the_night(command.night, context, work)
    match night.stage:
        case Stage.NOMINATING:
            raise UsageError(
                "The vote has not begun yet. Nominate with ",
                Usage(NightCommand("nominate", "Yi Yi")),
                ".",
            )
        case Stage.VOTING if night.until is None or night.until > context.now:
            return night
    raise UsageError("The vote is over.")


async def _voter(night: Night, context: Context, work: UnitOfWork) -> NightGuest:
    """Return the member's part; who votes comes, unless they have said that they cannot."""
    guest = await my_part(night, context, work)
    if guest is not None and not guest.coming:
        raise UsageError(
            "You said that you can't come, and only those who come vote. First: ",
            Usage(NightCommand("in")),
            ".",
        )
    return guest or _blank(night, context)


async def _save_ballot(
    guest: NightGuest, night: Night, context: Context, work: UnitOfWork
) -> NightGuest:
    await work.nights.save_guest(guest)
    await follow(night, context, work)
    return guest


async def _films(night: Night, work: UnitOfWork) -> list[Film]:
    films = await work.films.many(night.films)
    return [replace(films[each], film_id=each) for each in night.films if each in films]


def _ballot(night: Night, guest: NightGuest, films: Sequence[Film]) -> Reply:
    """Return the private ballot: each film with its level, a menu for each level."""
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            ((Plain(_LEVELS[guest.ballot.get(film.film_id, FINE)]),),) if guest.ballot else (),
        )
        for film in films
    )
    options = tuple(Option(film.label, film.film_id) for film in films)
    menus: list[Action] = [
        Choice(_LEVELS[level], options, BallotCommand(night.night_id, level), "film")
        for level in (YES_PLEASE, NOT_TONIGHT)
    ]
    if guest.ballot:
        menus.append(Button("Start over", BallotCommand(night.night_id, FINE)))
    head = "Your ballot" if guest.ballot else "How do you feel about these?"
    told = (
        "Counted as it stands; you can change it until the vote ends. Nobody else sees it."
        if guest.ballot
        else "What you leave alone is fine with you. Nobody else sees your ballot."
    )
    blocks: tuple[Block, ...] = (
        Heading((Plain(head),)),
        FilmList(items),
        Footnote((Plain(f"{told} Or type it: "), Usage(NightCommand("vote", vote="1 3 / 5")))),
        Actions(tuple(menus)),
    )
    return Reply(blocks, f"{head}.", Visibility.ONLY_YOU)


# Rating along ------------------------------------------------------------------------------------


async def ask_rating(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Offer the form to rate the film of the night."""
    night = await the_night(command.night, context, work)
    return said("How was it? Nobody sees it before all do.", actions=(rate_form(night),))


def rate_handler(pick: RoomPicks) -> Handler:
    """Return the handler of a rating: kept in private until all who came have rated."""

    async def rate(command: RateAlongCommand, context: Context, work: UnitOfWork) -> Reply:
        night = await the_night(command.night, context, work)
        if night.stage is not Stage.RATING:
            raise UsageError(
                "Ratings are not open: they are when the film has ended, for a day."
                if night.open
                else "The ratings of that night are told already. Write a review instead."
            )
        if command.rating is None:
            return said(
                "Your rating is missing.", actions=(replace(rate_form(night), command=command),)
            )
        guest = await my_part(night, context, work) or _blank(night, context)
        guest = replace(guest, coming=True, rating=command.rating, text=command.text.strip())
        await work.nights.save_guest(guest)
        there = coming(await guests_of(night, work))
        waiting = [each for each in there if each.rating is None]
        if not waiting:
            await stages.next_stage(night, context, work, pick)
            return said("Thank you. You were the last: I show all ratings in the channel.")
        await follow(night, context, work)
        return said(
            f"Thank you. I show all ratings once everyone who came has rated ({len(waiting)} to go), "
            "or tomorrow.",
            actions=(
                Form("Change it", replace(command, night=night.night_id), ("rating", "text")),
            ),
        )

    return rate
