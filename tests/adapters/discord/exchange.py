"""One interaction and all that came of it; and what is made to go wrong."""

import asyncio
import re
from dataclasses import dataclass, field

from tests.adapters.discord.payloads import Json, Person, Server


@dataclass
class Exchange:
    """One interaction and all that came of it."""

    number: int
    person: Person
    channel: int
    server: Server | None
    sent_at: float
    acknowledged_at: float | None = None
    kind: int = 0
    body: Json = field(default_factory=dict)
    original: Json | None = None
    followups: list[Json] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    source: Json | None = None

    @property
    def waited(self) -> float:
        """Seconds until it was acknowledged."""
        assert self.acknowledged_at is not None, f"interaction {self.number} was never answered"
        return self.acknowledged_at - self.sent_at

    @property
    def shown(self) -> Json:
        """The last message that came of it."""
        assert self.original is not None
        return self.followups[-1] if self.followups else self.original


@dataclass
class Fault:
    """What goes wrong with requests like this, and how often."""

    path: re.Pattern[str]
    status: int
    times: int
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
