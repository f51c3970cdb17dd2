"""Posting a message: words and blocks, and the files beside them."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import TROUBLE, reason
from adapters.slack.outgoing.render import Message

log = logging.getLogger(__name__)

AS_IT_IS: Mapping[str, Any] = {
    "parse": "none",
    "link_names": False,
    "unfurl_links": False,
    "unfurl_media": False,
    "mrkdwn": False,
}
"""Slack looks for no names, links or markup in the words, and fetches no page that is linked."""

_NOT_TAKEN = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


async def post(
    client: AsyncWebClient,
    message: Message,
    channel: str,
    thread: str = "",
    metadata: Mapping[str, Any] | None = None,
) -> str:
    """Post a message to a channel; return its time stamp. Raises as a call does."""
    more = {**AS_IT_IS, **_in_thread(thread), **({"metadata": metadata} if metadata else {})}
    try:
        answer = await client.chat_postMessage(
            channel=channel, text=message.text, blocks=list(message.blocks), **more
        )
    except SlackApiError as error:
        if not _blocks_refused(error):
            raise
        answer = await client.chat_postMessage(channel=channel, text=message.text, **more)
    return str(answer["ts"])


async def whisper(
    client: AsyncWebClient, message: Message, channel: str, user: str, thread: str = ""
) -> None:
    """Post a message to a channel that only one member sees. Raises as a call does."""
    more: dict[str, Any] = {
        "parse": "none",
        "link_names": False,
        "mrkdwn": False,
        **_in_thread(thread),
    }
    try:
        await client.chat_postEphemeral(
            channel=channel, user=user, text=message.text, blocks=list(message.blocks), **more
        )
    except SlackApiError as error:
        if not _blocks_refused(error):
            raise
        await client.chat_postEphemeral(channel=channel, user=user, text=message.text, **more)


async def upload(client: AsyncWebClient, message: Message, channel: str, thread: str = "") -> bool:
    """Put a message's files beside it; tell whether all arrived."""
    arrived = True
    for each in message.documents:
        try:
            await client.files_upload_v2(
                channel=channel,
                content=each.content or " ",
                filename=each.name or "file.txt",
                title=each.name or "file.txt",
                **_in_thread(thread),
            )
        except TROUBLE as error:
            log.warning("a file was not taken: %s", reason(error) or type(error).__name__)
            arrived = False
    return arrived


def _in_thread(thread: str) -> dict[str, Any]:
    return {"thread_ts": thread} if thread else {}


def _blocks_refused(error: SlackApiError) -> bool:
    """Whether Slack would not show the blocks, a picture it cannot fetch for one: words remain."""
    refused = reason(error) in _NOT_TAKEN
    if refused:
        log.warning("Slack refused blocks, so the words were posted alone: %s", reason(error))
    return refused
