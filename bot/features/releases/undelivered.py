"""Composer for what a channel refused: told directly to the member who asked for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery.planning import read_moved_subject, zone_of
from bot.domain.deliveries import Delivery
from bot.domain.films.reminders import ReminderState
from bot.domain.ids import ReminderId
from bot.features.releases.due import is_out
from bot.features.releases.news import change
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.phrases import titled
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Button, Paragraph, Reply
from bot.messages.spans import Channel, Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.lookup.films import reference
from bot.views.film_card import write_form


async def undelivered(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Word a reminder, or the news of a moved day, that could not be said in its channel."""
    reminder_id, former = read_moved_subject(delivery.subject)
    reminder = await work.reminders.get(ReminderId(reminder_id))
    film = await work.films.get(reminder.film_id) if reminder else None
    if reminder is None or film is None or reminder.state is ReminderState.CANCELLED:
        return None
    member = await work.members.get(reminder.member_id)
    zone = zone_of(await work.clubs.get(), member, direct=True)
    today = now.astimezone(ZoneInfo(zone)).date()
    is_news = delivery.subject != reminder_id
    if is_news:
        what = change(reminder, film, former, zone)
    else:
        what = (Plain(" "), *is_out(reminder, today), Plain("."))
    why: tuple[Span, ...] = (
        Plain("I couldn't remind you of "),
        titled(film),
        Plain(" in "),
        Channel(reminder.place),
        Plain(": I may not write there. "),
    )
    spans: tuple[Span, ...] = () if reminder.day is None and not is_news else (titled(film), *what)
    watchlist = Button("Watchlist", WatchlistCommand("add", reference(film)))
    actions = Actions((watchlist, write_form(film)))
    return Reply((Paragraph((*why, *spans)), actions), plain((*why, *spans)), Visibility.ONLY_YOU)
