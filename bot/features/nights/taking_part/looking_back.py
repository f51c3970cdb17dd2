"""Looking back at nights: results, ledger, history, picture, calendar file."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from zoneinfo import ZoneInfo

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import MarkKind
from bot.domain.ids import FilmId
from bot.domain.nights import TO_BE_WATCHED, UNDECIDED, Night, NightGuest, Stage
from bot.domain.reviews.ratings import show_rating
from bot.features.nights.commands import NightCommand
from bot.features.nights.counting.ledger import balances, weights
from bot.features.nights.counting.polls import coming, earlier
from bot.features.nights.schedule.stages import length_of
from bot.features.nights.showing.calendar import night_entry
from bot.features.nights.showing.card import result_card
from bot.features.nights.showing.reveal import reveal
from bot.features.nights.showing.reveal_card import rated_by, reveal_alt, reveal_card
from bot.features.nights.showing.view import view_of
from bot.features.nights.taking_part.which import the_night
from bot.features.picks.commands import MarkFilmCommand
from bot.messages.calendars import MEDIA_TYPE, calendar_file
from bot.messages.phrases import counted, said
from bot.messages.plain_text import long_day
from bot.messages.replies import (
    Block,
    Button,
    Document,
    Field,
    Fields,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import Access, access_of
from bot.views.drawing import MEDIA_TYPE as PICTURE

_LEAST_SHOWN = 0.05
"""Smallest balance that the ledger shows as a figure."""

SHOWN = 10
"""Past nights in the history."""


async def look_back(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer `/night result`, `ledger`, `history`, `calendar`, `picture` and `ratings`."""
    match command.action:
        case "result":
            return await _result(command, context, work)
        case "ledger":
            return await _ledger(work)
        case "history":
            return await _history(context, work)
        case "picture":
            return await _ratings(command, context, work, drawn=True)
        case "ratings":
            return await _ratings(command, context, work, drawn=False)
    night = await the_night(command.night, context, work, *TO_BE_WATCHED)
    return await _calendar(night, context, work)


async def _result(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    if command.night or await work.nights.open():
        night = await the_night(command.night, context, work)
    else:
        past = await work.nights.past(1)
        night = past[0] if past else await the_night(command.night, context, work)
    if night.stage in UNDECIDED:
        return said("Nothing is decided yet, and ballots stay private until then.")
    films = await work.films.many(night.films)
    return result_card(await view_of(night, work), films)


async def _ratings(
    command: NightCommand, context: Context, work: UnitOfWork, *, drawn: bool
) -> Reply:
    """Answer with the ratings once these have been told, in words or drawn."""
    past = await work.nights.past(1)
    night = await the_night(command.night, context, work) if command.night else None
    night = night or (past[0] if past else None)
    view = await view_of(night, work) if night and night.stage is Stage.TOLD else None
    rated = rated_by(view) if view else []
    if view is None or view.film is None or not rated:
        return said(
            f"There {'is no picture' if drawn else 'are no ratings'} yet: ratings are shown together, "
            "the day after a film night."
        )
    access = await _access_to(view.film.film_id, view.guests, context, work)
    if not access.may_read(view.film.film_id):
        back = MarkFilmCommand(view.film.film_id, MarkKind.SEEN)
        return said(
            "This club keeps scores until one has seen the film. Mark it as seen first.",
            actions=(Button("I have seen it", back),),
        )
    if not drawn:
        return reveal(view, access)
    svg, alt = reveal_card(view, rated), reveal_alt(view, rated)
    picture = Document("film-night.svg", PICTURE, svg, alt)
    return Reply((picture,), alt, access.visibility(view.film.film_id))


async def _access_to(
    film_id: FilmId, guests: Sequence[NightGuest], context: Context, work: UnitOfWork
) -> Access:
    """Return the member's access, in which who came to the night of a film has seen it."""
    access = await access_of(context.member.member_id, context.club, work)
    came = context.member.member_id in {each.member_id for each in coming(guests)}
    return replace(access, seen=access.seen | {film_id}) if came else access


async def _ledger(work: UnitOfWork) -> Reply:
    balance = balances(*await earlier(work))
    roster = await roster_of(work)
    known = [each for each in balance if each in roster]
    if not known:
        return said("The ledger is empty: it notes who gave way, once a vote has been counted.")
    weighed = weights(balance, known)
    rows = tuple(
        Field(
            roster[each].name,
            (Plain(f"{_given(balance[each])}; the next ballot weighs {weighed[each]:.2f}"),),
        )
        for each in sorted(known, key=lambda each: -balance[each])
    )
    note = Footnote(
        (
            Plain(
                "1 means a night that was all against one's wishes; older nights count less. Without this: "
            ),
            Usage(NightCommand("new", when="friday at 8", fair=False)),
        )
    )
    blocks: tuple[Block, ...] = (Heading((Plain("Who gave way"),)), Fields(rows), note)
    return Reply(blocks, f"Who gave way: {counted(len(rows), 'member')}.", Visibility.ONLY_YOU)


def _given(balance: float) -> str:
    return f"gave up {balance:.1f}" if balance >= _LEAST_SHOWN else "gave up nothing"


async def _history(context: Context, work: UnitOfWork) -> Reply:
    past = await work.nights.past(SHOWN)
    films = await work.films.many([each.film_id for each in past if each.film_id])
    guests = coming(await work.nights.guests([each.night_id for each in past]))
    access = await access_of(context.member.member_id, context.club, work)
    items: list[FilmItem] = []
    for night in past:
        if night.film_id is None or night.film_id not in films:
            continue
        there = [each for each in guests if each.night_id == night.night_id]
        ratings = [each.rating for each in there if each.rating is not None]
        day = long_day(night.starts_at.astimezone(ZoneInfo(context.club.zone)).date())
        came = context.member.member_id in {each.member_id for each in there}
        told = ratings and (came or access.may_read(night.film_id))
        verdict = f" · {show_rating(round(fmean(ratings)))}" if told else ""
        film = films[night.film_id]
        line = (Plain(f"{day} · {counted(len(there), 'guest')}{verdict}"),)
        items.append(FilmItem(film.film_id, film.title, film.year, (line,)))
    if not items:
        return said("No film night has been held to its end yet.")
    blocks: tuple[Block, ...] = (
        Heading((Plain("Past film nights"),)),
        FilmList(tuple(items), numbered=False),
    )
    return Reply(blocks, f"{counted(len(items), 'past film night')}.", Visibility.ONLY_YOU)


async def _calendar(night: Night, context: Context, work: UnitOfWork) -> Reply:
    film = await work.films.get(night.film_id) if night.film_id else None
    club = context.club
    entry = night_entry(night, film, club.name, club.zone, context.now, length_of(film))
    text = calendar_file("Film nights", [entry], context.now)
    file = Document("film-night.ics", MEDIA_TYPE, text)
    told = Paragraph((Plain("Open the file to put the film night into your calendar."),))
    return Reply((told, file), "The film night as a calendar file.", Visibility.ONLY_YOU)
