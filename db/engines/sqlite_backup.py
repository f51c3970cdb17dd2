"""Backups of an SQLite database: made while it is in use, checked, restored.

Both directions read committed transactions only, and their result appears whole or not at all.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import SchemaTooNew, StoreError
from bot.ports.progress import Progress, unshown
from db.column_types import EPOCH
from db.engines.sqlite_errors import raising_store_errors
from db.migrations import SCHEMA
from db.tables.forgetting import Forgotten

_STEPS = 100_000
"""Steps of SQLite between two looks at how far a copy has come."""

_PAGES = 1_000
"""Pages put in place at a time."""

_COUNTED = ("clubs", "members", "reviews", "reminders", "deliveries", "films")


@dataclass(frozen=True, slots=True)
class Contents:
    """Contents of an intact database: its schema version, and the number of rows by table."""

    schema: str
    counts: dict[str, int]

    def __str__(self) -> str:
        """Return one line of text."""
        counted = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        return f"schema {self.schema}; {counted}"


def database_file(url: str) -> Path:
    """Return the file of a database URL; StoreError if it names none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("That is not a database URL. Write sqlite:///path", retry=False) from error
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise StoreError("This works on a database in a file only: sqlite:///path", retry=False)
    return Path(str(parsed.database))


def examine(path: Path, name: str = "", progress: Progress = unshown) -> Contents:
    """Check the whole database for damage and count its rows; StoreError says what is wrong."""
    progress("Looking through it", 0, 0)
    name = name or f"The database {path}"
    if not path.is_file():
        raise StoreError(f"{name} is not there.", retry=False)
    with raising_store_errors(name), closing(_reading(path)) as connection:
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        if faults != ["ok"]:
            raise StoreError(
                f"{name} is damaged ({faults[0][:80]}). Take an older backup.", retry=False
            )
        return Contents(_schema(connection, name), _counts(connection))


def back_up(source: Path, target: Path, progress: Progress = unshown) -> Contents:
    """Copy a database that may be in use, check the copy, then move it to `target`. StoreError."""
    if target.exists():
        raise StoreError(f"{target} is there already. Choose another name.", retry=False)
    if not source.is_file():
        raise StoreError(f"There is no database at {source} to copy.", retry=False)
    with _part(target) as part:
        with raising_store_errors(f"The database {source}"), closing(_reading(source)) as origin:
            _copy(origin, part, progress)
        contents = examine(part, "The copy", progress)
        part.chmod(0o600)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    return contents


def restore(
    backup: Path, target: Path, now: datetime, progress: Progress = unshown
) -> tuple[Contents, Path | None]:
    """Restore a backup; return its contents, and the file that keeps the former database. StoreError.

    Deliveries due before `now` (UTC) may have been sent since the backup: they are marked as tried
    once, so that they are looked for before they are sent.
    """
    contents = examine(backup, f"The backup {backup}", progress)
    kept = _keep(target, now)
    with _part(target) as part:
        with closing(_reading(backup)) as origin:
            _copy(origin, part, progress)
        _mark_as_tried(part, now)
        with raising_store_errors(f"The database {target}"), closing(_reading(part)) as origin:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(target, timeout=10)) as place:
                place.execute("PRAGMA synchronous=FULL")
                origin.backup(place, pages=_PAGES, progress=_in_pages(progress))
    examine(target, progress=progress)
    return contents, kept


def forgotten_in(path: Path) -> list[Forgotten]:
    """Return the members who were forgotten in a database; none where it cannot be read."""
    try:
        with closing(_reading(path)) as connection:
            rows = connection.execute("SELECT club_id, digest, salt FROM forgotten").fetchall()
    except sqlite3.DatabaseError:
        return []
    return [Forgotten(*row) for row in rows]


def _keep(target: Path, now: datetime) -> Path | None:
    """Keep a copy of the present database, intact or not; remove it if it is damaged."""
    if not target.exists():
        return None
    kept = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
    with _part(kept) as part:
        try:
            with closing(_reading(target)) as origin:
                _copy(origin, part)
        except sqlite3.DatabaseError:  # damaged: keep its bytes, and make room for the backup
            part.write_bytes(target.read_bytes())
            for each in ("", "-wal", "-shm"):
                target.with_name(f"{target.name}{each}").unlink(missing_ok=True)
        part.chmod(0o600)
        part.replace(kept)
    return kept


def _mark_as_tried(path: Path, now: datetime) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        if "tried_at" not in {
            row[1] for row in connection.execute("PRAGMA table_info(deliveries)")
        }:
            return  # an older schema: its migration adds the column and fills it
        connection.execute(
            "UPDATE deliveries SET state = 'planned', lease_owner = NULL, lease_until = NULL,"
            " attempts = 1, tried_at = coalesce(tried_at, due_at), ready_at = due_at"
            " WHERE ready_at IS NOT NULL AND due_at <= ?",
            [(now - EPOCH) // (EPOCH.resolution)],
        )
        connection.execute(
            "UPDATE turns SET ready_at = (SELECT min(ready_at) FROM deliveries"
            " WHERE deliveries.club_id = turns.club_id AND ready_at IS NOT NULL)"
        )


def _reading(path: Path) -> sqlite3.Connection:
    """Open a database read-only; it is not created."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)


def _copy(origin: sqlite3.Connection, path: Path, progress: Progress = unshown) -> None:
    # On one snapshot: writers are not blocked. Written anew, not page by page: pages hold traces of
    # rows that are gone.
    total = _size(origin)

    def tell() -> None:
        progress("Copying", min(path.stat().st_size if path.exists() else 0, total), total)

    origin.set_progress_handler(tell, _STEPS)
    origin.execute("VACUUM INTO ?", [str(path)])
    origin.set_progress_handler(None, 0)
    progress("Copying", total, total)
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a write-ahead log


def _size(connection: sqlite3.Connection) -> int:
    """Return the bytes of a database without its empty pages."""
    pages, empty, size = (
        int(connection.execute(f"PRAGMA {each}").fetchone()[0])
        for each in ("page_count", "freelist_count", "page_size")
    )
    return (pages - empty) * size


def _in_pages(progress: Progress) -> Callable[[int, int, int], None]:
    """Return what SQLite calls after each portion of a copy, with what is left and the whole."""
    return lambda _, left, total: progress("Putting it in place", total - left, total)


def _schema(connection: sqlite3.Connection, name: str) -> str:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" not in tables:
        raise StoreError(f"{name} is not Matinee's: its tables are others.", retry=False)
    [(version,)] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if version > SCHEMA:
        raise SchemaTooNew(
            f"{name} was written by a newer Matinee (its schema is {version}, this program knows "
            f"{SCHEMA}). Use the newer program.",
            retry=False,
        )
    return str(version)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
        for table in _COUNTED
    }


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """Yield a temporary path in the target's folder; removed at the end unless moved."""
    try:
        folder = tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise StoreError(
            f"Nothing can be written in {target.parent}: {error.strerror}.", retry=False
        ) from error
    with folder as name:
        yield Path(name) / "part.db"


def _sync(path: Path) -> None:
    """Flush a file, or a folder's entries, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
