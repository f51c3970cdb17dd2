"""Web application: routes, headers of every response, access, error pages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.web import feeds, pages, sessions, sharing, writing
from adapters.web.site import SITE, VISITOR, Site, site_of
from adapters.web.templating import STYLE, static, style_version
from adapters.web.templating import page as shown_page
from bot.domain.errors import StoreError, TooMuch

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
"""Most bytes of a form: a review of 20,000 characters of four bytes each, percent-encoded."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

MOST_WAITING = 64
"""Most pages waiting; further ones get 503."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageQueue:
    """Queue that makes pages one at a time, so that many readers do not delay the chat."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._turn, self._waiting = asyncio.Lock(), 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the page's turn. Raises HTTPServiceUnavailable where too many wait."""
        if self._waiting >= MOST_WAITING:
            raise web.HTTPServiceUnavailable
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1


QUEUE = web.AppKey("queue", PageQueue)


def web_application(site: Site) -> web.Application:
    """Return the application of a site."""
    app = web.Application(
        middlewares=[_with_headers, _answering_errors, _from_here],
        client_max_size=LARGEST_BODY,
    )
    app[SITE] = site
    app[QUEUE] = PageQueue()
    app.add_routes(
        [
            web.get("/robots.txt", robots),
            web.get("/{version}/" + STYLE, style),
            web.get("/fonts/{name}", font),
            web.get("/icon.svg", icon),
            web.get("/in/{token}", sessions.link),
            web.post("/in/{token}", sessions.spend),
            web.get("/s/{token}", sharing.shared),
            web.get("/s/{token}/picture.png", sharing.picture),
            web.get("/calendar/{token}.ics", feeds.calendar),
            web.get("/feed/{token}.atom", feeds.reviews),
            *(member_route(web.get, path, handler) for path, handler in _PAGES.items()),
            member_route(web.get, "/poster/{size}/{film}", pages.poster, page=False),
            member_route(web.post, "/do", writing.act),
            member_route(web.post, "/form", writing.form),
            member_route(web.post, "/ballot", writing.ballot),
            member_route(web.post, "/out", sessions.sign_out),
        ]
    )
    return app


_PAGES: dict[str, Handler] = {
    "/": pages.club,
    "/films": pages.films,
    "/film/{film}": pages.film,
    "/member/{member:.+}": pages.member,
    "/me": pages.me,
    "/own": pages.own,
    "/figures": pages.figures,
    r"/year/{year:\d{4}}": pages.year,
    "/nights": pages.nights,
    "/calendar": pages.calendar,
}


def member_route(
    method: Callable[..., web.RouteDef], path: str, handler: Handler, *, page: bool = True
) -> web.RouteDef:
    """Return a route for signed-in members; anybody else gets the page that says how to sign in.

    `page`: whether it is one, which is counted and made in its turn; a part of a page is not.
    """

    async def guarded(request: web.Request) -> web.StreamResponse:
        site = site_of(request)
        visitor = await sessions.visitor_of(request, site)
        if visitor is None:
            return await shown_page(site, None, "outside.html", status=401)
        request[VISITOR] = visitor
        if not page:
            return await handler(request)
        try:
            site.visits.check(visitor.key.key_id, site.clock.elapsed())
        except TooMuch as error:
            raise web.HTTPTooManyRequests(text=str(error)) from error
        if request.method == "POST":  # its body may come slowly
            return await handler(request)
        async with request.app[QUEUE].turn():
            return await handler(request)

    return method(path, guarded)


@web.middleware
async def _from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse forms that another site sends in a member's name, by the headers that browsers add."""
    if request.method not in {"GET", "HEAD"}:
        origin = request.headers.get("Origin")
        fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
        elsewhere = origin not in {
            None,
            f"{request.url.scheme}://{request.host}",
            site_of(request).url,
        }
        if elsewhere or fetched not in {"same-origin", "none"}:
            raise web.HTTPForbidden
    return await handler(request)


@web.middleware
async def _with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


@web.middleware
async def _answering_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn errors into pages; the log never holds a member's words."""
    site = site_of(request)
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        status, trace = error.status, ""
    except StoreError as error:
        log.warning("a page had no database: %s", error)
        status, trace = 503, ""
    except Exception as error:  # noqa: BLE001 - the last place to catch it
        trace, status = site.ids.new(), 500
        log.error("trace %s: a page failed: %s", trace, type(error).__name__)  # noqa: TRY400 - an error's own text may hold what a member typed
    response = await shown_page(site, None, "error.html", status=status, code=status, trace=trace)
    response.headers["Cache-Control"] = "no-store"
    return response


async def robots(_: web.Request) -> web.Response:
    """Serve the robots.txt, which allows nothing."""
    return web.Response(text="User-agent: *\nDisallow: /\n")


async def style(request: web.Request) -> web.Response:
    """Serve the style sheet, cached for good under its address."""
    if request.match_info["version"] != style_version():
        raise web.HTTPNotFound
    return _kept(static(STYLE), "text/css")


async def icon(_: web.Request) -> web.Response:
    """Serve the icon of the pages."""
    return _kept(static("icon.svg"), "image/svg+xml")


async def font(request: web.Request) -> web.Response:
    """Serve a font of the pages."""
    name = request.match_info["name"]
    if name not in FONTS:
        raise web.HTTPNotFound
    return _kept(static(name), "font/woff2")


FONTS = frozenset(
    f"garamond-{name}.woff2" for name in ("latin", "latin-ext", "greek", "cyrillic", "latin-italic")
)


def _kept(body: bytes, kind: str) -> web.Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(body=body, content_type=kind, headers=headers)
