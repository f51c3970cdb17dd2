"""Private ballot of a member, filled in by menus or by numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, NightId
from bot.domain.nights import FINE, NOT_TONIGHT, YES_PLEASE, Night, NightGuest, Stage
from bot.domain.reviews.ratings import show_rating
from bot.domain.words.patterns import lazy_pattern
from bot.features.nights.commands import BallotCommand, NightCommand, WholeBallotCommand
from bot.features.nights.grammar import read_ballot
from bot.features.nights.schedule.planned import save_part
from bot.features.nights.showing.view import why_line
from bot.features.nights.taking_part.guests import blank_part, my_part
from bot.features.nights.taking_part.which import the_night
from bot.language.grammar.titles import unquoted
from bot.messages.phrases import OR_TYPE_IT, joined
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Option,
    Reply,
)
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.views.taste import tastes
from recommender import predict_ratings

_LEVELS = {YES_PLEASE: "Yes please", FINE: "Fine", NOT_TONIGHT: "Not tonight"}


async def vote(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the member's private ballot; numbers such as `1 3 / 5` are stored first."""
    night = await _open_vote(command.night, context, work)
    guest = await _voter(night, context, work)
    films = await films_on_ballot(night, work)
    if command.vote:
        loved, against = read_ballot(numbered(command.vote, films, context), len(films))
        chosen = dict.fromkeys(loved, YES_PLEASE) | dict.fromkeys(against, NOT_TONIGHT)
        levels = {film.film_id: chosen.get(number, FINE) for number, film in enumerate(films, 1)}
        guest = await save_part(replace(guest, ballot=levels), night, context, work)
    return await _ballot(night, guest, films, context, work)


def numbered(typed: str, films: Sequence[Film], context: Context) -> str:
    """Put the numbers of films in the place of their titles: `Tampopo, Heat / Ran` is `1 3 / 5`.

    UsageError for a title that is not on the ballot.
    """
    loved, slash, against = typed.partition("/")
    sides = [_side(each, films, context) for each in (loved, against)]
    return slash.join(sides) if slash else sides[0]


_PIECES = lazy_pattern(r"\s*(?:[,;&+]|(?<!\w)and(?!\w))\s*", re.IGNORECASE)
_NUMBERS = lazy_pattern(r"(?:[\d\s,;]|\band\b)*", re.IGNORECASE)


def _side(typed: str, films: Sequence[Film], context: Context) -> str:
    typed = typed.strip()
    if _NUMBERS.fullmatch(typed):
        return typed
    if number := _place(typed, films, context, exact=True):
        return str(number)
    pieces = [each for each in _PIECES.split(typed) if each]
    places = [each if each.isdecimal() else _place(each, films, context) for each in pieces]
    if not any(places) and (number := _place(typed, films, context)):
        return str(number)
    for piece, place in zip(pieces, places, strict=True):
        if not place:
            there = joined([film.title for film in films])
            raise UsageError(f"“{piece[:60]}” is not on the ballot. On it are {there}.")
    return " ".join(map(str, places))


def _place(typed: str, films: Sequence[Film], context: Context, *, exact: bool = False) -> int:
    """Return the number on the ballot of the film of a title, or, unless `exact`, of one spelt alike; 0 for none."""
    match = context.titles.resolve(unquoted(typed))
    meant = [each.film_id for each in (match.exact if exact else (*match.exact, *match.near))]
    places = {film.film_id: number for number, film in enumerate(films, 1)}
    return next((places[each] for each in meant if each in places), 0)


