"""Coming releases: a list in the chat, and a calendar file."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar_events import CalendarEvent
from bot.domain.films import Film, Release, ReleaseKind, first_release
from bot.domain.ids import FilmId
from bot.domain.regions import country, region_code
from bot.domain.visibility import Visibility
from bot.features.releases.calendar_file import MEDIA_TYPE, calendar_text, revised
from bot.features.releases.commands import CalendarFileCommand, ReleasesCommand, RemindCommand
from bot.lookup.films import reference
from bot.messages.phrases import counted, release_line, release_place, said
from bot.messages.plain_text import long_day
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    Document,
    FilmItem,
    FilmList,
    Heading,
    Paragraph,
    Plain,
    Reply,
    Usage,
)
from bot.ports.store import UnitOfWork
from bot.request.context import Context

WEEKS_AHEAD = 8
"""How far ahead releases are listed."""


async def releases(command: ReleasesCommand, context: Context, work: UnitOfWork) -> Reply:
    """List what comes out in the coming weeks."""
    region = region_code(command.region) if command.region else context.club.region
    found = await _coming(region, context, work)
    where = country(region)
    if not found:
        return said(
            f"I know of nothing that comes out in the next {WEEKS_AHEAD} weeks ({where}). "
            "The starter catalogue holds few days yet; ",
            Usage(RemindCommand()),
            " waits for a day to be known.",
            visibility=Visibility.CLUB,
        )
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (release_line(release),),
            (Button("Remind me", RemindCommand(reference(film), release.kind, region)),),
        )
        for film, release in found
    )
    title = f"Coming out ({where})"
    blocks: tuple[Block, ...] = (
        Heading((Plain(title),)),
        FilmList(items, numbered=False),
        Actions((Button("Calendar file", CalendarFileCommand(region)),)),
    )
    names = ", ".join(f"{film.title}, {long_day(release.day)}" for film, release in found)
    return Reply(blocks, f"{title}: {names}.", Visibility.CLUB)


async def calendar_file(command: CalendarFileCommand, context: Context, work: UnitOfWork) -> Reply:
    """Return the coming releases as a calendar file that also corrects earlier files."""
    region = region_code(command.region)
    events = await _events(region, context, work)
    films = await work.films.many({each.film_id for each in events})
    written = [
        (each, films[each.film_id], release_place(each.region, each.kind))
        for each in events
        if each.film_id in films
    ]
    if not written:
        return said(f"I know of nothing to come ({country(region)}), so there is no file to make.")
    title = f"Coming out ({country(region)})"
    text = calendar_text(title, written, context.now)
    note = f"{title}, {counted(len(written), 'day')}: open the file with your calendar."
    blocks: tuple[Block, ...] = (
        Paragraph((Plain(note),)),
        Document(f"releases-{region}.ics", MEDIA_TYPE, text),
    )
    return Reply(blocks, note, Visibility.ONLY_YOU)


async def _events(region: str, context: Context, work: UnitOfWork) -> list[CalendarEvent]:
    """Return the file's events in order, and store them for later corrections."""
    told = {_key(each): each for each in await work.calendar.exported(region, _today(context))}
    films = await work.films.many({film_id for film_id, _ in told})
    events = {
        key: revised(event, _day(films.get(event.film_id), event)) for key, event in told.items()
    }
    for film, release in await _coming(region, context, work):
        event = CalendarEvent(context.club.club_id, film.film_id, region, release.kind, release.day)
        events.setdefault(_key(event), event)
    for key, event in events.items():
        if event != told.get(key):
            await work.calendar.save(event)
    return sorted(events.values(), key=lambda each: (each.day, each.film_id, each.kind))


def _key(event: CalendarEvent) -> tuple[FilmId, ReleaseKind]:
    return event.film_id, event.kind


def _day(film: Film | None, event: CalendarEvent) -> date | None:
    """Return the event's current day; None for a film that was merged into another."""
    if film is None or film.film_id != event.film_id:
        return None
    release = first_release(film, event.region, event.kind)
    return release.day if release else None


async def _coming(
    region: str, context: Context, work: UnitOfWork
) -> Sequence[tuple[Film, Release]]:
    today = _today(context)
    return await work.films.releases(region, today, today + timedelta(weeks=WEEKS_AHEAD))


def _today(context: Context) -> date:
    return context.now.astimezone(ZoneInfo(context.zone)).date()
