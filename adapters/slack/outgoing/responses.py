"""Where an answer goes: the response_url while it lasts, else the channel, else a direct message."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack import limits
from adapters.slack.api import TROUBLE, Api, reason
from adapters.slack.outgoing.posting import post, upload, whisper
from adapters.slack.outgoing.render import Message, render
from bot.domain.visibility import Visibility
from bot.messages.replies import Footnote, Plain, Reply

log = logging.getLogger(__name__)

MOST_URLS = 20_000
SPARE = 60.0
"""Seconds before its end at which a response_url is no longer trusted."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a member spoke. `issued`: when the response_url was made, in seconds of Unix time.

    Without a channel it was in App Home, or nowhere: then there is only the direct conversation.
    `turns`: the answer is another page of what was pressed, and takes its place.
    """

    team: str
    user: str
    channel: str = ""
    thread: str = ""
    response_url: str = ""
    issued: float = 0.0
    turns: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether only the member reads along."""
        return not self.channel or self.channel.startswith("D")


class Answering:
    """Sends answers on their way. Never raises: what cannot be said anywhere is logged."""

    def __init__(self, api: Api, now: Callable[[], float] = time.time) -> None:
        """Speak through this client. `now`: seconds of Unix time."""
        self._api = api
        self._now = now
        self._uses: OrderedDict[str, int] = OrderedDict()

    async def answer(self, spot: Spot, reply: Reply) -> None:
        """Say it where the member spoke, to them alone or to all, as the reply wants it."""
        message = render(reply)
        private = reply.visibility is Visibility.ONLY_YOU
        why = await self._said(spot, message, private=private)
        if why and spot.channel:
            await self._to_the_member(spot, reply, why)
        if message.documents:
            await self._files(spot, message, private=private)

    async def _said(self, spot: Spot, message: Message, *, private: bool) -> str:
        """Say it by one way or the other; return why it was not taken, if it was not.

        In a thread the response_url comes last: what only one member sees may miss the thread.
        """
        url_first = spot.turns or not spot.thread
        if url_first and await self._by_url(spot, message, private=private):
            return ""
        why = await self._by_call(spot, message, private=private)
        if why and not url_first and await self._by_url(spot, message, private=private):
            return ""
        return why

    async def _by_url(self, spot: Spot, message: Message, *, private: bool) -> bool:
        """Answer to the response_url, if that is still good; tell whether it was taken."""
        if not self._may_use(spot):
            return False
        body: dict[str, Any] = {
            "response_type": "ephemeral" if private else "in_channel",
            "replace_original": private and spot.turns,
            "text": message.text,
            "blocks": list(message.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
            "mrkdwn": False,
            **({"thread_ts": spot.thread} if spot.thread else {}),
        }
        try:
            async with self._api.session.post(spot.response_url, json=body) as response:
                if response.status == 200:
                    return True
                log.info("a response_url answered %d", response.status)
        except TROUBLE as error:
            log.info("a response_url did not answer: %s", type(error).__name__)
        return False

    def _may_use(self, spot: Spot) -> bool:
        url, age = spot.response_url, self._now() - spot.issued
        used = self._uses.get(url, 0)
        if not url or used >= limits.RESPONSES or age > limits.RESPONSE_MINUTES * 60 - SPARE:
            return False
        self._uses[url] = used + 1
        while len(self._uses) > MOST_URLS:
            self._uses.popitem(last=False)
        return True

    async def _by_call(self, spot: Spot, message: Message, *, private: bool) -> str:
        """Post it in the channel, or to the member; return why it was not taken, if it was not."""
        client = self._api.patient
        try:
            if private and not spot.is_direct:
                await whisper(client, message, spot.channel, spot.user, spot.thread)
            else:
                await post(client, message, spot.channel or spot.user, spot.thread)
        except TROUBLE as error:
            why = reason(error) or type(error).__name__
            log.warning("an answer was not taken: %s", why)
            return why
        return ""

    async def _to_the_member(self, spot: Spot, reply: Reply, why: str) -> None:
        note = Footnote((Plain(_CLOSED.get(why, _NOT_THERE)),))
        message = render(replace(reply, blocks=(*reply.blocks, note)))
        try:
            await post(self._api.patient, message, spot.user)
        except TROUBLE as error:
            log.warning("an answer reached nobody: %s", reason(error) or type(error).__name__)

    async def _files(self, spot: Spot, message: Message, *, private: bool) -> None:
        """Put files where the answer is; only a direct conversation keeps them to the member."""
        client = self._api.patient
        if not (private or spot.is_direct) and await upload(
            client, message, spot.channel, spot.thread
        ):
            return
        try:
            opened = await client.conversations_open(users=spot.user)
        except TROUBLE as error:
            log.warning("a file reached nobody: %s", reason(error) or type(error).__name__)
            return
        await upload(client, message, str(opened["channel"]["id"]))


_NOT_THERE = (
    "I could not answer in that channel, so I answer here. Invite me there: /invite @Matinee"
)
_CLOSED = {
    "is_archived": "That channel is archived, so I answer here.",
    "restricted_action": "Your workspace lets me say nothing in that channel, so I answer here.",
}
