"""Members of servers, as Discord knows them: remembered for minutes, asked for one by one."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import discord
from cachetools import LRUCache

from adapters.discord.ids import number_of
from bot.domain.errors import PlatformSilent
from bot.domain.ids import ClubId, MemberId

REMEMBERED = 300.0
"""Seconds for which Discord's answer is remembered."""

MOST_REMEMBERED = 10_000

TIMEOUT = 5.0
"""Seconds after which Discord counts as silent."""

_NOT_THERE = frozenset({10004, 10007, 10013, 50001})
"""Codes for a server, a member or a user that is not there, and for a server without Matinee."""


@dataclass(frozen=True, slots=True)
class _Answer:
    name: str | None
    at: float


class ServerMembers:
    """The Directory port for Discord. It needs no privileged intent: it asks for one member at a time."""

    def __init__(self, client: discord.Client, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without members. `now`: seconds, monotonic."""
        self._client = client
        self._now = now
        self._known = LRUCache[tuple[ClubId, MemberId], _Answer](MOST_REMEMBERED)

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody who is in the server; None if they are not. PlatformSilent."""
        known = self._known.get((club_id, member_id))
        if known is not None and self._now() - known.at < REMEMBERED:
            return known.name
        found = await self._ask(number_of(club_id), number_of(member_id))
        self._known[club_id, member_id] = _Answer(found, self._now())
        return found

    def seen(self, club_id: ClubId, member_id: MemberId, name: str) -> None:
        """Note a member whose interaction came from the server itself."""
        self._known[club_id, member_id] = _Answer(name, self._now())

    async def _ask(self, server: int | None, user: int | None) -> str | None:
        if server is None or user is None:
            return None
        try:
            async with asyncio.timeout(TIMEOUT):
                member = await self._client.http.get_member(server, user)
        except discord.HTTPException as error:
            if error.code in _NOT_THERE:
                return None
            raise PlatformSilent(f"Discord answered {error.status}") from error
        except (TimeoutError, OSError, aiohttp.ClientError) as error:
            raise PlatformSilent("Discord does not answer") from error
        account = member["user"]
        names = (member.get("nick"), account.get("global_name"), account.get("username"))
        return next(filter(None, names), "a member")
