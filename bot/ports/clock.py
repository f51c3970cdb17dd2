"""Clock, and generator of ids."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Source of the current time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC. It may be set back."""

    def elapsed(self) -> float:
        """Return the seconds since some instant before: never set, so it measures lengths of time."""


class Ids(Protocol):
    """Generator of unique ids."""

    def new(self) -> str:
        """Return a new unique id: at most 12 characters of a-z and 0-9."""
