"""States of installs that have begun: random, kept as digests, taken once, over after ten minutes."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.domain.clubs.web_keys import digest_of
from bot.ports.installations import SealedInstallations

VALID = timedelta(minutes=10)

MOST = 60
"""Installs that may begin in a minute: anybody may ask, and each is a write to the database."""


class TooManyInstalls(Exception):
    """More installs begin than is sensible."""


class StateStore(AsyncOAuthStateStore):
    """Bolt's store of states on Matinee's database."""

    def __init__(
        self, installations: SealedInstallations, now: Callable[[], float] = time.time
    ) -> None:
        """Keep them there. `now`: seconds of Unix time."""
        self._installations = installations
        self._now = now
        self._begun = deque[float](maxlen=MOST)

    async def async_issue(self, *_: object, **__: object) -> str:
        """Return a new state of 256 random bits. Raises TooManyInstalls, StoreError."""
        seconds = self._now()
        if len(self._begun) == MOST and abs(seconds - self._begun[0]) < 60:
            raise TooManyInstalls
        self._begun.append(seconds)
        state = secrets.token_urlsafe(32)
        now = datetime.fromtimestamp(seconds, UTC)
        await self._installations.begin(digest_of(state), now, now + VALID)
        return state

    async def async_consume(self, state: str) -> bool:
        """Use up the state of an install; return whether it had been issued lately and was unused. Raises StoreError."""
        now = datetime.fromtimestamp(self._now(), UTC)
        return await self._installations.finish(digest_of(state), now)
