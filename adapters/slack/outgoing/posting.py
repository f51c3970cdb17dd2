"""Posts messages with the Web API: text, blocks, and the files beside them."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import TROUBLE, cause, reason
from adapters.slack.outgoing.render import SlackMessage

log = logging.getLogger(__name__)

AS_IT_IS: Mapping[str, Any] = {
    "parse": "none",
    "link_names": False,
    "unfurl_links": False,
    "unfurl_media": False,
    "mrkdwn": False,
}
"""Options for a text in which Slack reads no names, links or markup, and previews no link."""

_NOT_TAKEN = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


async def post(
    client: AsyncWebClient,
    message: SlackMessage,
    channel: str,
    thread: str = "",
    metadata: Mapping[str, Any] | None = None,
) -> str:
    """Post a message to a channel; return its time stamp. Raises the errors in TROUBLE."""
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


async def post_ephemeral(
    client: AsyncWebClient, message: SlackMessage, channel: str, user: str, thread: str = ""
) -> None:
    """Post a message that only one member sees. Raises the errors in TROUBLE."""
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


async def upload(
    client: AsyncWebClient, message: SlackMessage, channel: str, thread: str = ""
) -> bool:
    """Upload a message's files beside it; return whether all were taken."""
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
            log.warning("a file was not taken: %s", cause(error))
            arrived = False
    return arrived


def _in_thread(thread: str) -> dict[str, Any]:
    return {"thread_ts": thread} if thread else {}


def _blocks_refused(error: SlackApiError) -> bool:
    """Return whether Slack refused the blocks, such as a picture that it cannot fetch."""
    refused = reason(error) in _NOT_TAKEN
    if refused:
        log.warning("Slack refused blocks, so the words were posted alone: %s", reason(error))
    return refused
