"""Reader of Letterboxd's public feeds: one request a feed, conditional, to one host alone."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from adapters.http.client import WebClient, body_of
from adapters.letterboxd.feed_text import read_feed
from bot.domain.errors import SourceBusy, SourceError, SourceLacks
from bot.domain.follows import Feed

SECONDS = 10.0
LARGEST = 2 * 1024 * 1024
"""Bytes of a feed at most."""

PAUSE = 900.0
"""Seconds that a server is left alone which asks for that without saying for how long."""

LONGEST_PAUSE = 86_400.0

_NAME = re.compile(r"[a-z0-9_]{2,15}")
_GONE = frozenset({301, 302, 303, 307, 308, 404, 410})
"""Answers for a name that is nobody's: a renamed member's old feed leads elsewhere, or nowhere."""

_AGENT = "Matinee (film-club bot; reads feeds that members follow)"


@dataclass(slots=True)
class LetterboxdFeeds(WebClient):
    """Implements `bot.ports.FeedReader`. `home`: Letterboxd's address, without a slash at its end.

    Use it as an async context; the connection is made with the first request.
    """

    home: str

    @property
    def host(self) -> str:
        """Host that is asked."""
        return urlsplit(self.home).netloc

    async def read(self, name: str, etag: str = "", modified: str = "") -> Feed | None:
        """Return a member's feed; None if it has not changed since that version."""
        if not _NAME.fullmatch(name):
            raise SourceLacks(f"Letterboxd has no names like {name}.", retry=False)
        versions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {header: value for header, value in versions.items() if value}
        try:
            async with self._opened().get(
                f"{self.home}/{name}/rss/", headers=headers, allow_redirects=False
            ) as answer:
                if answer.status == 304:
                    return None
                _check(answer, name)
                data = await body_of(answer, LARGEST)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SourceError("Letterboxd does not answer just now.", retry=True) from error
        if data is None:
            raise SourceError("Letterboxd's feed is larger than any feed is.", retry=True)
        version = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
        return await asyncio.to_thread(
            read_feed, data, self.home, etag=version[0], modified=version[1]
        )

    def _opened(self) -> aiohttp.ClientSession:
        accepted = "application/rss+xml, application/xml"
        return self.session(SECONDS, {"Accept": accepted, "User-Agent": _AGENT})


def _check(answer: aiohttp.ClientResponse, name: str) -> None:
    status = answer.status
    if status in _GONE:
        raise SourceLacks(f"Letterboxd knows nobody called {name} now.", retry=False)
    if status == 429 or (status == 503 and "Retry-After" in answer.headers):
        wait = _seconds(answer.headers.get("Retry-After", ""))
        raise SourceBusy("Letterboxd asks to be left alone for a while.", retry_after=wait)
    if status != 200:
        raise SourceError(f"Letterboxd does not give the feed just now ({status}).", retry=True)


def _seconds(text: str) -> float:
    """Read a Retry-After header, in seconds or as a date."""
    try:
        seconds = float(text)
    except ValueError:
        try:
            then = parsedate_to_datetime(text)
        except ValueError:
            return PAUSE
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        seconds = (then - datetime.now(UTC)).total_seconds()
    return min(max(1.0, seconds), LONGEST_PAUSE)
