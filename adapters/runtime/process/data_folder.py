"""Data folder: what is in it is its owner's alone, whoever may look into the folder."""

import os
from contextlib import suppress
from pathlib import Path

OURS = (
    "matinee.db", "matinee.db-wal", "matinee.db-shm", "index.bin", "titles.bin", "titles.json", "history",
    "tmdb.cache", "said.txt", "discord-commands.txt", "index.lock",
)  # fmt: skip
"""Files that Matinee writes there."""


def keep_private(folder: Path) -> None:
    """Close the files of an earlier version to everybody else; new ones are made so (umask)."""
    if os.name != "posix":
        return
    for name in OURS:
        path = folder / name
        with suppress(OSError):  # not there, or another user's
            if path.is_file() and path.stat().st_mode & 0o077:
                path.chmod(0o600)
