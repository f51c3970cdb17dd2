"""Shared reviews: pages of one review, without spoilers, for anybody who has the link."""

import asyncio

from aiohttp import web

from adapters.chat.pictures import png
from adapters.web.site import Site, Visitor, site_of
from adapters.web.templating import page
from bot.domain.clubs.web_keys import KeyKind
from bot.domain.ids import ReviewId
from bot.messages.replies import Reply
from bot.pages.shared import SharedReview, review_card, shared_review
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def shared(request: web.Request) -> web.Response:
    """Serve the page of a shared review."""
    site, token = site_of(request), request.match_info["token"]
    found = await _found(site, token)
    if found is None:
        return await page(site, None, "outside.html", status=404)
    picture_url = f"{site.url}/s/{token}/picture.png"
    return await page(site, None, "shared.html", page=found, picture=picture_url)


async def picture(request: web.Request) -> web.Response:
    """Serve the picture for previews of a shared review."""
    found = await _found(site_of(request), request.match_info["token"])
    if found is None:
        raise web.HTTPNotFound
    body = await asyncio.to_thread(png, review_card(found))
    headers = {
        "Cache-Control": "public, max-age=900",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return web.Response(body=body, content_type="image/png", headers=headers)


async def _found(site: Site, token: str) -> SharedReview | None:
    key = await site.doors.key(token, KeyKind.SHARE)
    if key is None:
        return None

    async def read(_: Context, work: UnitOfWork) -> SharedReview | None:
        return await shared_review(ReviewId(key.subject), key.member_id, work)

    found = await site.bot.look(Visitor(key, token).caller, read)
    return None if isinstance(found, Reply) else found
