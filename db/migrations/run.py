"""Runs migrations by Alembic, inside this process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.ports.progress import Progress

_STEP = "Changing the schema"


def configuration(
    connection: Connection | None = None, applied: Callable[..., None] | None = None
) -> Config:
    """Return Alembic's configuration for the migrations in this folder; `applied` hears of each that was run."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["applied"] = applied
    return config


def load() -> None:
    """Load every migration, which is slow."""
    list(_steps().walk_revisions())


def upgrade(connection: Connection, missing: int, progress: Progress) -> None:
    """Run every missing migration; `missing` is their number."""
    done = 0

    def applied(**_: Any) -> None:  # noqa: ANN401 - Alembic tells more than is wanted
        nonlocal done
        done += 1
        progress(_STEP, done, missing)

    progress(_STEP, done, missing)
    command.upgrade(configuration(connection, applied), "head")


def pending(present: str) -> list[tuple[str, str]]:
    """Return the migrations after a version: number and what each does, in order."""
    later = [
        (each.revision, each.doc) for each in _steps().walk_revisions() if each.revision > present
    ]
    return sorted(later)


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())
