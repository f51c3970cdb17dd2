"""Coming releases: a list in the chat, and a calendar file."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.films.calendar_events import CalendarEvent
from bot.domain.films.film import Film, Release, ReleaseKind, first_release
from bot.domain.ids import FilmId
from bot.domain.regions import country, region_code
from bot.features.releases.calendar_file import release_entry, revised
from bot.features.releases.commands import CalendarFileCommand, ReleasesCommand, RemindCommand
from bot.features.releases.release_dates import note
from bot.features.watchlist.commands import WatchlistCommand
from bot.language.grammar.day_spans import DaySpan, read_span
from bot.messages import calendars
from bot.messages.commands import Command
from bot.messages.phrases import counted, mention, release_line, release_place, said
from bot.messages.plain_text import long_day
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    Document,
    FilmItem,
    FilmList,
    Footnote,
    Form,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.views.film_card import TMDB, tmdb_notice
from bot.views.taste import NOBODY, tastes
from recommender import Query, recommend

WEEKS_AHEAD = 8
"""How far ahead releases are listed."""

MOST_LISTED = 20
"""Releases listed by day at most."""

MOST_NEAR = 3
"""Releases that are put first, because they are nearest to the member's taste."""

Coming = tuple[Film, Release]


async def releases(command: ReleasesCommand, context: Context, work: UnitOfWork) -> Reply | Command:
    """List what comes out in the coming weeks, first what is near the member's taste; or note a day."""
    if command.writes:
        return await note(command, context, work)
    region = region_code(command.region) if command.region else context.club.region
    where = country(region)
    to_note = Form("Note a day", ReleasesCommand(command.region), ("film", "on"))
    if span := read_span(command.span, context.today):
        return await _in_span(command, span, region, context, work)
    found = await _coming(region, context, work)
    if not found:
        return said(
            f"I know of nothing that comes out in the next {WEEKS_AHEAD} weeks ({where}). "
            "Note a day that you know for this club, as in ",
            Usage(ReleasesCommand(command.region, film="Flow", on="12 June")),
            "; ",
            Usage(RemindCommand("Flow")),
            " waits until there is one.",
            actions=(to_note,),
            visibility=Visibility.CLUB,
        )
    nearest = await _nearest(found, context, work)
    by_day = [each for each in found if each not in nearest]
    title = f"Coming out ({where})"
    blocks: list[Block] = [Heading((Plain(title),))]
    if nearest:
        blocks += [
            Paragraph((Plain("Nearest to what "), mention(context.member), Plain(" likes:"))),
            FilmList(_items(nearest, region), numbered=False),
            Paragraph((Plain("And by day:"),)),
        ]
    blocks.append(FilmList(_items(by_day[:MOST_LISTED], region), numbered=False))
    if (more := len(by_day) - MOST_LISTED) > 0:
        blocks.append(
            Footnote((Plain(f"{counted(more, 'later day')} more in the calendar file."),))
        )
    calendar = Button("Calendar file", CalendarFileCommand(region))
    blocks += [*_notes(found, context), Actions((calendar, to_note))]
    names = [f"{film.title}, {long_day(release.day)}" for film, release in (*nearest, *by_day)]
    return Reply(tuple(blocks), f"{title}: {', '.join(names[:MOST_LISTED])}.", Visibility.CLUB)


async def _in_span(
    command: ReleasesCommand, span: DaySpan, region: str, context: Context, work: UnitOfWork
) -> Reply:
    """List what comes out on the days that were asked for, by day."""
    found = [
        each
        for each in await work.films.releases(region, span.first, span.last)
        if command.kind in {None, each[1].kind}
    ]
    where = release_place(region, command.kind) if command.kind else country(region)
    more = Button("All that comes out", ReleasesCommand(command.region))
    if not found:
        tense = "came" if span.last < context.today else "comes"
        told = f"I know of nothing that {tense} out {span.label} ({where})."
        to_note = Form("Note a day", ReleasesCommand(command.region), ("film", "on"))
        return said(told, actions=(more, to_note), visibility=Visibility.CLUB)
    title = f"Out {span.label} ({where})"
    blocks: list[Block] = [
        Heading((Plain(title),)),
        FilmList(_items(found[:MOST_LISTED], region, context.today), numbered=False),
    ]
    if (left := len(found) - MOST_LISTED) > 0:
        blocks.append(Footnote((Plain(f"{counted(left, 'later day')} more."),)))
    blocks += [*_notes(found, context), Actions((more,))]
    names = [f"{film.title}, {long_day(release.day)}" for film, release in found[:MOST_LISTED]]
    return Reply(tuple(blocks), f"{title}: {', '.join(names)}.", Visibility.CLUB)


def _notes(found: Sequence[Coming], context: Context) -> list[Block]:
    """Say what the source failed to tell, and credit it."""
    missing = context.offers.missing
    notes: list[Block] = [Footnote((Plain(missing),))] if missing else []
    credited = any(release.source == TMDB for _, release in found)
    return [*notes, *([tmdb_notice()] if credited else [])]


def _items(found: Sequence[Coming], region: str, today: date | None = None) -> tuple[FilmItem, ...]:
    """Return releases as a list's films; of those out before `today` nobody is reminded."""
    return tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (release_line(release),),
            (Button("Remind me", RemindCommand(reference(film), release.kind, region)),)
            if today is None or release.day > today
            else (Button("Watchlist", WatchlistCommand("add", reference(film))),),
        )
        for film, release in found
    )


async def _nearest(found: Sequence[Coming], context: Context, work: UnitOfWork) -> Sequence[Coming]:
    """Return the few nearest to the member's taste, best first, if there are enough to choose from.

    The whole channel reads them, so private reviews do not count.
    """
    profiles = await tastes([context.member], NOBODY, work)
    if len(found) <= MOST_NEAR or not profiles[0].ratings:
        return []
    overlay = await context.indexes.of(work, [film for film, _ in found])
    first = {film.film_id: (film, release) for film, release in reversed(found)}
    query = Query(profiles=profiles, among=frozenset(first), count=MOST_NEAR)
    picks = recommend(overlay, query).picks
    return [first[FilmId(pick.film_id)] for pick in picks]


async def calendar_file(command: CalendarFileCommand, context: Context, work: UnitOfWork) -> Reply:
    """Return the coming releases as a calendar file that also corrects earlier files."""
    region = region_code(command.region)
    events = await _events(region, context, work)
    films = await work.films.many({each.film_id for each in events})
    written = [release_entry(each, films[each.film_id]) for each in events if each.film_id in films]
    if not written:
        return said(f"I know of nothing to come ({country(region)}), so there is no file to make.")
    title = f"Calendar of {country(region)} releases"
    text = calendars.calendar_file("Releases", written, context.now, title)
    note = f"{title}: {counted(len(written), 'day')}."
    blocks: tuple[Block, ...] = (
        Paragraph((Plain(note),)),
        Document(f"releases-{region}.ics", calendars.MEDIA_TYPE, text),
    )
    return Reply(blocks, note, Visibility.ONLY_YOU)


async def _events(region: str, context: Context, work: UnitOfWork) -> list[CalendarEvent]:
    """Return the file's events in order, and store them for later corrections."""
    told = {_key(each): each for each in await work.calendar.exported(region, context.today)}
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


async def _coming(region: str, context: Context, work: UnitOfWork) -> Sequence[Coming]:
    today = context.today
    return await work.films.releases(region, today, today + timedelta(weeks=WEEKS_AHEAD))
