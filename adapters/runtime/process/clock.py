"""Clock and id generators of the machine."""

import base64
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class MachineClock:
    """Clock of the machine, or, once set, one that runs on from another instant."""

    def __init__(self, start: datetime | None = None) -> None:
        """Begin with `start` (aware), or with the machine's time."""
        self._start: datetime | None = None
        self._since = 0.0
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        if self._start is None:
            return datetime.now(UTC)
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def elapsed(self) -> float:
        """Return the seconds since the machine started, whatever its clock is set to."""
        return time.monotonic()

    def set(self, instant: datetime) -> None:
        """Move to another instant (aware)."""
        self._start, self._since = instant.astimezone(UTC), time.monotonic()

    @contextmanager
    def temporarily_at(self, instant: datetime) -> Iterator[None]:
        """Set another instant for a `with` block, then go back to the time before it."""
        former = self._start, self._since
        self.set(instant)
        try:
            yield
        finally:
            self._start, self._since = former


class RandomIds:
    """Ids that cannot be guessed: 80 random bits in 16 letters and digits."""

    def new(self) -> str:
        """Return a new id."""
        return base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()


class SequentialIds:
    """Numbered ids, for output that has to be the same each time."""

    def __init__(self, prefix: str) -> None:
        """Begin at 1. Each id is `prefix` (a-z) and a number."""
        self._prefix = prefix
        self._last = 0

    def new(self) -> str:
        """Return the next id."""
        self._last += 1
        return f"{self._prefix}{self._last:06}"


def parse_instant(text: str) -> datetime:
    """Parse `2024-01-20`, `2024-01-20T12:00Z` or `2024-01-20T12:00+01:00`; UTC without a zone.

    Raises ValueError.
    """
    try:
        instant = datetime.fromisoformat(text.strip())
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        instant = instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text.strip()[:40]!r} is not a time; write it like 2024-01-20T12:00Z"
        ) from None
    if not 1900 <= instant.year <= 2200:
        raise ValueError(f"the year {instant.year} is out of range; use 1900 to 2200")
    return instant
