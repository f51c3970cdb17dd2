"""Entries and files of films as JSON, for the database and for the process that reads files."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.domain.imports import FilmEntry, FilmFile

_DAYS = ("watched_on", "logged_on")


def entry_to_json(entry: FilmEntry) -> dict[str, Any]:
    """Return an entry as a JSON object, without what is empty."""
    values = {name: value for name, value in asdict(entry).items() if value}
    return values | {name: values[name].isoformat() for name in _DAYS if name in values}


def entry_from_json(values: Mapping[str, Any]) -> FilmEntry:
    """Return the entry of a JSON object."""
    days = {name: date.fromisoformat(values[name]) for name in _DAYS if name in values}
    return FilmEntry(**{"title": "", **values, **days})


def file_to_text(file: FilmFile) -> str:
    """Write the films of a file as JSON."""
    entries = [entry_to_json(each) for each in file.entries]
    return json.dumps({**asdict(file), "entries": entries})


def file_from_text(text: str) -> FilmFile:
    """Read the films of a file as JSON."""
    values = json.loads(text)
    return FilmFile(
        source=values["source"],
        entries=tuple(map(entry_from_json, values["entries"])),
        twice=values["twice"],
        left_out=values["left_out"],
        unread=tuple(values["unread"]),
        notes=tuple(values["notes"]),
    )
