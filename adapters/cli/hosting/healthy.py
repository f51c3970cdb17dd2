"""Command `healthy`: says whether a process serves the data folder. A container asks it every half minute."""

from adapters.runtime.health.heartbeat import LATEST, heartbeat_file, silence
from adapters.runtime.settings.settings import Settings
from bot.domain.errors import UserError


def check_heartbeat(settings: Settings) -> str:
    """Return how long ago the database answered; UserError without a sign of life."""
    quiet = silence(heartbeat_file(settings.folder, settings.only, settings.discord_shards))
    if quiet is None:
        raise UserError("no process serves this data folder")
    if quiet > LATEST.total_seconds():
        raise UserError(f"no sign of life for {quiet:.0f} s: the database is away, or it hangs")
    return f"alive; the database answered {quiet:.0f} s ago\n"
