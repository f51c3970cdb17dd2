"""Server of the pages, in the process of the chat."""

import asyncio
from datetime import timedelta

from adapters.runtime.composition import Application
from adapters.runtime.pages import PagesAddress
from adapters.runtime.process.http_server import serving
from adapters.web.app import web_application
from adapters.web.posters import Posters
from adapters.web.site import Site
from adapters.web.templating import environment
from bot.pages.doors import Doors
from bot.ports.clock import Clock
from bot.request.middleware.rate_limits import Limiter, Rate

VISITS = Rate(burst=60, every=timedelta(milliseconds=200))
"""Rate limit of one session: more pages than anybody reads, fewer than a script fetches."""


async def serve_pages(
    address: PagesAddress, app: Application, clock: Clock, stopping: asyncio.Event
) -> None:
    """Serve the pages at an address until `stopping` is set."""
    doors = Doors(app.store, clock, app.ids, app.bot.directories)
    async with Posters(address.folder / "posters") as posters:
        site = Site(
            app.bot, doors, clock, app.ids, environment(), address.url, Limiter(VISITS), posters
        )
        async with serving(web_application(site), listener=address.listener):
            await stopping.wait()
