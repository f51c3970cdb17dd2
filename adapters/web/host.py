"""Server of the pages, in the process of the chat."""

import asyncio
import socket
from datetime import timedelta

from adapters.runtime.composition import Application
from adapters.runtime.http_server import serving
from adapters.web.app import web_application
from adapters.web.site import Site
from adapters.web.templating import environment
from bot.pages.doors import Doors
from bot.ports.clock import Clock
from bot.request.rate_limits import Limiter, Rate

VISITS = Rate(burst=60, every=timedelta(milliseconds=200))
"""Rate limit of one session: more pages than anybody reads, fewer than a script fetches."""


async def serve_pages(
    url: str, listener: socket.socket, app: Application, clock: Clock, stopping: asyncio.Event
) -> None:
    """Serve the pages on a socket until `stopping` is set. `url`: where browsers reach them."""
    doors = Doors(app.store, clock, app.ids, app.bot.directories)
    site = Site(app.bot, doors, clock, app.ids, environment(), url, Limiter(VISITS))
    async with serving(web_application(site), listener=listener):
        await stopping.wait()
