"""Shared reviews: one review, for whoever has its link, without its spoilers."""

from aiohttp import web

from adapters.web.site import Site, Visitor, site_of
from adapters.web.templating import page
from bot.domain.ids import ReviewId
from bot.domain.web_keys import KeyKind
from bot.messages.replies import Reply
from bot.pages.shared import SharedReview, shared_review
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def shared(request: web.Request) -> web.Response:
    """The page of a shared review."""
    site, token = site_of(request), request.match_info["token"]
    found = await _found(site, token)
    if found is None:
        return page(site, None, "outside.html", status=404)
    return page(site, None, "shared.html", page=found)


async def _found(site: Site, token: str) -> SharedReview | None:
    key = await site.doors.key(token, KeyKind.SHARE)
    if key is None:
        return None

    async def read(_: Context, work: UnitOfWork) -> SharedReview | None:
        return await shared_review(ReviewId(key.subject), key.member_id, work)

    found = await site.bot.look(Visitor(key, token).caller, read)
    return None if isinstance(found, Reply) else found
