"""Fetches files that members upload to Discord."""

import asyncio

import aiohttp
import discord
from discord.http import HTTPClient

from adapters.chat.text_files import AttachmentError, ReceivedFile, largest, received_file
from adapters.discord.commands import Json

TIMEOUT = 10.0
"""Seconds."""


async def fetch_file(http: HTTPClient, attachment: Json) -> ReceivedFile:
    """Return an attachment; AttachmentError tells the member what to do."""
    name = attachment["filename"]
    if attachment["size"] > largest(name):
        return received_file(b" " * (largest(name) + 1), name)
    try:
        async with asyncio.timeout(TIMEOUT):
            data = await http.get_from_cdn(attachment["url"])
    except (TimeoutError, aiohttp.ClientError, discord.HTTPException) as error:
        raise AttachmentError(
            f"I couldn't get {name} from Discord. Nothing was saved; try again in a moment."
        ) from error
    return received_file(data, name)
