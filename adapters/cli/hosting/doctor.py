"""`matinee doctor`: checks of the machine, the database, the index, deliveries and platforms."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from adapters.indexes.catalogue_index import INDEX
from adapters.runtime.health.presence import presence_findings
from adapters.runtime.health_report import ClubChannel, Finding, Verdict
from adapters.runtime.platforms import platform_findings
from adapters.runtime.settings.settings import Settings
from adapters.runtime.sources.film_sources import source_finding
from bot.domain.connections import PlatformConnection
from bot.domain.deliveries import DeliveryState
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, PlaceId
from db.column_types import EPOCH
from db.engines.open import on_server
from db.engines.sqlite_backup import database_file, examine
from db.migrations import SCHEMA
from recommender import BaseIndex, IndexDamaged

LEAST_SPACE = 200 * 1024 * 1024
"""Bytes that should be free on the data folder's disk."""

OVERDUE = timedelta(minutes=10)
"""Time after which a due delivery counts as overdue."""


async def examine_all(settings: Settings, now: datetime, say: Callable[[str], None]) -> bool:
    """Run all checks and print a line for each finding; return whether none is bad."""
    well = True
    channels = club_channels(settings)
    asked = (await source_finding(settings), *await platform_findings(settings, channels))
    for finding in (*findings(settings, now), *asked):
        say(f"{finding.verdict:5} {finding.name:14} {finding.text}\n")
        well = well and finding.verdict is not Verdict.BAD
    return well


