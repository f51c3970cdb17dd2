"""Fetches files that members upload to Slack."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from adapters.chat.text_files import AttachmentError, ReceivedFile, largest, received_file
from adapters.slack.api import Api

_SLACK = ".slack.com"
_NOT_FETCHED = "I couldn't fetch {name} from Slack. Send it again, or paste its text."


async def fetch_file(file: Mapping[str, Any], api: Api) -> ReceivedFile:
    """Return a file; AttachmentError tells the member what to do."""
    name = str(file.get("name") or "file")
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _may_see_token(url, api.url):
        raise AttachmentError(_NOT_FETCHED.format(name=name))
    return received_file(await _bytes(url, name, api), name)


async def _bytes(url: str, name: str, api: Api) -> bytes:
    """Download a file; a little more than allowed of one too large, which `received_file` refuses."""
    headers = {"Authorization": f"Bearer {api.token}"}
    body = bytearray()
    try:
        async with api.session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                raise AttachmentError(_NOT_FETCHED.format(name=name))
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > largest(name):
                    break
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise AttachmentError(_NOT_FETCHED.format(name=name)) from None
    return bytes(body)


def _may_see_token(url: str, api_url: str) -> bool:
    """Return whether the bot token may be sent there: to Slack, or to the server set in its place."""
    parts, home = urlsplit(url), urlsplit(api_url)
    if (parts.scheme, parts.netloc) == (home.scheme, home.netloc):
        return True
    return parts.scheme == "https" and (parts.hostname or "").endswith(_SLACK)
