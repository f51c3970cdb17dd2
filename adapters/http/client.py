"""Base of web clients: a session made with the first request, and answers of bounded length."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import aiohttp


class WebClient:
    """Web client, an async context; its session keeps no cookies and is closed with it."""

    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def session(self, seconds: float, headers: Mapping[str, str]) -> aiohttp.ClientSession:
        """Return the session, made at the first call: `seconds` for a whole answer, and its headers."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=seconds),
                headers=headers,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


async def body_of(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    """Return the body of an answer; None if it has more than so many bytes, which are not read."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
