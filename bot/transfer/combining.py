"""Combining of rows about one film into one entry: of each field, the latest value counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.catalogue.titles.normalise import normalise
from bot.domain.imports import FilmEntry, FormerViewing

MOST_VIEWINGS = 30
"""Earlier viewings of one film that are kept: of a hostile file's thousands, the latest."""


def combined(files: Sequence[Sequence[FilmEntry]]) -> tuple[list[FilmEntry], int]:
    """Return one entry for each film, in order, and the number of rows that repeated one of their file.

    Another viewing is no repetition: it is one of the entry's `former` ones.
    """
    films: dict[object, list[FilmEntry]] = {}
    twice = 0
    aliases: dict[object, object] = {}
    for entries in files:
        here: set[object] = set()
        for entry in entries:
            keys = _keys(entry)
            key = next((aliases[each] for each in keys if each in aliases), keys[0])
            aliases |= dict.fromkeys(keys, key)
            films.setdefault(key, []).append(entry)
            row = (key, entry.page, entry.watched_on or entry.unread_day)
            twice += row in here
            here.add(row)
    return [joined for each in films.values() for joined in _by_page(each)], twice


def _by_page(entries: Sequence[FilmEntry]) -> list[FilmEntry]:
    """Join the rows of one title and year; those of different pages are of different films."""
    pages = dict.fromkeys(each.page for each in entries if each.page)
    if len(pages) < 2:
        return [_joined(entries)]
    groups = ([each for each in entries if each.page == page] for page in (*pages, ""))
    return [replace(_joined(each), doubtful=True) for each in groups if each]


def _keys(entry: FilmEntry) -> list[object]:
    """Return the keys by which rows are of one film: ids first, and the title only without them."""
    ids: list[object] = [each for each in (entry.imdb_id, entry.tmdb_id) if each]
    return ids or [(normalise(entry.title), entry.year)]


def _joined(entries: Sequence[FilmEntry]) -> FilmEntry:
    if len(entries) == 1:
        return entries[0]
    ordered = sorted(entries, key=lambda each: each.watched_on or each.logged_on or date.min)
    first = entries[0]
    written = next((each for each in reversed(ordered) if each.text), first)
    former = _former(ordered)
    days = [each.watched_on for each in ordered if each.watched_on]
    return replace(
        first,
        imdb_id=next((each.imdb_id for each in ordered if each.imdb_id), None),
        tmdb_id=next((each.tmdb_id for each in ordered if each.tmdb_id), None),
        wanted=all(each.wanted for each in ordered),
        rating=next((each.rating for each in reversed(ordered) if each.rating), None),
        watched_on=max(days, default=None),
        unread_day="" if days else next((e.unread_day for e in ordered if e.unread_day), ""),
        rewatch=bool(former) or any(each.rewatch for each in ordered),
        liked=any(each.liked for each in ordered),
        text=written.text,
        spoiler=written.spoiler,
        former=former,
    )


def _former(ordered: Sequence[FilmEntry]) -> tuple[FormerViewing, ...]:
    """Return the viewings on all days but the last; rows without a day are of that one."""
    days: dict[date, list[FilmEntry]] = {}
    for each in ordered:
        if each.watched_on:
            days.setdefault(each.watched_on, []).append(each)
    return tuple(
        FormerViewing(
            day,
            next((each.rating for each in reversed(rows) if each.rating), None),
            next((each.text for each in reversed(rows) if each.text), ""),
            any(each.rewatch for each in rows) or number > 0,
        )
        for number, (day, rows) in enumerate(list(days.items())[:-1])
    )[-MOST_VIEWINGS:]
