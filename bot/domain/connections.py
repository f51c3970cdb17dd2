"""Connections of processes to a platform, as they note them for each other."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlatformConnection:
    """Connection of a process for an application (`discord:7`), and when it was last noted (UTC).

    `process`: host, number and a random name. `part`: its shards as in `0-3/8`; empty for all.
    """

    application: str
    process: str
    part: str
    seen_at: datetime

    def clashes_with(self, other: "PlatformConnection") -> bool:
        """Tell whether both hear of some of the same events: of another count of shards, it may be any."""
        if self.application != other.application or self.process == other.process:
            return False
        (first, last, count), (others_first, others_last, others_count) = (
            _shards(self),
            _shards(other),
        )
        return count != others_count or (first <= others_last and others_first <= last)


def _shards(connection: PlatformConnection) -> tuple[int, int, int]:
    """Return the first and the last shard, and how many there are in all."""
    if not connection.part:
        return 0, 0, 1
    numbers, _, count = connection.part.partition("/")
    first, _, last = numbers.partition("-")
    return int(first), int(last or first), int(count)
