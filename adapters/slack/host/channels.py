"""Slack's channels: whether Matinee may post there, and whether all of the workspace can read."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache

from adapters.slack.api import TROUBLE, Api, cause, reason
from bot.domain.errors import PlatformSilent

log = logging.getLogger(__name__)

MOST_KNOWN = 10_000
REMEMBERED = 600.0
"""Seconds for which a channel that is open to Matinee is remembered; others are asked for anew."""

MOST_CHANNELS, MOST_PAGES = 999, 5
"""Channels of a member that are asked for at a time, and how often; Slack may give fewer than it has."""

MOST_MEMBERS = 1_000
"""Members of a channel that are asked for; in a larger one, everyone is the whole club."""

_GONE = frozenset({"channel_not_found", "not_in_channel", "is_archived"})


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """A channel: whether Matinee may post there, whether only its own members read it, its name."""

    may_post: bool = True
    closed: bool = False
    name: str = ""


class ChannelDirectory:
    """Looks channels up in Slack, and remembers them for a while."""

    def __init__(self, api: Api, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without channels. `now`: seconds, monotonic."""
        self._api = api
        self._now = now
        self._known = LRUCache[str, tuple[float, SlackChannel]](MOST_KNOWN)
        self._of_users = LRUCache[str, tuple[float, frozenset[str]]](MOST_KNOWN)

    async def members(self, channel: str) -> frozenset[str] | None:
        """Return the users in a channel; None for a very large one, and while Slack does not answer."""
        try:
            answer = await self._api.patient.conversations_members(
                channel=channel, limit=MOST_MEMBERS
            )
        except TROUBLE as error:
            log.warning("could not look up who is in a channel: %s", cause(error))
            return None
        more = (answer.get("response_metadata") or {}).get("next_cursor")
        return None if more else frozenset(answer["members"])

    def remembered(self, channel: str) -> SlackChannel:
        """Return a channel from memory alone."""
        return self._known.get(channel, (0.0, SlackChannel()))[1]

    async def has(self, channel: str, user: str) -> bool:
        """Tell whether a user is in a channel, which is not archived. Raises PlatformSilent.

        Who is in it is remembered for a while; who is not is asked for anew, since they may just have joined.
        """
        at, there = self._of_users.get(user, (float("-inf"), frozenset[str]()))
        if self._now() - at >= REMEMBERED or channel not in there:
            there = await self._channels_of(user)
            self._of_users[user] = (self._now(), there)
        return channel in there

    async def _channels_of(self, user: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                answer = await self._api.patient.users_conversations(
                    user=user,
                    types="public_channel,private_channel",
                    exclude_archived=True,
                    limit=MOST_CHANNELS,
                    **({"cursor": cursor} if cursor else {}),
                )
            except TROUBLE as error:
                message = "Slack does not say in which channels that member is"
                raise PlatformSilent(message) from error
            found |= {str(each["id"]) for each in answer["channels"]}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return frozenset(found)

    async def look_up(self, channel: str) -> SlackChannel:
        """Return a channel. While Slack does not answer, it is taken to be open."""
        at, remembered = self._known.get(channel, (float("-inf"), SlackChannel()))
        if self._now() - at < REMEMBERED:
            return remembered
        try:
            answer = await self._api.patient.conversations_info(channel=channel)
        except TROUBLE as error:
            if reason(error) in _GONE:  # of channels only a private one is hidden from Matinee
                return SlackChannel(may_post=False, closed=True)
            log.warning("could not look up a channel: %s", cause(error))
            return remembered
        told = answer["channel"]
        is_named = told.get("name") and not told.get("is_mpim")
        found = SlackChannel(
            not told.get("is_archived"),
            bool(told.get("is_private")),
            f"#{told['name']}" if is_named else "",
        )
        if found.may_post:
            self._known[channel] = (self._now(), found)
        return found
