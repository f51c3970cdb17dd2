"""`matinee backup` and `matinee restore`."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from adapters.cli.progress import showing_progress
from adapters.runtime.settings.settings import Settings
from bot.domain.errors import UserError
from bot.ports.progress import Progress
from db.engines.open import on_server, open_store
from db.engines.sqlite_backup import (
    Contents,
    back_up,
    database_file,
    examine,
    forgotten_in,
    restore,
)
from db.tables.forgetting import Forgotten

Say = Callable[[str], None]


def make_backup(settings: Settings, target: Path, say: Say) -> None:
    """Copy the database while it is in use, and check the copy."""
    if on_server(settings.database):
        from db.engines.postgresql import backup  # noqa: PLC0415 - SQLite does not need it

        with showing_progress() as progress:
            progress("Copying", 0, 0)
            tables = backup.dump(make_url(settings.database), target)
        say(f"Saved {target}, and read its list of contents: {tables} tables.\n")
        say(f"Put it back with: {backup.RESTORING} {target}\n")
        return
    with showing_progress() as progress:
        contents = back_up(database_file(settings.database), target, progress)
    say(f"Saved {target}, and looked through it: {contents}.\n")


def check_backup(backup: Path, say: Say) -> None:
    """Check a backup without changing anything."""
    with showing_progress() as progress:
        contents = examine(backup, f"The backup {backup}", progress)
    say(f"{backup} is sound: {contents}. Nothing was changed.\n")


async def put_back(settings: Settings, backup: Path, now: datetime, say: Say) -> None:
    """Replace the database by a backup, and keep the former one.

    Who was forgotten since the backup is forgotten in a copy of it, before that takes the database's place: so
    an end in between brings nobody back.
    """
    if on_server(settings.database):
        from db.engines.postgresql.backup import RESTORING  # noqa: PLC0415 - SQLite does not need it

        raise UserError(f"a database on a server is put back by its own program: {RESTORING} FILE")
    target = database_file(settings.database)
    with showing_progress() as progress:
        contents, kept, again = await _restored(backup, target, now, progress)
    say(f"Restored {target} from {backup}: {contents}.\n")
    if kept is not None:
        say(f"The former database is kept as {kept}.\n")
    if again:
        say(f"{again} who had asked to be forgotten since that backup are forgotten in it, too.\n")
        say(f"They are still in {kept}: delete that file when you no longer need it.\n")
    say("Start anew whatever runs on it. Deliveries due by now are looked for before being said.\n")


async def _restored(
    backup: Path, target: Path, now: datetime, progress: Progress
) -> tuple[Contents, Path | None, int]:
    """Put a backup in place; return its contents, the file that keeps the former one, who was forgotten again."""
    notes = forgotten_in(target)
    if not notes:
        return *restore(backup, target, now, progress), 0
    examine(backup, f"The backup {backup}", progress)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        part = Path(folder, "part.db")
        back_up(backup, part, progress)
        again = await _forget_again(part, notes)
        return *restore(part, target, now, progress), again


async def _forget_again(path: Path, notes: Sequence[Forgotten]) -> int:
    store = await open_store(f"sqlite:///{path}")
    try:
        again = await store.forget_again(notes)
        await store.overwrite_forgotten()
        return again
    finally:
        await store.close()