async def ballot(command: BallotCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store the level of one film, or without a film empty the ballot; show the ballot."""
    night = await _open_vote(command.night, context, work)
    guest = await _voter(night, context, work)
    films = await films_on_ballot(night, work)
    film_id = FilmId(command.film)
    if command.film and (command.level not in _LEVELS or film_id not in night.films):
        raise UsageError("That film is not on the ballot any more. Vote again.")
    levels = {each.film_id: guest.ballot.get(each.film_id, FINE) for each in films}
    guest = replace(guest, ballot={**levels, film_id: command.level} if command.film else {})
    guest = await save_part(guest, night, context, work)
    return await _ballot(night, guest, films, context, work)


async def whole_ballot(command: WholeBallotCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store a ballot that was filled in at once; show it."""
    night = await _open_vote(command.night, context, work)
    guest = await _voter(night, context, work)
    films = await films_on_ballot(night, work)
    named = {*command.loved, *command.against}
    if not named <= set(night.films) or len(named) < len(command.loved) + len(command.against):
        raise UsageError("The ballot has changed meanwhile. Look at it again: ", _LOOK, ".")
    chosen = dict.fromkeys(command.loved, YES_PLEASE) | dict.fromkeys(command.against, NOT_TONIGHT)
    levels = {film.film_id: chosen.get(film.film_id, FINE) for film in films}
    guest = await save_part(replace(guest, ballot=levels), night, context, work)
    return await _ballot(night, guest, films, context, work)


_LOOK = Usage(NightCommand("vote"))


async def _open_vote(night_id: NightId | None, context: Context, work: UnitOfWork) -> Night:
    night = await the_night(night_id, context, work, Stage.VOTING)
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
    """Return the member's part; a vote counts as coming, unless they said that they cannot."""
    guest = await my_part(night, context, work)
    if guest is not None and not guest.coming:
        raise UsageError(
            "You said that you can't come, and only those who come vote. First: ",
            Usage(NightCommand("in")),
            ".",
        )
    return guest or blank_part(night, context)


async def films_on_ballot(night: Night, work: UnitOfWork) -> list[Film]:
    """Return the films of a vote in the order of their numbers."""
    films = await work.films.many(night.films)
    return [replace(films[each], film_id=each) for each in night.films if each in films]


async def _ballot(
    night: Night, guest: NightGuest, films: Sequence[Film], context: Context, work: UnitOfWork
) -> Reply:
    """Return the private ballot: each film with its level and predicted rating, and a menu for each level."""
    likely = await _likely(films, context, work)
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (
                *(
                    ((Plain(_LEVELS[level]),),)
                    if (level := guest.ballot.get(film.film_id, FINE)) != FINE
                    else ()
                ),
                *(
                    ((Plain(f"Likely {likely[film.film_id]} from you"),),)
                    if film.film_id in likely
                    else ()
                ),
                *why_line(night, film.film_id),
            ),
        )
        for film in films
    )
    options = tuple(Option(film.label, film.film_id) for film in films)
    menus: list[Action] = [
        Choice(_LEVELS[level], options, BallotCommand(night.night_id, level), "film", settles=True)
        for level in (YES_PLEASE, NOT_TONIGHT)
    ]
    refs = tuple(Option(film.label, reference(film)) for film in films)
    menus.append(
        Choice(
            "I won't watch", refs, NightCommand("veto", night=night.night_id), "film", settles=True
        )
    )
    if guest.ballot:
        menus.append(Button("Start over", BallotCommand(night.night_id, FINE), settles=True))
    head = "Your ballot" if guest.ballot else "How do you feel about these?"
    told = (
        "The others are fine with you. You can change it until the vote ends; nobody else sees it."
        if guest.ballot
        else "What you leave alone is fine with you. Nobody else sees your ballot."
    )
    blocks: tuple[Block, ...] = (
        Heading((Plain(head),)),
        FilmList(items),
        Footnote((Plain(f"{told} {OR_TYPE_IT}"), Usage(NightCommand("vote", vote="1 3 / 5")))),
        Actions(tuple(menus)),
    )
    return Reply(blocks, f"{head}.", Visibility.ONLY_YOU)


async def _likely(
    films: Sequence[Film], context: Context, work: UnitOfWork
) -> Mapping[FilmId, str]:
    """Return the predicted ratings of the member, without films that too little is known of."""
    overlay = await context.indexes.of(work, films)
    (profile,) = await tastes([context.member], context.member.member_id, work)
    guesses = predict_ratings(overlay, profile, [film.film_id for film in films])
    return {
        FilmId(film_id): show_rating(round(guess.half_stars), context.member.scale)
        for film_id, guess in guesses.items()
        if guess.is_narrow
    }
