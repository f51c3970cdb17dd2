"""The HTTP transport: one path for Slack's requests, behind the guard, and one for health."""

import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from adapters.slack import limits
from adapters.slack.incoming.guard import SIGNATURE, TIMESTAMP, Guard

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
HEALTH = "/health"


def web_app(app: AsyncApp, guard: Guard, now: Callable[[], float] = time.time) -> web.Application:
    """Make the web application. `now`: seconds of Unix time."""

    async def events(request: web.Request) -> web.StreamResponse:
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        headers = request.headers
        timestamps, signatures = headers.getall(TIMESTAMP, []), headers.getall(SIGNATURE, [])
        if not guard.admits(timestamps, signatures, body, now()):
            return web.Response(status=401)
        return await _dispatched(app, request, body)

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    served = web.Application(client_max_size=limits.BODY)
    served.router.add_post(EVENTS, events)
    served.router.add_get(HEALTH, health)
    return served


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
    response: web.Response = await to_aiohttp_response(await app.async_dispatch(read))
    return response


@asynccontextmanager
async def serving(application: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Listen at this address alone. Yields the port. Raises OSError if the address is taken."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
