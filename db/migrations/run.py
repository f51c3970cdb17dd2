"""Runs migrations by Alembic, inside this process."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for the migrations in this folder."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def load() -> None:
    """Load every migration, which is slow."""
    list(_steps().walk_revisions())


def upgrade(connection: Connection) -> None:
    """Run every missing migration."""
    command.upgrade(configuration(connection), "head")


def pending(present: str) -> list[tuple[str, str]]:
    """Return the migrations after a version: number and what each does, in order."""
    later = [
        (each.revision, each.doc) for each in _steps().walk_revisions() if each.revision > present
    ]
    return sorted(later)


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())
