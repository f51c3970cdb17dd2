"""Feeds: a member's calendar of releases, film nights and reminders; the club's reviews as Atom."""

import hashlib
from collections.abc import Awaitable, Callable

from aiohttp import web

from adapters.web.site import Site, Visitor, site_of
from bot.domain.clubs.web_keys import KeyKind
from bot.messages.replies import Reply
from bot.pages.feeds import atom_feed, calendar_feed
from bot.pages.reviews import Reader, reader_of
from bot.ports.store import UnitOfWork
from bot.request.context import Context

KEPT = "private, max-age=900"
"""Cache-Control of feeds: a quarter of an hour."""

Made = Callable[[Reader, UnitOfWork], Awaitable[str]]


async def calendar(request: web.Request) -> web.Response:
    """Serve a member's calendar."""
    return await _fed(request, KeyKind.CALENDAR, calendar_feed, "text/calendar")


async def reviews(request: web.Request) -> web.Response:
    """Serve the club's reviews that the member may read, as Atom."""
    url = site_of(request).url

    async def made(reader: Reader, work: UnitOfWork) -> str:
        return await atom_feed(url, reader, work)

    return await _fed(request, KeyKind.REVIEWS, made, "application/atom+xml")


async def _fed(request: web.Request, kind: KeyKind, make: Made, media_type: str) -> web.Response:
    site = site_of(request)
    token = request.match_info["token"]
    key = await site.doors.key(token, kind)
    if key is None:
        raise web.HTTPNotFound
    text = await _made(site, Visitor(key, token), make)
    if text is None:
        raise web.HTTPForbidden
    etag = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
    headers = {"Cache-Control": KEPT, "ETag": f'"{etag}"'}
    if any(each.value == etag for each in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    return web.Response(text=text, content_type=media_type, charset="utf-8", headers=headers)


async def _made(site: Site, visitor: Visitor, make: Made) -> str | None:
    async def read(context: Context, work: UnitOfWork) -> str:
        pause = site.bot.commands_first.slices()
        return await make(await reader_of(context, site.reviews, work, pause), work)

    found = await site.bot.look(visitor.caller, read)
    return None if isinstance(found, Reply) else found
