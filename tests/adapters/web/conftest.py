"""The club's pages on loopback: the real application, with a club that tests fill."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.runtime.process.http_server import serving
from adapters.web.app import web_application
from adapters.web.posters import Posters
from adapters.web.site import Site
from adapters.web.templating import environment
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Link
from bot.pages.doors import Doors
from bot.request.middleware.rate_limits import Limiter, Rate
from tests.adapters.web.browser import Browser
from tests.support import Room


@dataclass
class Window:
    """A club with its pages. Members sign in by the link that the chat gives them."""

    room: Room
    url: str
    site: Site
    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        """Open a browser in which nobody is signed in."""
        self.browsers.append(Browser(self.url))
        return self.browsers[-1]

    async def link(self, member: str, room: Room | None = None) -> str:
        """Return the path of a link that signs a member in."""
        return path_in(await (room or self.room).say(member, "/web"), self.url)

    async def signed_in(self, member: str, room: Room | None = None) -> Browser:
        """Open a browser in which a member is signed in."""
        browser = self.browser()
        page = await browser.press(await browser.get(await self.link(member, room)), "Sign in")
        assert page.status == 200, page.html
        return browser


def path_in(reply: Reply, url: str) -> str:
    """Return the path of the link in a reply."""
    for block in reply.blocks:
        for span in block.spans if isinstance(block, Paragraph) else ():
            if isinstance(span, Link):
                return span.url.removeprefix(url)
    raise AssertionError(reply)


def site_for(room: Room, url: str, posters: Posters | None = None) -> Site:
    """Make the site of a room, without limits; posters are fetched nowhere unless it is said where."""
    posters = posters or Posters(Path("nowhere"), "http://127.0.0.1:9/")
    bot, at_will = room.bot, Rate(1_000_000, timedelta(microseconds=1))
    doors = Doors(room.store, room.clock, room.ids, bot.directories)
    return Site(bot, doors, room.clock, room.ids, environment(), url, Limiter(at_will), posters)


@asynccontextmanager
async def window_of(room: Room, posters: Posters | None = None) -> AsyncIterator[Window]:
    """Serve a room's pages."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        site = site_for(room, url, posters)
        room.bot.reader.web_url = url
        async with serving(web_application(site), listener=listener):
            window = Window(room, url, site)
            try:
                yield window
            finally:
                for each in window.browsers:
                    await each.session.close()


@pytest.fixture
async def window(room: Room) -> AsyncIterator[Window]:
    """The pages of a club with nothing in it."""
    async with window_of(room) as opened:
        yield opened
