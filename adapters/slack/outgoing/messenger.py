"""Delivers messages in Slack: at most one a second for each channel, with the delivery's id in it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from cachetools import LRUCache
from slack_sdk.errors import SlackApiError

from adapters.slack.api import REVOKED, TROUBLE, Api, Apis, reason, retry_after, status
from adapters.slack.ids import SlackPlace, direct, place_of
from adapters.slack.outgoing.posting import post, update, upload
from adapters.slack.outgoing.render import render
from bot.domain.errors import Delayed, DeliveryError, Rejected, Uncertain, Unreadable
from bot.domain.ids import DeliveryId, MemberId, PlaceId
from bot.messages.replies import Reply

EVENT = "matinee_delivery"
"""Type of the metadata that holds the id of a message's delivery."""

APART = 1.0
"""Seconds between two messages to one channel: Slack's rate limit."""

LONGEST_TURN = 2.0
"""Seconds that a message waits here for its turn; for longer, its delivery is postponed."""

LOCKED_OUT = 300.0
"""Seconds before the next attempt in a workspace that revoked the token."""

CLOCKS_DIFFER = 30.0
"""Seconds by which Slack's clock and this machine's may differ; its time stamps are of its own."""

PAGE = 200
MOST_PAGES = 10
MOST_PLACES = 10_000

_UNREADABLE = frozenset(
    {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found", "no_permission"}
)
_ELSEWHERE = "not a place in Slack"


class SlackMessenger:
    """The Messenger port for Slack: each place is spoken to with the token of its workspace."""

    def __init__(
        self,
        apis: Apis,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        prefix: str = "",
    ) -> None:
        """Post with these clients. `now`: seconds, monotonic; `prefix`: of slash commands."""
        self._apis = apis
        self._now = now
        self._sleep = sleep
        self._prefix = prefix
        self._free_at = LRUCache[str, float](MOST_PLACES)
        self._next_turn = LRUCache[str, float](MOST_PLACES)
        self._conversations = LRUCache[SlackPlace, str](MOST_PLACES)

    @property
    def reach(self) -> Collection[str]:
        """The clubs of all workspaces."""
        return self._apis.reach

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        """Return a member's direct messages in the workspace of `place`."""
        known, user = place_of(place), member_id.removeprefix("slack:")
        return direct(known.team, user) if known and user != member_id else None

    def remembers(self, place: PlaceId) -> timedelta:
        """Return zero: Slack has no idempotency key, so an uncertain message is looked for first."""
        del place
        return timedelta()

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Post it; return the id of the message: its channel and time stamp."""
        known = _known(place)
        api = await self._apis.of_team(known.team)
        message = render(reply, self._prefix)
        try:
            channel = await self._channel(api, known)
            await self._wait_for(channel)
            ts = await post(api.plain, message, channel, known.thread, _metadata(delivery_id))
        except TROUBLE as error:
            raise outcome_of(error) from error
        await upload(api.patient, message, channel, known.thread)
        return f"{channel}:{ts}"

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        """Put a reply in place of a message, with the same metadata."""
        api = await self._apis.of_team(_known(place).team)
        channel, _, ts = message.partition(":")
        try:
            await self._wait_for(channel)
            shown = render(reply, self._prefix)
            await update(api.plain, shown, channel, ts, _metadata(delivery_id))
        except TROUBLE as error:
            raise outcome_of(error) from error

    async def delete(self, place: PlaceId, message: str) -> None:
        """Delete a message, which may be gone already."""
        api = await self._apis.of_team(_known(place).team)
        channel, _, ts = message.partition(":")
        try:
            await api.plain.chat_delete(channel=channel, ts=ts)
        except TROUBLE as error:
            if reason(error) != "message_not_found":
                raise outcome_of(error) from error

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Search the messages since then for the one with this delivery id."""
        known = _known(place)
        api = await self._apis.of_team(known.team)
        oldest = f"{since.timestamp() - CLOCKS_DIFFER:.6f}"
        cursor = ""
        try:
            channel = await self._channel(api, known)
            for _ in range(MOST_PAGES):
                page = await _history(api, channel, known.thread, oldest, cursor)
                for each in page.get("messages", ()):
                    if _delivery(each) == delivery_id:
                        return f"{channel}:{each['ts']}"
                cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
                if not cursor:
                    return None
        except TROUBLE as error:
            if reason(error) in _UNREADABLE:
                raise Unreadable(reason(error)) from error
            raise outcome_of(error) from error
        raise Unreadable("too much was said there since")

    async def _channel(self, api: Api, place: SlackPlace) -> str:
        """Return the channel of a place; direct messages are opened the first time."""
        if place.channel:
            return place.channel
        if place not in self._conversations:
            answer = await api.plain.conversations_open(users=place.user)
            self._conversations[place] = str(answer["channel"]["id"])
        return self._conversations[place]

    async def _wait_for(self, channel: str) -> None:
        """Wait until the rate limit lets one more message into the channel.

        Delayed where that takes long: each of those that wait is told a second of its own.
        """
        now = self._now()
        free_at = max(now, self._free_at.get(channel, now))
        if free_at - now > LONGEST_TURN:
            turn = max(free_at, self._next_turn.get(channel, 0.0))
            self._next_turn[channel] = turn + APART
            raise Delayed(turn - now, "other messages to that channel come first")
        self._free_at[channel] = free_at + APART
        if free_at > now:
            try:
                await self._sleep(free_at - now)
            except BaseException:
                self._free_at[channel] -= APART  # it said nothing
                raise


async def _history(
    api: Api, channel: str, thread: str, oldest: str, cursor: str
) -> Mapping[str, Any]:
    asked: dict[str, Any] = {
        "channel": channel,
        "oldest": oldest,
        "limit": PAGE,
        "include_all_metadata": True,
        **({"cursor": cursor} if cursor else {}),
    }
    if thread:
        answer = await api.plain.conversations_replies(ts=thread, **asked)
    else:
        answer = await api.plain.conversations_history(**asked)
    return dict(answer.data) if isinstance(answer.data, Mapping) else {}


def outcome_of(error: Exception) -> DeliveryError:
    """Convert an error of Slack or of the network to the outcome of a delivery."""
    if not isinstance(error, SlackApiError):
        return Uncertain(f"no answer from Slack ({type(error).__name__})")
    code, why = status(error), reason(error)
    if code == 429 or why in {"ratelimited", "rate_limited"}:
        return Delayed(retry_after(error))
    if code >= 500 or why in {"internal_error", "fatal_error", "service_unavailable", ""}:
        return Uncertain(f"Slack answered {code}")
    if why in REVOKED:
        return Delayed(LOCKED_OUT, f"Slack does not let us in: {why}")
    return Rejected(why)


def _metadata(delivery_id: DeliveryId) -> Mapping[str, Any]:
    return {"event_type": EVENT, "event_payload": {"delivery": delivery_id}}


def _known(place: PlaceId) -> SlackPlace:
    found = place_of(place)
    if found is None:
        raise Rejected(_ELSEWHERE)
    return found


def _delivery(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT:
        return ""
    return str((metadata.get("event_payload") or {}).get("delivery", ""))
