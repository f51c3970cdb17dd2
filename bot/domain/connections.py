"""Connections of processes to a platform, as they note them for each other."""

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shards:
    """Shards of Discord that one process has: `first` to `last`, of `count` over all processes."""

    first: int
    last: int
    count: int

    def __str__(self) -> str:
        """Return them as they are written in settings."""
        return f"{self.first}-{self.last}/{self.count}"

    @classmethod
    def of(cls, text: str) -> "Shards | None":
        """Read shards as in `0-3/8`; None where they are none."""
        found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", text.strip(), re.ASCII)
        if found is None:
            return None
        first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
        return cls(first, last, count) if first <= last < count else None

    @property
    def numbers(self) -> list[int]:
        """Their numbers."""
        return list(range(self.first, self.last + 1))


ALL_SHARDS = Shards(0, 0, 1)
"""Shards of the one process of an application."""


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
        mine, others = (Shards.of(each.part) or ALL_SHARDS for each in (self, other))
        return mine.count != others.count or (
            mine.first <= others.last and others.first <= mine.last
        )
