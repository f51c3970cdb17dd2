"""Composers of release news: a date that moved, and the weekly list."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.planning import read_moved_subject, zone_of
from bot.domain.deliveries import Delivery
from bot.domain.films.film import Film, first_release
from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.ids import ReminderId
from bot.domain.regions import country
from bot.features.releases.commands import CancelReminderCommand, RemindCommand
from bot.messages.phrases import release_line, release_place, titled
from bot.messages.plain_text import long_day, plain
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    FilmItem,
    FilmList,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Day, Mention, Plain, Span, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.lookup.films import reference


async def moved(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Word the news that a date moved; None where it moved back, or the reminder is due anyway."""
    reminder_id, former = read_moved_subject(delivery.subject)
    reminder = await work.reminders.get(ReminderId(reminder_id))
    open_states = {ReminderState.WAITING, ReminderState.PLANNED}
    if reminder is None or reminder.state not in open_states or reminder.day == former:
        return None
    if reminder.due_at is not None and reminder.due_at <= now:
        return None
    film = await work.films.get(reminder.film_id)
    if film is None:
        return None
    member = await work.members.get(reminder.member_id)
    zone = zone_of(await work.clubs.get(), member, direct=reminder.direct)
    spans: tuple[Span, ...] = (
        Mention(reminder.member_id, member.name if member else "you", notify=True),
        Plain(", "),
        titled(film),
        *change(reminder, film, former, zone),
    )
    actions = Actions(
        (Button("Cancel", CancelReminderCommand(reminder.reminder_id), settles=True),)
    )
    visibility = Visibility.ONLY_YOU if reminder.direct else Visibility.CLUB
    return Reply((Paragraph(spans), actions), plain(spans), visibility)


def change(reminder: Reminder, film: Film, former: date | None, zone: str) -> tuple[Span, ...]:
    """Word how a release day has changed, after the film's title; `former`: the day before."""
    where = release_place(reminder.region, reminder.kind)
    if reminder.day is None or reminder.due_at is None:
        was = f"; it was {long_day(former)}" if former else ""
        return (Plain(f" has no day any more ({where}{was}). I'll tell you when there is one."),)
    release = first_release(film, reminder.region, reminder.kind)
    source = f" (source: {release.source})" if release else ""
    news = (
        (Plain(f" has moved: {where}, from "), Day(former), Plain(" to "), Day(reminder.day))
        if former
        else (Plain(f" now has a release date: {where}, "), Day(reminder.day))
    )
    when = When(reminder.due_at, zone)
    return (*news, Plain(f"{source}. I'll remind you on "), when, Plain("."))


async def weekly(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Word the list of the week that begins with the subject's Monday; None if it is empty."""
    club = await work.clubs.get()
    monday = date.fromisoformat(delivery.subject)
    sunday = monday + timedelta(days=6)
    today = now.astimezone(ZoneInfo(club.zone)).date()
    if not club.weekly or today > sunday:
        return None
    found = await work.films.releases(club.region, max(monday, today), sunday)
    if not found:
        return None
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (release_line(release),),
            (Button("Remind me", RemindCommand(reference(film), release.kind, club.region)),),
        )
        for film, release in found
    )
    title = f"Out this week ({country(club.region)})"
    blocks: tuple[Block, ...] = (Heading((Plain(title),)), FilmList(items, numbered=False))
    names = ", ".join(f"{film.title}, {long_day(release.day)}" for film, release in found)
    return Reply(blocks, f"{title}: {names}.", Visibility.CLUB)
