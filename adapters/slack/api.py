"""Slack's Web API: one client on one pool of connections, and the reasons of its refusals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import ClubId

TIMEOUT = 10.0
"""Seconds for one call."""

REVOKED = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""Errors of a token that is no longer valid."""

TROUBLE = (aiohttp.ClientError, TimeoutError, OSError, SlackApiError)
"""Errors that a call may raise."""

Json = dict[str, Any]


@dataclass(slots=True)
class Connections:
    """The pool of connections to Slack, opened when first needed."""

    _session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pool, open."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            self._session = aiohttp.ClientSession(
                timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


@dataclass(slots=True)
class Api:
    """The Web API with a bot's token. The token is in no repr.

    `patient` waits and retries where Slack asks for that; `plain` leaves it to the caller.
    """

    url: str
    token: str = field(repr=False)
    connections: Connections = field(default_factory=Connections)

    def with_token(self, token: str) -> "Api":
        """Return the Web API with another token, on the same connections."""
        return Api(self.url, token, self.connections)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pool of connections."""
        return self.connections.session

    @property
    def patient(self) -> AsyncWebClient:
        """A client that retries twice after rate limits; for answers to members."""
        return self._client(AsyncRateLimitErrorRetryHandler(max_retry_count=2))

    @property
    def plain(self) -> AsyncWebClient:
        """A client without retries."""
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
        await self.connections.close()


class Apis(Protocol):
    """The Web API in each workspace that Matinee is installed in."""

    @property
    def reach(self) -> Collection[ClubId]:
        """Clubs of the workspaces."""

    async def of_team(self, team: str) -> Api:
        """Return the Web API with the token of a workspace. Raises Delayed."""


def reason(error: Exception) -> str:
    """Return Slack's reason for an error, such as `not_in_channel`; empty where it gave none."""
    if not isinstance(error, SlackApiError):
        return ""
    body = error.response.data if hasattr(error.response, "data") else None
    return str(body.get("error", "")) if isinstance(body, Mapping) else ""


def cause(error: Exception) -> str:
    """Return Slack's reason for an error, or else the error's type; for the log."""
    return reason(error) or type(error).__name__


def status(error: Exception) -> int:
    """Return the HTTP status of an error; 0 where there was no answer."""
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
