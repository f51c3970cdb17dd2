"""`matinee move --to URL`: the whole database, to another place or engine."""

import hashlib
from collections.abc import Callable

from sqlalchemy.engine import make_url

from adapters.cli.hosting.upgrade import present_schema
from adapters.cli.progress import showing_progress
from adapters.runtime.settings.settings import Settings
from bot.domain.errors import UserError
from db.engines.moving import move
from db.engines.open import open_store


async def move_database(settings: Settings, target: str, say: Callable[[str], None]) -> None:
    """Copy everything to the database at `target`, and compare. UserError, StoreError."""
    if target == settings.database:
        raise UserError("that is the database in use; name another one after --to")
    if present_schema(settings.database) is None:
        raise UserError(
            f"there is no database at {_shown(settings.database)} that could be moved; name the folder that has "
            "it (matinee --data FOLDER move --to ...), or its address (matinee --database URL move --to ...)"
        )
    origin = hashlib.sha256(settings.database.encode()).hexdigest()[:16]
    source = await open_store(settings.database)
    try:
        there = await open_store(target)
        try:
            with showing_progress() as progress:
                moved = await move(
                    *(source.transactions, there.transactions, origin), _lines(say), progress
                )
        finally:
            await there.close()
    finally:
        await source.close()
    rows = sum(each.count for each in moved)
    say(f"Moved {rows} rows of {len(moved)} tables to {_shown(target)}; both sides are equal.\n")
    say("Now set MATINEE_DATABASE_URL to the new address, and start Matinee again.\n")
    say("The old database is as it was: delete it once you are content.\n")


def _shown(database: str) -> str:
    return make_url(database).render_as_string(hide_password=True)


def _lines(say: Callable[[str], None]) -> Callable[[str], None]:
    return lambda text: say(f"  {text}\n")
