"""Hints between the processes on one database, as every engine offers them."""

import asyncio
from typing import Protocol

from bot.ports.hints import HintTopic


class Hints(Protocol):
    """Hints to every process on a database; see `bot.ports.hints.HintTopic`."""

    def give(self, topic: HintTopic) -> None:
        """Hint that something was committed. Returns at once; a failure only delays others until they poll."""

    def event(self, topic: HintTopic) -> asyncio.Event:
        """Return an event that each hint sets; who waits for it clears it."""

    async def close(self) -> None:
        """Send what is left, for a moment, and hear no more."""


class NoHints:
    """Implements `Hints` where processes cannot call each other: they find everything by polling."""

    def give(self, topic: HintTopic) -> None:
        """Do nothing."""

    def event(self, topic: HintTopic) -> asyncio.Event:
        """Return an event that is never set."""
        del topic
        return asyncio.Event()

    async def close(self) -> None:
        """Do nothing."""
