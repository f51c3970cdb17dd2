"""The HTTP transport: one path for Slack's requests, behind the guard, and one for health.

Whoever reaches the port gets little: what is not signed is refused before its body is read, bodies,
waiting and connections are limited, and nobody writes into the log at will.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from adapters.runtime.process.http_server import PATIENCE
from adapters.slack import limits
from adapters.slack.incoming.guard import SIGNATURE, TIMESTAMP, Guard

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
HEALTH = "/health"

COUNTED_FOR = 60.0
"""Seconds for which refused requests are counted before the log tells how many there were."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Health = Callable[[], Awaitable[tuple[bool, str]]]
"""Tells whether all is well, and in words what is and what is not."""


class PortRefusals:
    """Counts refused requests, so that a flood of them is one line a minute in the log."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin with none. `now`: seconds, monotonic."""
        self._now = now
        self._count = 0
        self._told_at = float("-inf")

    def refuse(self, status: int) -> web.Response:
        """Return the refusal with this status, and count it."""
        self._count += 1
        if self._now() - self._told_at >= COUNTED_FOR:
            log.warning("refused %s requests that Slack had not signed", self._count)
            self._told_at, self._count = self._now(), 0
        response = web.Response(status=status)
        response.force_close()
        return response


def web_app(
    app: AsyncApp, guard: Guard | None, health: Health, now: Callable[[], float] = time.time
) -> web.Application:
    """Make the web application; without a guard it takes no events. `now`: seconds of Unix time."""
    served = web.Application(client_max_size=limits.BODY)

    async def healthy(_: web.Request) -> web.Response:
        well, text = await health()
        return web.Response(text=text, status=200 if well else 503)

    served.router.add_get(HEALTH, healthy)
    if guard is not None:
        served.router.add_post(EVENTS, _events(app, guard, now))
    return served


def _events(app: AsyncApp, guard: Guard, now: Callable[[], float]) -> Handler:
    """Return what takes Slack's requests."""
    refusals = PortRefusals()

    async def events(request: web.Request) -> web.StreamResponse:
        headers = request.headers
        timestamps, signatures = headers.getall(TIMESTAMP, []), headers.getall(SIGNATURE, [])
        if not guard.may_admit(timestamps, signatures, now()):
            return refusals.refuse(401)
        try:
            async with asyncio.timeout(PATIENCE):
                body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return refusals.refuse(413)
        except TimeoutError:
            return refusals.refuse(408)
        except web.RequestPayloadError:
            return refusals.refuse(400)
        if not guard.admits(timestamps, signatures, body, now()):
            return refusals.refuse(401)
        return await _dispatched(app, request, body)

    return events


async def _dispatched(app: AsyncApp, request: web.Request, body: bytes) -> web.StreamResponse:
    """Pass a request with a valid signature to Bolt."""
    headers: dict[str, str | Sequence[str]] = {
        name: str(value) for name, value in request.headers.items()
    }
    try:
        read = AsyncBoltRequest(body=body.decode(), query=request.query_string, headers=headers)
    except Exception as error:  # noqa: BLE001 - Bolt raises many errors for requests that it cannot parse
        log.warning("a signed request could not be read: %s", type(error).__name__)
        return web.Response(status=400)
    try:
        response: web.Response = await to_aiohttp_response(await app.async_dispatch(read))
    except Exception:
        log.exception("a signed request could not be handled")
        return web.Response(status=500)
    return response
