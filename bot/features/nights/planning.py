"""Planning of nights: where and when one may be held, by which rules; and the nights of a season."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError
from bot.domain.films import Film
from bot.domain.ids import NightId
from bot.domain.nights import Night, Rule, Stage
from bot.domain.visibility import Visibility
from bot.features.nights.commands import NightCommand, PlanSeasonCommand
from bot.features.nights.grammar import split_time
from bot.features.nights.planned import announce, plan_reminders
from bot.features.nights.stages import AFTERWARDS, length_of
from bot.grammar.wall_times import after_wait, read_when
from bot.messages.commands import Command
from bot.messages.phrases import counted, sharer
from bot.messages.replies import (
    Block,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Plain,
    Reply,
    Usage,
    When,
)
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_SOONEST, _FURTHEST = timedelta(minutes=10), timedelta(days=180)
_EIGHT = time(20)
"""Hour of a night of which only the day was said."""

MOST_WEEKS = 8
"""Weeks from one night of a season to the next, at most."""

AHEAD = timedelta(days=3)
"""How long before it a night of a season is announced."""


def check_place(context: Context) -> None:
    """Raise UsageError where a night cannot be announced."""
    caller = context.caller
    if caller.place == caller.direct:
        raise UsageError("Nobody else reads here. Plan the night in the club's channel.")
    if not caller.may_post:
        raise UsageError(
            "I may not write in this channel. Let me write here first, then try again."
        )


def read_start(typed: str, example: Command, context: Context) -> tuple[datetime, str]:
    """Return the instant (UTC) that a text begins with, and the rest; UsageError shows an example."""
    zone = context.club.zone
    local = context.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    when, rest = split_time(typed, local, context.region)
    if not when:
        raise UsageError("When? Say it so: ", Usage(example), ".")
    starts_at = read_when(when, context.now, zone, _EIGHT, context.region, evening=True)
    if not _SOONEST <= starts_at - context.now <= _FURTHEST:
        raise UsageError(
            "A night begins in ten minutes at the soonest, in half a year at the latest."
        )
    return starts_at, rest


async def inherited(command: NightCommand, context: Context, work: UnitOfWork) -> Night:
    """Return a new night with the rules of the last one, where the command does not change them."""
    former = next(iter(await work.nights.past(1)), None)
    return Night(
        NightId(context.ids.new()),
        context.member.member_id,
        context.caller.place,
        context.now,
        context.now,
        rule=command.rule or (former.rule if former else Rule.SUM),
        quorum=max(command.quorum or (former.quorum if former else 1), 1),
        fair=(former.fair if former else True) if command.fair is None else command.fair,
    )


async def plan_season(command: PlanSeasonCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a night for each film, decided already; each is announced three days before."""
    check_place(context)
    found = await work.films.many(command.films)
    films = [found[each] for each in command.films if each in found]
    if not films:
        raise UsageError("These films are not in the catalogue any more. Ask for a season again.")
    if not 1 <= command.weeks <= MOST_WEEKS:
        raise UsageError(f"One week to {MOST_WEEKS} lie between two nights. Name another number.")
    starts_at, _ = read_start(command.when, NightCommand("new", when="friday at 8"), context)
    first = await inherited(NightCommand("new"), context, work)
    nights: list[Night] = []
    for place, film in enumerate(films):
        gap = timedelta(weeks=command.weeks * place)
        at = after_wait(starts_at, gap, context.club.zone)
        night = replace(
            first,
            night_id=NightId(context.ids.new()),
            starts_at=at,
            stage=Stage.DECIDED,
            until=at + length_of(film) + AFTERWARDS,
            films=(film.film_id,),
            film_id=film.film_id,
            how="chosen for the season",
        )
        await work.nights.save(night)
        await announce(night, context, work, max(context.now, at - AHEAD))
        await plan_reminders(night, context, work)
        nights.append(night)
    return _planned(nights, films, context)


def _planned(nights: Sequence[Night], films: Sequence[Film], context: Context) -> Reply:
    items = tuple(
        FilmItem(
            film.film_id, film.title, film.year, ((When(night.starts_at, context.club.zone),),)
        )
        for night, film in zip(nights, films, strict=True)
    )
    told = f"A season of {counted(len(items), 'night')}"
    note = Footnote((Plain("I announce each here three days before it."),))
    blocks: tuple[Block, ...] = (
        Heading((Plain(told),)),
        FilmList(items),
        note,
        sharer(context.member),
    )
    return Reply(blocks, f"{told}, from {films[0].title} on.", Visibility.CLUB)
