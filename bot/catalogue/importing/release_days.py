"""Days of release from a table (CSV) or a calendar (.ics) that a host brings.

A table names its columns: `film` and `day` (2026-06-12), and, where they are not the same for all,
`year` of the film, `region` and `kind`. A calendar's events are films, as in Matinee's own calendar
files: the summary is the title, and the place of release may stand behind a colon.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot.catalogue.importing.files.csv_rows import csv_rows
from bot.catalogue.importing.files.limits import HOST
from bot.catalogue.importing.files.reader import ImportFile, Skipped, UnreadableFile, files_at
from bot.catalogue.live.placement import merged_releases
from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import UsageError
from bot.domain.films.film import Film, Release, ReleaseKind, film_label
from bot.domain.ids import FilmId
from bot.domain.regions import countries, region_code
from bot.domain.words.text import one_line, printable
from bot.messages.phrases import release_place
from bot.ports.store import FilmCatalogue

_LONGEST_SOURCE = 40
_LARGEST = 5 * 2**20
"""Bytes of a calendar: it is read as a whole."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Day of release of a film that is named by its title; `where`: its place in the file."""

    title: str
    release: Release
    where: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Region and kind of the days of which the file does not say them."""

    region: str
    kind: ReleaseKind = ReleaseKind.CINEMA


@dataclass(frozen=True, slots=True)
class DaysReport:
    """Result of an import: the changed films, the days that were known already, the rows left out."""

    changed: Mapping[FilmId, Film]
    known: int
    skipped: tuple[Skipped, ...]


async def import_days(
    path: Path, defaults: Defaults, catalogue: FilmCatalogue, titles: TitleIndex
) -> DaysReport:
    """Put the days of a file on the catalogue's films; a day that moved replaces its former one.

    Raises UnreadableFile, OSError.
    """
    days: dict[FilmId, list[Release]] = {}
    skipped: list[Skipped] = []
    for each in read_days(path, defaults):
        found = each if isinstance(each, Skipped) else _film_of(each, titles)
        if isinstance(found, Skipped):
            skipped.append(found)
        elif isinstance(each, NamedDay):
            days.setdefault(found, []).append(each.release)
    there = await catalogue.many(days)
    source = _source(path)
    fresh = {
        film_id: replace(film, releases=merged_releases(film.releases, days[film_id], source))
        for film_id, film in there.items()
    }
    changed = {
        film_id: film
        for film_id, film in fresh.items()
        if set(film.releases) != set(there[film_id].releases)
    }
    if changed:
        digest = hashlib.sha256(repr(days).encode()).hexdigest()
        await catalogue.put(changed.values(), source=f"days:{source}", digest=digest)
    return DaysReport(changed, len(fresh) - len(changed), tuple(skipped))


def read_days(path: Path, defaults: Defaults) -> Iterator[NamedDay | Skipped]:
    """Read a table or a calendar. Raises UnreadableFile, OSError."""
    files = files_at(path)
    if len(files) != 1:
        raise UnreadableFile(path.name, "give one table (.csv) or one calendar (.ics).")
    read = _calendar if files[0].base.endswith((".ics", ".ical")) else _table
    yield from read(files[0], defaults, _source(path))


def _source(path: Path) -> str:
    """Return the file's name as the source that members are shown."""
    return one_line(printable(path.stem), _LONGEST_SOURCE) or "file"


def _film_of(named: NamedDay, titles: TitleIndex) -> FilmId | Skipped:
    exact = titles.resolve(named.title, 1).exact
    if len(exact) == 1:
        return exact[0].film_id
    if exact:
        return Skipped(*named.where, f"several films are called {named.title!r}: give the year")
    return Skipped(*named.where, f"no film is called {named.title!r}")


def _table(file: ImportFile, defaults: Defaults, source: str) -> Iterator[NamedDay | Skipped]:
    with file.open() as stream:
        for row in csv_rows(stream, file.name, ("film", "day"), HOST):
            if isinstance(row, Skipped):
                yield row
                continue
            cells = {name: text.strip() for name, text in row.cells.items()}
            try:
                release = _release(cells, defaults, source)
            except (UsageError, ValueError) as error:
                yield Skipped(file.name, row.line, str(error))
                continue
            year = cells.get("year", "")
            title = film_label(cells["film"], int(year) if year.isdecimal() else None)
            yield NamedDay(title, release, (file.name, row.line))


def _release(cells: Mapping[str, str], defaults: Defaults, source: str) -> Release:
    """Read the release of a row. Raises UsageError, ValueError."""
    region, kind = cells.get("region"), cells.get("kind", "").lower()
    if kind and kind not in list(ReleaseKind):
        raise ValueError(f"the kind {kind!r} is none of {', '.join(ReleaseKind)}")
    try:
        day = date.fromisoformat(cells["day"])
    except ValueError:
        raise ValueError(f"the day {cells['day']!r} is not written as 2026-06-12") from None
    where = region_code(region) if region else defaults.region
    return Release(where, ReleaseKind(kind) if kind else defaults.kind, day, source)


def _calendar(file: ImportFile, defaults: Defaults, source: str) -> Iterator[NamedDay | Skipped]:
    # icalendar takes a third of a second to import, and is seldom needed.
    from icalendar import Calendar  # noqa: PLC0415 - loaded when needed

    with file.open() as stream:
        text = stream.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise UnreadableFile(file.name, "it is larger than 5 MiB. Is it the right file?")
    try:
        calendar = Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError) as error:
        reason = one_line(printable(str(error)), 80)
        raise UnreadableFile(file.name, f"it is no calendar: {reason}") from error
    places = {
        release_place(code, kind).casefold(): (code, kind)
        for code in countries()
        for kind in ReleaseKind
    }
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        where = (file.name, number)
        day = getattr(event.get("dtstart"), "dt", None)
        title, region, kind = _summary(str(event.get("summary", "")), places, defaults)
        if str(event.get("status", "")).upper() == "CANCELLED":
            yield Skipped(*where, f"{title!r} is cancelled")
        elif not title or not isinstance(day, date):
            yield Skipped(*where, "an event without a summary or a day")
        else:
            day = day.date() if isinstance(day, datetime) else day
            yield NamedDay(title, Release(region, kind, day, source), where)


def _summary(
    text: str, places: Mapping[str, tuple[str, ReleaseKind]], defaults: Defaults
) -> tuple[str, str, ReleaseKind]:
    """Split `Perfect Days: UK cinemas` into title, region and kind."""
    text = " ".join(printable(text).split())
    title, colon, place = text.rpartition(":")
    if colon and (found := places.get(place.strip().casefold())):
        return title.strip(), *found
    return text, defaults.region, defaults.kind
