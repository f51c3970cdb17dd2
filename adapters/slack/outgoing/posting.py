"""Posts messages with the Web API: text, blocks, and the files beside them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.chat.pictures import file_of, is_drawing
from adapters.slack.api import TROUBLE, cause, reason
from adapters.slack.outgoing.charts import without_charts
from adapters.slack.outgoing.render import SlackMessage
from bot.messages.replies import Document

log = logging.getLogger(__name__)

AS_IT_IS: Mapping[str, Any] = {"parse": "none", "link_names": False, "mrkdwn": False}
"""Options for a text in which Slack reads no names, links or markup."""

_NO_PREVIEWS: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}
_BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
"""Errors of blocks that Slack does not show, such as a picture that it cannot fetch."""


async def post(
    client: AsyncWebClient,
    message: SlackMessage,
    channel: str,
    thread: str = "",
    metadata: Mapping[str, Any] | None = None,
) -> str:
    """Post a message to a channel; return its time stamp. Raises the errors in TROUBLE."""
    more = {**AS_IT_IS, **_NO_PREVIEWS, **({"metadata": metadata} if metadata else {})}
    answer = await _posted(client.chat_postMessage, message, channel=channel, thread=thread, **more)
    return str(answer["ts"])


async def update(
    client: AsyncWebClient,
    message: SlackMessage,
    channel: str,
    ts: str,
    metadata: Mapping[str, Any] | None = None,
) -> None:
    """Put a message in place of one that was posted. Raises the errors in TROUBLE."""
    known = {"metadata": metadata} if metadata else {}
    more = {"parse": "none", "link_names": False, **known}
    await _posted(client.chat_update, message, channel=channel, ts=ts, thread="", **more)


async def post_ephemeral(
    client: AsyncWebClient, message: SlackMessage, channel: str, user: str, thread: str = ""
) -> None:
    """Post a message that only one member sees. Raises the errors in TROUBLE."""
    call = client.chat_postEphemeral
    await _posted(call, message, channel=channel, user=user, thread=thread, **AS_IT_IS)


async def _posted(
    call: Callable[..., Awaitable[AsyncSlackResponse]],
    message: SlackMessage,
    *,
    thread: str,
    **more: Any,  # noqa: ANN401 - Slack's own arguments
) -> AsyncSlackResponse:
    """Post text and blocks; if Slack refuses the blocks, without charts, else the text alone."""
    more |= {"text": message.text, **_in_thread(thread)}
    try:
        return await call(blocks=list(message.blocks), **more)
    except SlackApiError as error:
        if reason(error) not in _BLOCKS_REFUSED:
            raise
    plainer = without_charts(message.blocks)
    if plainer != list(message.blocks):
        try:
            return await call(blocks=plainer, **more)
        except SlackApiError as error:
            if reason(error) not in _BLOCKS_REFUSED:
                raise
    log.warning("Slack refused blocks, so the text was posted alone")
    return await call(**more)


async def upload(
    client: AsyncWebClient, message: SlackMessage, channel: str, thread: str = ""
) -> bool:
    """Upload a message's files beside it; return whether all were taken."""
    arrived = True
    for each in message.documents:
        try:
            await client.files_upload_v2(
                channel=channel, **await _uploaded(each), **_in_thread(thread)
            )
        except TROUBLE as error:
            log.warning("a file was not taken: %s", cause(error))
            arrived = False
    return arrived


async def _uploaded(document: Document) -> dict[str, Any]:
    """Return a file as it is uploaded: a text, or a drawing as a picture with its description."""
    if is_drawing(document):
        name, data = await asyncio.to_thread(file_of, document)
        return {"file": data, "filename": name, "title": name, "alt_txt": document.alt[:1_000]}
    name = document.name or "file.txt"
    return {"content": document.content or " ", "filename": name, "title": name}


def _in_thread(thread: str) -> dict[str, Any]:
    return {"thread_ts": thread} if thread else {}
