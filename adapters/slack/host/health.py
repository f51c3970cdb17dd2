"""Whether the database and Slack are well, for those who watch over Matinee: asked seldom."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from adapters.slack.api import TROUBLE, Api, cause
from bot.domain.errors import StoreError
from bot.service import Bot

KEPT = 10.0
"""Seconds for which an answer is kept: anybody who reaches the port may ask."""

PATIENCE = 5.0
"""Seconds after which something counts as out of reach."""


class Health:
    """Looks at the database and at Slack, at most once every few seconds."""

    def __init__(self, bot: Bot, api: Api, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without an answer. `now`: seconds, monotonic."""
        self._parts = {"database": bot.check_store, "slack": lambda: _answers(api)}
        self._now = now
        self._lock = asyncio.Lock()
        self._looked_at = float("-inf")
        self._found: dict[str, str] = {}

    async def look(self) -> tuple[bool, str]:
        """Return whether all is well, and a line for each part: `database: ok`."""
        async with self._lock:
            if self._now() - self._looked_at >= KEPT:
                names = list(self._parts)
                found = await asyncio.gather(*(_state(self._parts[each]) for each in names))
                self._found = dict(zip(names, found, strict=True))
                self._looked_at = self._now()
        well = all(each == "ok" for each in self._found.values())
        return well, "".join(f"{name}: {state}\n" for name, state in self._found.items())


async def _state(look: Callable[[], Awaitable[object]]) -> str:
    """Return `ok`, or what is wrong, without any detail that concerns nobody outside."""
    try:
        async with asyncio.timeout(PATIENCE):
            await look()
    except TimeoutError:
        return "does not answer"
    except StoreError:
        return "cannot be read"
    except TROUBLE as error:
        return f"refuses ({cause(error)})"
    return "ok"


async def _answers(api: Api) -> None:
    """Ask whether the token is well; without one, whether Slack answers at all."""
    await (api.plain.auth_test() if api.token else api.plain.api_test())
