"""Handler of `/year`: the club's year in review."""

from calendar import month_name
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import Roster
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.figures.commands import StatsCommand, YearCommand
from bot.features.figures.counting.entries import FigureEntry, club_entries, known_days, readable
from bot.features.figures.counting.scores import divisive, loved_most, seen_by_member
from bot.features.figures.counting.times import months
from bot.features.figures.pictures.pictures import year_picture
from bot.features.figures.statistics import NIGHTS
from bot.features.figures.wording import (
    lock_note,
    loved,
    nothing_to_count,
    reader_access,
    split_field,
    totals,
)
from bot.messages.phrases import counted, titled
from bot.messages.replies import Actions, Block, Button, Field, Fields, Heading, Paragraph, Reply
from bot.messages.spans import Day, Plain
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.night_days import nights_of_year

BEST = 5
"""Films that are named."""


async def year_in_review(command: YearCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer `/year`: films seen, loved and most divisive in a year."""
    year = command.year or context.now.astimezone(ZoneInfo(context.club.zone)).year
    if command.picture:
        return await year_picture(year, context, work)
    access, visibility = await reader_access(context, work)
    entries = readable(await club_entries(context.club, work), access, year)
    if not entries:
        return nothing_to_count(YearCommand(year), access)
    scale = context.member.scale
    best, divides = loved_most(entries, BEST), divisive(entries)[:1]
    ends = (entries[0], entries[-1])
    named = [each.film_id for each in best] + [each.film_id for each in divides]
    films = await work.films.many([*named, *(each.film_id for each in ends)])
    fields = [
        *_ends(ends, films),
        *_busiest(entries),
        *_most(entries, await roster_of(work)),
        *await _nights(year, context, work),
        *(split_field(each, films, scale) for each in divides if each.film_id in films),
    ]
    title = f"{year} in review"
    blocks: list[Block] = [
        Heading((Plain(title),)),
        Paragraph(totals(entries, scale)),
        Fields(tuple(fields)),
        *loved(best, films, scale),
        *lock_note(access),
        Actions(
            (
                Button(f"{year} in figures", StatsCommand(year=year)),
                Button("As a picture", YearCommand(year, picture=True)),
            )
        ),
    ]
    return Reply(tuple(blocks), f"{title}: {counted(len(entries), 'review')}.", visibility)


def _ends(ends: tuple[FigureEntry, FigureEntry], films: Mapping[FilmId, Film]) -> list[Field]:
    """Name the first and the last film of the year, once where that is one."""
    first, last = ends
    told = {"First film": first}
    if last.film_id != first.film_id:
        told["Last film"] = last
    return [
        Field(name, (titled(films[each.film_id]), Plain(", "), Day(each.day)))
        for name, each in told.items()
        if each.film_id in films and each.day is not None
    ]


def _busiest(entries: Sequence[FigureEntry]) -> list[Field]:
    counts = months(known_days(entries))
    most = max(counts)
    if counts.count(most) > 1 or sum(map(bool, counts)) < 2:
        return []
    told = f"{month_name[counts.index(most) + 1]}, {counted(most, 'review')}"
    return [Field("Busiest month", (Plain(told),))]


def _most(entries: Sequence[FigureEntry], roster: Roster) -> list[Field]:
    """Name who has seen most, if nobody has seen as many."""
    found = [(each, n) for each, n in seen_by_member(entries) if each in roster]
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return []
    member_id, count = found[0]
    return [Field("Saw most", (Plain(f"{roster[member_id].name}, {counted(count, 'film')}"),))]


async def _nights(year: int, context: Context, work: UnitOfWork) -> list[Field]:
    held = len(await nights_of_year(year, NIGHTS, context.club, work))
    return [Field("Film nights", (Plain(str(held)),))] if held else []
