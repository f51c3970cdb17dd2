"""Entries and files of films as JSON, for the database and for the process that reads files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from bot.domain.imports import FilmEntry, FilmFile, FormerViewing

_TIMES: Mapping[str, type[date]] = {
    "watched_on": date,
    "logged_on": date,
    "written_at": datetime,
}


def entry_to_json(entry: FilmEntry) -> dict[str, Any]:
    """Return an entry as a JSON object, without what is empty."""
    values = _filled(asdict(entry))
    if entry.former:
        values["former"] = [_filled(asdict(each)) for each in entry.former]
    return values


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is not empty, with times as text."""
    return {
        name: value.isoformat() if name in _TIMES else value
        for name, value in values.items()
        if value
    }


def entry_from_json(values: Mapping[str, Any]) -> FilmEntry:
    """Return the entry of a JSON object."""
    former = tuple(FormerViewing(**_timed(each)) for each in values.get("former", ()))
    return FilmEntry(**{"title": "", **_timed(values), "former": former})


def _timed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with their times read."""
    return {
        name: _TIMES[name].fromisoformat(value) if name in _TIMES else value
        for name, value in values.items()
    }


def file_to_text(file: FilmFile) -> str:
    """Write the films of a file as JSON: a line about the file, then a line for each film.

    In lines, as reading a whole in one step would hold up all other threads of a process.
    """
    head = asdict(replace(file, entries=()))
    return "\n".join(map(json.dumps, (head, *map(entry_to_json, file.entries))))


def file_from_text(text: str) -> FilmFile:
    """Read the films of a file as JSON."""
    head, *entries = text.split("\n")
    values = json.loads(head)
    return FilmFile(
        source=values["source"],
        entries=tuple(entry_from_json(json.loads(each)) for each in entries),
        twice=values["twice"],
        left_out=values["left_out"],
        unread=tuple(values["unread"]),
        notes=tuple(values["notes"]),
    )
