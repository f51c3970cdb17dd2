"""Planning of nights: place, time, rules, and the nights of a season."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.ids import NightId
from bot.domain.nights import UNDECIDED, Night, Rule, Stage
from bot.features.nights.commands import NightCommand, PlanSeasonCommand
from bot.features.nights.grammar import read_standing, split_times
from bot.features.nights.schedule.planned import announce, plan_reminders
from bot.features.nights.schedule.stages import AFTERWARDS, length_of
from bot.features.nights.schedule.times import AHEAD, check_start, dates_end, with_dates
from bot.features.nights.showing.view import absent_button, dates_button, nomination_form
from bot.features.nights.taking_part.guests import blank_part
from bot.language.grammar.time_words import read_time_words
from bot.language.grammar.wall_times import after_wait, read_when
from bot.messages.phrases import counted, said, sharer
from bot.messages.replies import (
    Block,
    Button,
    FilmItem,
    FilmList,
    Footnote,
    Form,
    Heading,
    Reply,
    Style,
)
from bot.messages.spans import Plain, Usage, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_EIGHT = time(20)
"""Hour of a night that was planned by its day alone."""

MOST_SLOTS = 10
"""Most slots of a night."""

NEW = NightCommand("new")

MOST_WEEKS = 8
"""Most weeks from one night of a season to the next."""

_AT_ONCE = 3
"""Most open nights of a club."""


async def plan_night(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a night, and announce it here."""
    club = context.club
    check_place(context)
    if not command.when:
        forms = (planning_form(command), rules_form(command))
        return said("When is the film night?", actions=forms, asks=True)
    planned = await work.nights.open()
    if sum(each.stage in UNDECIDED for each in planned) >= _AT_ONCE:
        raise UsageError(f"{_AT_ONCE} nights are planned already. Cancel one of them first.")
    night = await inherited(command, context, work)
    typed = ", ".join(each for each in (command.when, command.wish) if each)
    every, typed = read_standing(typed)
    slots, rest = read_slots(typed, context)
    if every and len(slots) > 1:
        raise UsageError("A standing night has one time. Name the first one.")
    night = replace(night, starts_at=slots[0], wish=rest, every=every)
    if len(slots) > 1:
        return await _ask_when(night, slots, context, work)
    night = with_dates(night, context.now)
    await work.nights.save(night)
    await work.nights.save_guest(blank_part(night, context))  # who plans a night comes
    await announce(night, context, work)
    await plan_reminders(night, context, work)
    again = f", and {_every(every)} from then on" if every else ""
    return said(
        "Film night on ",
        When(night.starts_at, club.zone),
        f"{again}. I say so here, and take nominations until ",
        When(night.until or night.starts_at, club.zone),
        ".",
        actions=(
            nomination_form(night),
            absent_button(night),
            Button(
                "Cancel it",
                NightCommand("cancel", night=night.night_id),
                Style.DANGER,
                settles=True,
            ),
        ),
    )


def planning_form(command: NightCommand = NEW) -> Form:
    """Return the form that plans a night: when it begins, and what the films should be like."""
    return Form("Plan a film night", command, ("when", "wish"))


def rules_form(command: NightCommand = NEW) -> Form:
    """Return the form that plans a night with rules of its own: as many fields as every platform has room for."""
    return Form("Plan one by other rules", command, ("when", "rule", "quorum", "blind", "fair"))


def _every(weeks: int) -> str:
    return "every week" if weeks == 1 else f"every {weeks} weeks"


async def _ask_when(
    night: Night, slots: Sequence[datetime], context: Context, work: UnitOfWork
) -> Reply:
    """Plan a night with slots, among which members choose."""
    ordered = sorted(set(slots))
    night = replace(
        night,
        stage=Stage.DATING,
        starts_at=ordered[0],
        slots=tuple(each.isoformat() for each in ordered),
        until=dates_end(context.now, ordered[0]),
    )
    await work.nights.save(night)
    await announce(night, context, work)
    return said(
        f"I ask here which of {len(ordered)} times suits most, until ",
        When(night.until or ordered[0], context.club.zone),
        ".",
        actions=(
            dates_button(night),
            Button(
                "Cancel it",
                NightCommand("cancel", night=night.night_id),
                Style.DANGER,
                settles=True,
            ),
        ),
    )


def check_place(context: Context) -> None:
    """Raise UsageError where a night cannot be announced."""
    caller = context.caller
    if caller.place == caller.direct:
        raise UsageError("Nobody else reads here. Plan the night in the club's channel.")
    if not caller.may_post:
        raise UsageError(
            "I may not write in this channel. Let me write here first, then try again."
        )


def read_slots(typed: str, context: Context) -> tuple[list[datetime], str]:
    """Split times off the beginning of a text; return them as instants (UTC), and the rest. Raises UsageError."""
    zone = context.club.zone
    local = context.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    times, rest = split_times(typed, local, context.region)
    if not times:
        example = Usage(NightCommand("new", when="friday at 8"))
        raise UsageError("When? Say it so: ", example, ".")
    if len(times) > MOST_SLOTS:
        raise UsageError(f"Name {MOST_SLOTS} times at most.")
    slots: list[datetime] = []
    for each in times:
        words = read_time_words(each, local, context.region)
        if slots and words and words.day is None and words.wait is None:  # an hour of the same day
            each = f"{slots[-1].astimezone(ZoneInfo(zone)).date()} {each}"  # noqa: PLW2901 - said in full
        slots.append(read_when(each, context.now, zone, _EIGHT, context.region, evening=True))
    return [check_start(each, context.now) for each in slots], rest


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
        blind=(former.blind if former else True) if command.blind is None else command.blind,
        event=_event(command, former, context),
        rotate=bool(former and former.rotate) if command.rotate is None else command.rotate,
    )


def _event(command: NightCommand, former: Night | None, context: Context) -> bool:
    """Return whether a night is to be one of the server's events. UsageError where it was asked for in vain."""
    possible = context.caller.events
    if command.event is None:
        return bool(former and former.event and possible)
    if command.event and possible is None:
        raise UsageError(
            "There are no events here that I could add to. The calendar file does it: ",
            Usage(NightCommand("calendar")),
            ".",
        )
    if command.event and not possible:
        raise UsageError(
            "I may not create events in this server. Whoever runs it can let me: Server Settings, Roles, "
            "my role, Create Events. Then say it again."
        )
    return command.event


async def plan_season(command: PlanSeasonCommand, context: Context, work: UnitOfWork) -> Reply:
    """Plan a night for each film of a season, already decided; each is announced `AHEAD` of it."""
    check_place(context)
    found = await work.films.many(command.films)
    films = [found[each] for each in command.films if each in found]
    if not films:
        raise UsageError("These films are not in the catalogue any more. Ask for a season again.")
    if not 1 <= command.weeks <= MOST_WEEKS:
        raise UsageError(f"One week to {MOST_WEEKS} lie between two nights. Name another number.")
    (starts_at, *_), _rest = read_slots(command.when, context)
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
