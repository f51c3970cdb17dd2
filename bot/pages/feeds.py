"""Feeds of one member: a calendar, and the club's reviews as they may read them."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from xml.etree import ElementTree as ET

from bot.domain.films.calendar_events import CalendarEvent
from bot.domain.films.film import Film
from bot.domain.films.reminders import ReminderState
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import show_rating
from bot.domain.words.text import printable
from bot.features.nights.schedule.stages import length_of
from bot.features.nights.showing.calendar import night_entry
from bot.features.releases.calendar_file import release_entry
from bot.messages.calendars import CalendarEntry, calendar_file
from bot.messages.phrases import release_place
from bot.messages.plain_text import plain
from bot.pages.reviews import Reader, ReviewLine, review_lines
from bot.ports.store import UnitOfWork
from bot.transfer.reminders_file import reminder_entry
from bot.views.web_addresses import film_address

AHEAD = timedelta(weeks=12)
BACK = timedelta(weeks=2)
"""Releases that a calendar holds: these weeks ahead, and as many back."""

NEWEST = 30
"""Reviews in the feed."""

PAST_NIGHTS = 20

_ATOM = "http://www.w3.org/2005/Atom"


async def calendar_feed(reader: Reader, work: UnitOfWork) -> str:
    """Return a member's calendar: releases where they live, the club's film nights, their reminders."""
    context = reader.context
    entries = [
        *await _releases(reader, work),
        *await _nights(reader, work),
        *await _reminders(reader, work),
    ]
    # One stamp a day keeps the text the same where nothing has changed.
    stamp = context.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return calendar_file("Club", entries, stamp, context.club.name or "Matinee")


async def _releases(reader: Reader, work: UnitOfWork) -> list[CalendarEntry]:
    context, today = reader.context, reader.today
    region, since = context.region, today - BACK
    told = {(e.film_id, e.kind): e for e in await work.calendar.exported(region, since)}
    entries = []
    for film, release in await work.films.releases(region, since, today + AHEAD):
        event = CalendarEvent(context.club.club_id, film.film_id, region, release.kind, release.day)
        known = told.get((film.film_id, release.kind))
        if known is not None:
            moved = known.day != release.day
            event = CalendarEvent(
                event.club_id, event.film_id, region, event.kind, event.day, known.sequence + moved
            )
        entries.append(release_entry(event, film))
    return entries


async def _nights(reader: Reader, work: UnitOfWork) -> list[CalendarEntry]:
    club = reader.context.club
    nights = [*await work.nights.open(), *await work.nights.past(PAST_NIGHTS)]
    films = await work.films.many([each.film_id for each in nights if each.film_id])
    found = []
    for night in nights:
        film = films.get(night.film_id) if night.film_id else None
        stamp = night.until or night.starts_at
        entry = night_entry(night, film, club.name, club.zone, stamp, length_of(film))
        found.append(entry)
    return found


async def _reminders(reader: Reader, work: UnitOfWork) -> Iterable[CalendarEntry]:
    reminders = [
        each
        for each in await work.reminders.of_member(reader.me)
        if each.state is not ReminderState.CANCELLED
    ]
    films: dict[FilmId, Film] = await work.films.many([each.film_id for each in reminders])
    found = (
        reminder_entry(
            each,
            films[each.film_id],
            release_place(each.region, each.kind),
            reader.context.zone,
        )
        for each in reminders
        if each.film_id in films
    )
    return [each for each in found if each is not None]


async def atom_feed(url: str, reader: Reader, work: UnitOfWork) -> str:
    """Return the newest reviews that the member may read, spoilers hidden, as an Atom feed.

    `url`: where the club's pages are.
    """
    club = reader.context.club
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    reviews = list(islice(reader.reviews(), NEWEST))
    updated = max((each.changed_at for each in reviews), default=club.joined_at)
    _add(feed, "id", f"urn:matinee:{club.club_id}")
    _add(feed, "title", f"{club.name or 'Matinee'}: reviews")
    _add(feed, "updated", (updated or reader.context.now).isoformat())
    ET.SubElement(feed, f"{{{_ATOM}}}link", href=f"{url}/")
    changed = {each.review_id: each.changed_at for each in reviews}
    for line in await review_lines(reviews, reader, work):
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", f"urn:matinee:{club.club_id}:{line.review_id}")
        _add(entry, "title", _title(line))
        _add(entry, "updated", changed[line.review_id].isoformat())
        _add(ET.SubElement(entry, f"{{{_ATOM}}}author"), "name", line.who)
        ET.SubElement(entry, f"{{{_ATOM}}}link", href=film_address(url, line.film_id))
        _add(entry, "content", plain(line.words))
    return ET.tostring(feed, encoding="unicode", xml_declaration=True)


def _title(line: ReviewLine) -> str:
    rating = f" {show_rating(line.rating)}" if line.rating else ""
    return f"{line.who} on {line.film}{rating}"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = printable(text)
