"""Composer of due reminders: all of one place and instant in one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.planning import zone_of
from bot.domain.clubs.club import Member
from bot.domain.deliveries import Delivery
from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder
from bot.domain.ids import FilmId, MemberId
from bot.features.releases.commands import SnoozeReminderCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.phrases import joined, release_place, titled
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    FilmItem,
    FilmList,
    Footnote,
    Paragraph,
    Reply,
)
from bot.messages.spans import Day, Mention, Plain, Span, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.lookup.films import reference
from bot.views.film_card import write_form

LATE = timedelta(minutes=10)
"""Delay from which a message says when it was due."""

OLD = timedelta(hours=24)
"""Delay from which reminders are listed as a digest."""


@dataclass(frozen=True, slots=True)
class Due:
    """One film of a reminder message, with the members who asked for it.

    `until`: the instant (UTC) up to which its reminders were due.
    """

    film: Film
    reminder: Reminder
    members: tuple[Mention, ...]
    until: datetime | None


async def reminders_due(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Word all reminders due with a delivery and those folded into it; None if there are none."""
    carried = await work.deliveries.folded_into(delivery.delivery_id)
    reminders = [
        reminder
        for each in (*carried, delivery)
        for reminder in await work.reminders.due(each.place, each.due_at)
    ]
    reminders.sort(key=lambda each: (each.due_at or now, each.created_at))
    films = await work.films.many({each.film_id for each in reminders})
    members = {each.member_id: await work.members.get(each.member_id) for each in reminders}
    dues = _grouped(reminders, films, members)
    if not dues:
        return None
    first = dues[0].reminder
    member = members[first.member_id] if first.direct else None
    zone = zone_of(await work.clubs.get(), member, direct=first.direct)
    today = now.astimezone(ZoneInfo(zone)).date()
    late = now - delivery.due_at
    if len(dues) == 1 and late <= OLD:
        blocks, summary = _one(dues[0], today)
    else:
        blocks, summary = _several(dues, today, old=late > OLD)
    if LATE < late <= OLD:
        blocks.insert(
            -1 if isinstance(blocks[-1], Actions) else len(blocks),
            Footnote((Plain("Late: this was due on "), When(delivery.due_at, zone))),
        )
    visibility = Visibility.ONLY_YOU if first.direct else Visibility.CLUB
    return Reply(tuple(blocks), summary, visibility)


def _grouped(
    reminders: Sequence[Reminder],
    films: dict[FilmId, Film],
    members: dict[MemberId, Member | None],
) -> list[Due]:
    """Group reminders of the same release of the same film, in the order they were set."""
    groups: dict[tuple[object, ...], list[Reminder]] = {}
    for each in reminders:
        if each.film_id in films:
            groups.setdefault(each.release, []).append(each)
    return [
        Due(
            films[group[0].film_id],
            group[0],
            _mentions(group, members),
            max((each.due_at for each in group if each.due_at), default=None),
        )
        for group in groups.values()
    ]


def _mentions(
    group: Sequence[Reminder], members: dict[MemberId, Member | None]
) -> tuple[Mention, ...]:
    ids = dict.fromkeys(each.member_id for each in group)
    return tuple(Mention(each, _name(members.get(each)), notify=True) for each in ids)


def _name(member: Member | None) -> str:
    return member.name if member else "you"


def _one(due: Due, today: date) -> tuple[list[Block], str]:
    own_time = due.reminder.day is None
    spans: tuple[Span, ...] = (
        *_listed(due.members),
        Plain(", about " if own_time else ", "),
        titled(due.film),
        *((Plain(", as you asked."),) if own_time else (Plain(" "), *is_out(due.reminder, today))),
        *(() if own_time else (Plain("."),)),
    )
    actions = (*_actions(due, alone=True), write_form(due.film))
    return [Paragraph(spans), Actions(actions)], plain(spans)


def _several(dues: Sequence[Due], today: date, *, old: bool) -> tuple[list[Block], str]:
    """List the films, each with its members unless all are for the same."""
    everyone = tuple(dict.fromkeys(each for due in dues for each in due.members))
    shared = all(len(due.members) == len(everyone) for due in dues)
    what = " this came due while I was away:" if old else " films you wanted to hear of:"
    lead: tuple[Span, ...] = (*_listed(everyone), Plain(f",{what}"))
    items = tuple(
        FilmItem(
            due.film.film_id,
            due.film.title,
            due.film.year,
            (_line(due, today, names=not shared),),
            _actions(due),
        )
        for due in dues
    )
    titles = joined([due.film.label for due in dues])
    return [Paragraph(lead), FilmList(items, numbered=False)], f"{plain(lead)} {titles}."


def _line(due: Due, today: date, *, names: bool) -> tuple[Span, ...]:
    whose = f" · for {joined([each.name for each in due.members])}" if names else ""
    if due.reminder.day is None:
        return (Plain(f"as you asked{whose}"),)
    news = is_out(due.reminder, today)
    return (*news, Plain(whose)) if whose else news


def is_out(reminder: Reminder, today: date) -> tuple[Span, ...]:
    """Word the news: `is out: UK cinemas, 26 January 2024`."""
    day = reminder.day or today
    how = "is out" if day <= today else "comes out soon"
    return (Plain(f"{how}: {release_place(reminder.region, reminder.kind)}, "), Day(day))


def _listed(mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Mention several members with commas and an "and"."""
    spans: list[Span] = []
    for place, each in enumerate(mentions):
        if place:
            spans.append(Plain(" and " if place == len(mentions) - 1 else ", "))
        spans.append(each)
    return tuple(spans)


def _actions(due: Due, *, alone: bool = False) -> tuple[Action, ...]:
    """Return what can be done; `alone`: the message tells of nothing else, so that snoozing settles it."""
    named = reference(due.film)
    snooze = SnoozeReminderCommand(named, due=due.until)
    return (
        Button("Watchlist", WatchlistCommand("add", named)),
        Button("Snooze a day", snooze, settles=alone),
    )
