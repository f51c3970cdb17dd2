"""`matinee upgrade`: what this version changes in the schema, and the change itself."""

from collections.abc import Callable

from sqlalchemy.engine import make_url

from adapters.cli.progress import showing_progress
from adapters.runtime.settings.settings import Settings
from db.engines.open import on_server, open_store
from db.engines.sqlite_backup import database_file, examine
from db.migrations import SCHEMA
from db.migrations.run import pending


async def upgrade(settings: Settings, say: Callable[[str], None], *, check: bool) -> None:
    """Print the migrations that the database lacks; run them unless this is but a `check`. StoreError."""
    present = present_schema(settings.database)
    if present is None:
        say(f"There is no database yet; the first start makes one with schema {SCHEMA}.\n")
        return
    missing = pending(present)
    for number, what in missing:
        say(f"{number}  {what}\n")
    if not missing:
        say(f"Nothing to do: the schema is {present}, as this program has it.\n")
    elif check:
        say(f"{len(missing)} to run. Make a backup, then: matinee upgrade\n")
    else:
        with showing_progress() as progress:
            await (await open_store(settings.database, progress=progress)).close()
        say(f"The schema is {SCHEMA} now.\n")


def present_schema(database: str) -> str | None:
    """Return the schema of a database; None where there is no database, or nothing in it yet. StoreError."""
    if on_server(database):
        from db.engines.postgresql.engine import require_driver  # noqa: PLC0415 - SQLite does not need it
        from db.engines.postgresql.examine import examine_server  # noqa: PLC0415 - likewise

        require_driver()
        return examine_server(make_url(database)).schema
    path = database_file(database)
    return examine(path).schema if path.exists() else None
