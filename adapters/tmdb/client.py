"""HTTP client of TMDB: time-outs, retries, a request pace, and a key that is never shown."""

import json
import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from adapters.http.client import WebClient, body_of
from adapters.tmdb.errors import busy, not_found, refused, rejected, unavailable
from adapters.tmdb.pace import RequestPace
from bot.domain.errors import SourceError

log = logging.getLogger(__name__)

Query = Mapping[str, str]

_REFUSED = (401, 403)
_NOT_FOUND = 404
_TOO_MANY = 429
_BROKEN = 500
_LONGEST_RETRY_AFTER = 3600.0
"""Seconds that a Retry-After header counts for at most."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Time-outs, retries and limits of requests. Times in seconds, `largest` in bytes."""

    timeout: float = 5.0
    attempts: int = 3
    backoff: float = 0.3
    longest_wait: float = 5.0
    largest: int = 4 * 1024 * 1024


class _Retry(Exception):
    """Failure that may be retried; `after`: the seconds that TMDB asked to wait, if it did."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__()
        self.after = after


@dataclass(slots=True)
class TmdbClient(WebClient):
    """Client of TMDB. `key`: a v3 key or a v4 token; it is in no repr and no error.

    Use it as an async context; the connection is made with the first request.
    """

    url: str
    key: str = field(repr=False)
    pace: RequestPace = field(default_factory=RequestPace)
    policy: RetryPolicy = RetryPolicy()

    async def get(self, path: str, query: Query) -> dict[str, Any]:
        """Return the JSON object of an answer. Raises SourceError."""
        for attempt in range(self.policy.attempts):
            if self.pace.blocked_for > self.policy.longest_wait:
                raise busy()
            await self.pace.wait()
            try:
                return await self._once(path, query)
            except _Retry as failure:
                after = failure.after
            await self._wait(after, attempt, last=attempt + 1 == self.policy.attempts)
        raise unavailable()

    async def _wait(self, after: float | None, attempt: int, *, last: bool) -> None:
        """Wait before the next try: as long as TMDB asked, else by exponential backoff."""
        if after is not None:
            self.pace.block_for(after)
            if last or after > self.policy.longest_wait:
                raise busy()
        if not last:
            jitter = random.uniform(0.5, 1.5)  # noqa: S311 - spreads load, keeps no secret
            backoff = self.policy.backoff * 2**attempt * jitter
            await self.pace.sleep(backoff if after is None else after)

    async def _once(self, path: str, query: Query) -> dict[str, Any]:
        # No chained errors: one of aiohttp's may show the whole address, and so the key.
        try:
            async with self._opened().get(
                self.url + path, params=self._signed(query), allow_redirects=False
            ) as response:
                _check(response)
                return _object(await self._body(response))
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise _Retry from None
        except ValueError:
            raise _Retry from None

    def _opened(self) -> aiohttp.ClientSession:
        token = {"Authorization": f"Bearer {self.key}"} if self._is_token else {}
        return self.session(self.policy.timeout, {"Accept": "application/json", **token})

    @property
    def _is_token(self) -> bool:
        """Whether the key is a v4 token: three parts between dots, as every such token has."""
        return self.key.count(".") == 2

    def _signed(self, query: Query) -> dict[str, str]:
        return dict(query) if self._is_token else {**query, "api_key": self.key}

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """Read the body. Raises ValueError if it is larger than the policy's `largest`."""
        body = await body_of(response, self.policy.largest)
        if body is None:
            raise ValueError("too long an answer")
        return body


def _check(response: aiohttp.ClientResponse) -> None:
    """Raise the error that the response's status means, if any."""
    status = response.status
    if status == _TOO_MANY:
        raise _Retry(_seconds(response.headers.get("Retry-After")))
    if status >= _BROKEN:
        after = response.headers.get("Retry-After")
        raise _Retry(None if after is None else _seconds(after))
    if status != 200:
        raise _error_of(status)


def _error_of(status: int) -> SourceError:
    if status in _REFUSED:
        log.warning("TMDB does not take the key: check TMDB_API_KEY; `matinee doctor` tries it")
        return refused()
    return not_found() if status == _NOT_FOUND else rejected(status)


def _seconds(text: str | None) -> float:
    """Parse a Retry-After header, in seconds or as a date; 1 s where it is neither."""
    if not text:
        return 1.0
    try:
        seconds = float(text)
    except ValueError:
        seconds = _until(text)
    return min(max(0.0, seconds), _LONGEST_RETRY_AFTER)


def _until(text: str) -> float:
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return 1.0
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return (then - datetime.now(UTC)).total_seconds()


def _object(body: bytes) -> dict[str, Any]:
    """Parse a JSON object; ValueError, as errors of encoding and syntax are, for anything else."""
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one type of error for all bad answers
    return found
