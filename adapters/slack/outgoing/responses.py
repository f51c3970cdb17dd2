"""Sends responses: to the response_url while it is valid, else the channel, else directly."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cachetools import FIFOCache

from adapters.slack import limits
from adapters.slack.api import TROUBLE, Api, cause
from adapters.slack.ids import place_of
from adapters.slack.outgoing.blocks import small
from adapters.slack.outgoing.posting import post, post_ephemeral, update, upload
from adapters.slack.outgoing.render import SlackMessage, render
from bot.domain.ids import PlaceId
from bot.messages.replies import Footnote, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.request.sharing import not_shown_in, shown_in

log = logging.getLogger(__name__)

MOST_URLS = 20_000
SPARE = 60.0
"""Seconds before the end of its validity at which a response_url is no longer used."""


@dataclass(frozen=True, slots=True)
class ResponseTarget:
    """Place where the response to a request goes: the one that the request came from.

    `issued`: when Slack made the `response_url`, in seconds of Unix time. `in_place`: the response replaces
    the message that was pressed. `at_home`: the response is shown in App Home. `under`: time stamp of the
    message below which a response for all is posted; one for the member alone is posted in the channel
    itself. `aloud`: asked by a message in the channel, and answered by one. `updates`: time stamp of the
    direct message that the response replaces. `club`: the club of the message that was pressed.
    """

    team: str
    user: str
    channel: str = ""
    thread: str = ""
    response_url: str = ""
    issued: float = 0.0
    in_place: bool = False
    at_home: bool = False
    under: str = ""
    aloud: bool = False
    updates: str = ""
    club: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether nobody but the member reads there."""
        return not self.channel or self.channel.startswith("D")


class Responses:
    """Sends responses. Never raises: a response that nobody takes is logged."""

    def __init__(self, api: Api, now: Callable[[], float] = time.time, *, prefix: str = "") -> None:
        """Post with this client. `now`: seconds of Unix time; `prefix`: of slash commands."""
        self._api = api
        self._now = now
        self._prefix = prefix
        self._uses = FIFOCache[str, int](MOST_URLS)

    async def send(self, target: ResponseTarget, reply: Reply) -> None:
        """Send a reply to where the request was made: to the member alone, or to all there."""
        message = render(reply, self._prefix)
        private = reply.visibility is Visibility.ONLY_YOU
        if reply.aside and not reply.asks:
            # What went wrong takes no question's place: its buttons are wanted again.
            target = replace(target, in_place=False, updates="")
        elif target.in_place and not private:
            await self._by_url(target, _BELOW_FOR_ALL, private=True)
            target = replace(target, in_place=False)
        why = await self._posted(target, message, private=private)
        if why and target.channel:
            await self._to_the_member(target, reply, why)
        if message.documents:
            await self._files(target, message, private=private)

    async def _posted(self, target: ResponseTarget, message: SlackMessage, *, private: bool) -> str:
        """Post it by one way or the other; return why it was refused, or an empty text.

        In a thread the response_url comes last: by it, a message for one member may miss the thread.
        """
        if target.updates and await self._updated(target, message):
            return ""
        url_first = target.in_place or not target.thread
        if url_first and await self._by_url(target, message, private=private):
            return ""
        why = await self._by_call(target, message, private=private)
        if why and not url_first and await self._by_url(target, message, private=private):
            return ""
        return why

    async def _updated(self, target: ResponseTarget, message: SlackMessage) -> bool:
        """Put it in place of the message that was pressed; return whether that was possible."""
        try:
            await update(self._api.patient, message, target.channel, target.updates)
        except TROUBLE as error:
            log.info("a message was not changed: %s", cause(error))
            return False
        return True

    async def _by_url(
        self, target: ResponseTarget, message: SlackMessage, *, private: bool
    ) -> bool:
        """Post it to the response_url, if that is still valid; return whether it was taken."""
        if not self._may_use(target):
            return False
        body: dict[str, Any] = {
            "response_type": "ephemeral" if private else "in_channel",
            "replace_original": private and target.in_place,
            "text": message.text,
            "blocks": list(message.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
            "mrkdwn": False,
            **({"thread_ts": target.thread} if target.thread else {}),
        }
        try:
            async with self._api.session.post(target.response_url, json=body) as response:
                if response.status == 200:
                    return True
                log.info("a response_url answered %d", response.status)
        except TROUBLE as error:
            log.info("a response_url did not answer: %s", type(error).__name__)
        return False

    def _may_use(self, target: ResponseTarget) -> bool:
        url, age = target.response_url, self._now() - target.issued
        used = self._uses.get(url, 0)
        if not url or used >= limits.RESPONSES or age > limits.RESPONSE_MINUTES * 60 - SPARE:
            return False
        self._uses[url] = used + 1
        return True

    async def _by_call(
        self, target: ResponseTarget, message: SlackMessage, *, private: bool
    ) -> str:
        """Post it to the channel, or to the member; return why it was refused, or an empty text."""
        client = self._api.patient
        try:
            if private and not target.is_direct:
                await post_ephemeral(client, message, target.channel, target.user, target.thread)
            else:
                thread = target.thread or target.under
                await post(client, message, target.channel or target.user, thread)
        except TROUBLE as error:
            why = cause(error)
            log.warning("an answer was not taken: %s", why)
            return why
        return ""

    async def _to_the_member(self, target: ResponseTarget, reply: Reply, why: str) -> None:
        note = Footnote((Plain(_CLOSED.get(why, _NOT_THERE)),))
        message = render(replace(reply, blocks=(*reply.blocks, note)), self._prefix)
        try:
            await post(self._api.patient, message, target.user)
        except TROUBLE as error:
            log.warning("an answer reached nobody: %s", cause(error))

    async def show_in(self, place: PlaceId, reply: Reply) -> Reply:
        """Show a reply in a channel of its own choice; return what whoever asked for that is told."""
        known = place_of(place)
        message = render(reply, self._prefix)
        client = self._api.patient
        try:
            if known is None:
                return not_shown_in(place)
            await post(client, message, known.channel, known.thread)
        except TROUBLE as error:
            log.info("an answer was not shown in a channel: %s", cause(error))
            return not_shown_in(place)
        if message.documents:
            await upload(client, message, known.channel, known.thread)
        return shown_in(place)

    async def hand_over(self, target: ResponseTarget, reply: Reply) -> None:
        """Send the files of a reply to the member alone, where the reply itself is shown elsewhere."""
        message = render(reply, self._prefix)
        if message.documents:
            await self._files(target, message, private=True)

    async def _files(self, target: ResponseTarget, message: SlackMessage, *, private: bool) -> None:
        """Upload files beside the response; those for the member alone as a direct message."""
        client = self._api.patient
        if not (private or target.is_direct) and await upload(
            client, message, target.channel, target.thread
        ):
            return
        try:
            opened = await client.conversations_open(users=target.user)
        except TROUBLE as error:
            log.warning("a file reached nobody: %s", cause(error))
            return
        await upload(client, message, str(opened["channel"]["id"]))


_BELOW_FOR_ALL = SlackMessage(
    "Everybody here sees it now.", (small("Everybody here sees it now."),)
)
_NOT_THERE = (
    "I could not answer in that channel, so I answer here. Invite me there: /invite @Matinee"
)
_CLOSED = {
    "is_archived": "That channel is archived, so I answer here.",
    "restricted_action": "Your workspace lets me say nothing in that channel, so I answer here.",
}
