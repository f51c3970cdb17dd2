"""Rivals: other processes that answer the same interactions, because one token is in use twice."""

import logging
import time
from collections import deque
from collections.abc import Callable

log = logging.getLogger(__name__)

FEW, SPAN = 3, 60.0
"""Interactions that may be answered elsewhere within so many seconds: Discord's own errors cause some."""

SAID_EVERY = 600.0
"""Seconds between two notes in the log."""


class Rivals:
    """Notices that interactions of this application are answered by another process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without any. `now`: seconds, monotonic."""
        self._now = now
        self._at: deque[float] = deque(maxlen=FEW)
        self._said_at = float("-inf")

    def noticed(self) -> None:
        """Count an interaction that was answered elsewhere, and log an error once they are many."""
        now = self._now()
        self._at.append(now)
        many = len(self._at) == FEW and now - self._at[0] <= SPAN
        if many and now - self._said_at >= SAID_EVERY:
            self._said_at = now
            log.error(
                "another process answers the same interactions: DISCORD_TOKEN is in use twice. End "
                "one of them, or give each its own shards (matinee run --shards)"
            )
