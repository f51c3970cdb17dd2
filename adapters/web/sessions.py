"""Sessions: the cookie, signing in by a link from the chat, signing out."""

import re

from aiohttp import web

from adapters.web.site import VISITOR, Site, Visitor, site_of
from adapters.web.templating import page
from bot.domain.clubs.web_keys import LASTS, KeyKind

_BROWSERS = re.compile(r"(Firefox|Edg|OPR|Chrome|Safari)/", re.ASCII)
_SYSTEMS = re.compile(r"(Android|iPhone|iPad|Windows|Macintosh|Linux)", re.ASCII)
_NAMES = {"Edg": "Edge", "OPR": "Opera", "Macintosh": "Mac"}


def cookie_name(site: Site) -> str:
    """Return the cookie's name; only a browser that came by https takes a `__Host-` one."""
    return "__Host-matinee" if site.secure else "matinee"


async def visitor_of(request: web.Request, site: Site) -> Visitor | None:
    """Return the signed-in member of a request, if any. Raises StoreError."""
    token = request.cookies.get(cookie_name(site), "")
    key = await site.doors.key(token, KeyKind.SESSION)
    return Visitor(key, token) if key else None


def browser_of(request: web.Request) -> str:
    """Name a browser for the list of sessions: `Firefox on Android`."""
    agent = request.headers.get("User-Agent", "")[:400]
    found = [each.search(agent) for each in (_BROWSERS, _SYSTEMS)]
    names = [_NAMES.get(each[1], each[1]) for each in found if each]
    return " on ".join(names) or "a browser"


async def link(request: web.Request) -> web.Response:
    """Serve the page of a sign-in link; only its button spends the link, since previews open links, too."""
    site, token = site_of(request), request.match_info["token"]
    key = await site.doors.key(token, KeyKind.LINK)
    return await page(site, None, "sign_in.html", status=200 if key else 410, valid=key is not None)


async def spend(request: web.Request) -> web.Response:
    """Spend a sign-in link, and set the session's cookie."""
    site, token = site_of(request), request.match_info["token"]
    session = await site.doors.spend(token, browser_of(request))
    if session is None:
        return await page(site, None, "sign_in.html", status=410, valid=False)
    response = web.Response(status=303, headers={"Location": "/"})
    lasts = LASTS[KeyKind.SESSION]
    response.set_cookie(
        cookie_name(site),
        session,
        max_age=int(lasts.total_seconds()) if lasts else None,
        path="/",
        secure=site.secure,
        httponly=True,
        samesite="Lax",
    )
    return response


async def sign_out(request: web.Request) -> web.Response:
    """End the session."""
    site, visitor = site_of(request), request[VISITOR]
    form = await request.post()
    if not visitor.signed("out", str(form.get("s", ""))):
        raise web.HTTPForbidden
    await site.doors.end(visitor.key)
    response = web.Response(status=303, headers={"Location": "/"})
    response.del_cookie(cookie_name(site), path="/", secure=site.secure, httponly=True)
    return response
