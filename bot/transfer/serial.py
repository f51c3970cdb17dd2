"""Entries and files of films as JSON, for the database and for the process that reads files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from bot.domain.imports import FilmEntry, FilmFile

_TIMES: Mapping[str, type[date]] = {
    "watched_on": date,
    "logged_on": date,
    "written_at": datetime,
}


def entry_to_json(entry: FilmEntry) -> dict[str, Any]:
    """Return an entry as a JSON object, without what is empty."""
    values = {name: value for name, value in asdict(entry).items() if value}
    return values | {name: values[name].isoformat() for name in _TIMES if name in values}


def entry_from_json(values: Mapping[str, Any]) -> FilmEntry:
    """Return the entry of a JSON object."""
    times = {
        name: kind.fromisoformat(values[name]) for name, kind in _TIMES.items() if name in values
    }
    return FilmEntry(**{"title": "", **values, **times})


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