def findings(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Check the machine, the database, the index and the deliveries, changing nothing."""
    yield _folder(settings.folder)
    yield _space(settings.folder)
    yield _index(settings.folder / INDEX)
    try:
        if on_server(settings.database):
            from adapters.cli.hosting.doctor_server import server_findings  # noqa: PLC0415 - not for SQLite

            yield _clock(now, None)
            yield from server_findings(settings.database, now)
            return
        path = database_file(settings.database)
    except StoreError as error:
        yield Finding("database", Verdict.BAD, str(error))
        return
    if not path.exists():
        yield _clock(now, None)
        text = f"{path} is not there yet; the first start makes it."
        yield Finding("database", Verdict.NOTE, text)
        return
    yield from _database(path, now)


def club_channels(settings: Settings) -> list[ClubChannel]:
    """Return the channels that clubs have chosen for their own; none without a sound database."""
    query = (
        "SELECT club_id, name, channel, coalesce(application, '') FROM clubs "
        "WHERE channel IS NOT NULL AND left_at IS NULL ORDER BY club_id"
    )
    try:
        path = database_file(settings.database)
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute(query).fetchall()
    except (StoreError, sqlite3.Error):  # its own finding says what is wrong with it
        return []
    return [
        ClubChannel(ClubId(club), name, PlaceId(channel), application)
        for club, name, channel, application in rows
    ]


def _folder(folder: Path) -> Finding:
    name = "data folder"
    if not folder.is_dir():
        return Finding(name, Verdict.NOTE, f"{folder} is not there yet; the first start makes it.")
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        what = f"{folder} cannot be written: {error.strerror}. Let Matinee's user write there."
        return Finding(name, Verdict.BAD, what)
    if os.name == "posix" and folder.stat().st_mode & 0o007:
        what = f"{folder} is open to every user of this machine. Close it: chmod o-rwx '{folder}'"
        return Finding(name, Verdict.NOTE, what)
    return Finding(name, Verdict.OK, f"{folder} can be written.")


def _space(folder: Path) -> Finding:
    there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), Path())
    free = shutil.disk_usage(there).free
    text = f"{free // 2**20:,} MiB free."
    if free < LEAST_SPACE:
        return Finding("disk", Verdict.BAD, f"{text} Free some: a full disk stops all writing.")
    return Finding("disk", Verdict.OK, text)


def _index(path: Path) -> Finding:
    if not path.exists():
        return Finding("index", Verdict.NOTE, "None saved; the next start makes one.")
    try:
        BaseIndex.load(path)
    except IndexDamaged as error:
        text = f"{path} {error.reason}. Nothing to do: the next start makes it anew."
        return Finding("index", Verdict.NOTE, text)
    return Finding("index", Verdict.OK, f"{path} matches its checksum.")


def _clock(now: datetime, latest: datetime | None) -> Finding:
    """Check the clock: its year, and that the last write is not in the future."""
    shown = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if not 2024 <= now.year <= 2100:
        return Finding("clock", Verdict.BAD, f"It says {shown}. Set the machine's clock.")
    if latest is not None and latest - now > timedelta(minutes=5):
        text = (
            f"It says {shown}, but something was written at {latest:%Y-%m-%d %H:%M} UTC. Set the "
            "machine's clock; reminders go by it. (After a chat with --now this is as it should be.)"
        )
        return Finding("clock", Verdict.NOTE, text)
    return Finding("clock", Verdict.OK, f"It says {shown}.")


def _database(path: Path, now: datetime) -> Iterator[Finding]:
    try:
        contents = examine(path)
    except StoreError as error:
        text = f"{error} The last backup can be put in its place: matinee restore FILE"
        yield Finding("database", Verdict.BAD, text)
        return
    size = path.stat().st_size // 2**20
    yield Finding("database", Verdict.OK, f"{path}, {size} MiB, sound; {contents}.")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        yield _clock(now, _latest(connection))
        yield _schema(contents.schema)
        yield _journal(connection)
        if contents.schema == SCHEMA:
            yield from _deliveries(connection, now)
            yield from presence_findings(_connections(connection), now)


def _latest(connection: sqlite3.Connection) -> datetime | None:
    [(latest,)] = connection.execute("SELECT max(at) FROM receipts").fetchall()
    return None if latest is None else EPOCH + timedelta(microseconds=latest)


def _schema(present: str) -> Finding:
    if present == SCHEMA:
        return Finding("schema", Verdict.OK, f"{present}, as this program has it.")
    text = f"{present}; the next start brings it to {SCHEMA}. Make a backup before."
    return Finding("schema", Verdict.NOTE, text)


def _journal(connection: sqlite3.Connection) -> Finding:
    [(mode,)] = connection.execute("PRAGMA journal_mode").fetchall()
    if mode != "wal":
        return Finding("journal", Verdict.NOTE, f"{mode}; the next start sets it to wal.")
    return Finding("journal", Verdict.OK, mode)


def _connections(connection: sqlite3.Connection) -> Iterator[PlatformConnection]:
    rows = connection.execute("SELECT application, process, part, seen_at FROM connections")
    for application, process, part, at in rows:
        seen_at = EPOCH + timedelta(microseconds=at)
        yield PlatformConnection(application, process, part, seen_at)


def _deliveries(connection: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    at = (now - EPOCH) // timedelta(microseconds=1)
    [(waiting, overdue)] = connection.execute(
        "SELECT count(*), coalesce(sum(ready_at < ?), 0) FROM deliveries WHERE ready_at IS NOT NULL "
        "AND club_id NOT IN (SELECT club_id FROM clubs WHERE left_at IS NOT NULL)",
        [at - OVERDUE // timedelta(microseconds=1)],
    ).fetchall()
    text = f"{waiting} to be said, {overdue} of them overdue."
    if overdue:
        yield Finding("deliveries", Verdict.NOTE, f"{text} Is Matinee running?")
    else:
        yield Finding("deliveries", Verdict.OK, text)
    [(dead,)] = connection.execute(
        "SELECT count(*) FROM deliveries WHERE state = ?", [DeliveryState.DEAD]
    ).fetchall()
    if dead:
        text = f"{dead} given up. See them: matinee deliveries list --state dead"
        yield Finding("dead", Verdict.NOTE, text)
