"""Clock and ids: where the core reads the time, and where new names come from."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where the core reads the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """Where new names come from."""

    def new(self) -> str:
        """Return a name not given before: at most 12 characters of a-z and 0-9."""
        ...
