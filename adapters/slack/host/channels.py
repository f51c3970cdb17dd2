"""Slack's channels: whether Matinee may post there, and whether all of the workspace can read."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache

from adapters.slack.api import TROUBLE, Api, cause, reason

log = logging.getLogger(__name__)

MOST_KNOWN = 10_000
REMEMBERED = 600.0
"""Seconds for which a channel that is open to Matinee is remembered; others are asked for anew."""

MOST_MEMBERS = 1_000
"""Members of a channel that are asked for; in a larger one, everyone is the whole club."""

_GONE = frozenset({"channel_not_found", "not_in_channel", "is_archived"})


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """A channel: whether Matinee may post there, and whether only its own members read it."""

    may_post: bool = True
    closed: bool = False


class ChannelDirectory:
    """Looks channels up in Slack, and remembers them for a while."""

    def __init__(self, api: Api, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without channels. `now`: seconds, monotonic."""
        self._api = api
        self._now = now
        self._known = LRUCache[str, tuple[float, SlackChannel]](MOST_KNOWN)

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
        found = SlackChannel(not told.get("is_archived"), bool(told.get("is_private")))
        if found.may_post:
            self._known[channel] = (self._now(), found)
        return found
