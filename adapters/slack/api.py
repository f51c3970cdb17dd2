"""Slack's Web API: one client on one pool of connections, and what its refusals mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT = 10.0
"""Seconds for one call."""

REVOKED = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""Refusals that say that Matinee is no longer let in at all."""

TROUBLE = (aiohttp.ClientError, TimeoutError, OSError, SlackApiError)
"""What a call may raise."""

Json = dict[str, Any]


@dataclass(slots=True)
class Api:
    """The Web API with the bot's token. The token is in no repr.

    `patient` waits and calls again where Slack asks for that; `plain` leaves it to the caller.
    """

    url: str
    token: str = field(repr=False)
    _session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections, opened when first needed."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            self._session = aiohttp.ClientSession(
                timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    @property
    def patient(self) -> AsyncWebClient:
        """A client for answers to members."""
        return self._client(AsyncRateLimitErrorRetryHandler(max_retry_count=2))

    @property
    def plain(self) -> AsyncWebClient:
        """A client that calls once."""
        return self._client()

    def _client(self, *retries: AsyncRateLimitErrorRetryHandler) -> AsyncWebClient:
        return AsyncWebClient(
            token=self.token,
            base_url=self.url,
            session=self.session,
            retry_handlers=list(retries),
        )

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def reason(error: Exception) -> str:
    """Name Slack's reason for a refusal, such as `not_in_channel`; empty where it gave none."""
    if not isinstance(error, SlackApiError):
        return ""
    body = error.response.data if hasattr(error.response, "data") else None
    return str(body.get("error", "")) if isinstance(body, Mapping) else ""


def status(error: Exception) -> int:
    """Return the HTTP status of a refusal; 0 where there was no answer."""
    if not isinstance(error, SlackApiError):
        return 0
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))


def retry_after(error: SlackApiError) -> float:
    """Return the seconds that Slack asks to wait; a second where it does not say."""
    headers = getattr(error.response, "headers", None) or {}
    try:
        return max(0.0, float(headers.get("Retry-After", "1")))
    except ValueError:
        return 1.0
