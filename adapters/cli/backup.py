"""`matinee backup` and `matinee restore`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from adapters.runtime.settings import Settings
from db.engines.sqlite_backup import back_up, database_file, examine, restore

Say = Callable[[str], None]


def make_backup(settings: Settings, target: Path, say: Say) -> None:
    """Copy the database while it is in use, and check the copy."""
    contents = back_up(database_file(settings.database), target)
    say(f"Saved {target}, and looked through it: {contents}.\n")


def check_backup(backup: Path, say: Say) -> None:
    """Check a backup without changing anything."""
    contents = examine(backup, f"The backup {backup}")
    say(f"{backup} is sound: {contents}. Nothing was changed.\n")


def put_back(settings: Settings, backup: Path, now: datetime, say: Say) -> None:
    """Replace the database by a backup, and keep the former one."""
    target = database_file(settings.database)
    contents, kept = restore(backup, target, now)
    say(f"Restored {target} from {backup}: {contents}.\n")
    if kept is not None:
        say(f"The former database is kept as {kept}.\n")
    say("Start anew whatever runs on it. Deliveries due by now are looked for before being said.\n")
