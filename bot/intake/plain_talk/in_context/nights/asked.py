"""A phrase of a film night, with the open nights and all that it is read with."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.nights import Night, Stage
from bot.domain.words.patterns import lazy_pattern
from bot.intake.plain_talk.in_context.titled import Read
from bot.intake.plain_talk.titles import listed, named
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context

LIST_WORDS = lazy_pattern(
    r"[\s,]+(?:and\s+)?then\s+|\s+(?:and|or)\s+(?:also|maybe|then)\s+|\s+or\s+", re.IGNORECASE
)
"""What joins films beside a comma."""


@dataclass(frozen=True, slots=True)
class NightTalk:
    """A phrase that fits, with the open nights and what it is read with."""

    line: str
    slots: Mapping[str, str]
    nights: Sequence[Night]
    read: Read
    context: Context
    work: UnitOfWork

    def in_stage(self, *stages: Stage) -> Night | None:
        """Return the soonest night in one of these stages."""
        return next((each for each in self.nights if each.stage in stages), None)

    def film(self, slot: str = "title") -> str:
        """Return the known title in a slot; empty where it holds none."""
        return named(self.slots.get(slot, ""), self.context.titles) or ""

    def films(self, slot: str = "title") -> tuple[str, ...]:
        """Return the known titles that a slot lists; none where it holds anything else."""
        said = self.slots.get(slot, "")
        whole = named(said, self.context.titles)
        return (whole,) if whole else listed(LIST_WORDS.sub(", ", said), self.context.titles)


Meaning = Callable[[NightTalk], Awaitable[Command | None]]
