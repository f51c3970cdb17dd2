"""A Letterboxd of one's own: serves feeds over HTTP as the public ones are, in good and bad health."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from aiohttp import web

WATCH = "letterboxd-watch"
REVIEW = "letterboxd-review"


@dataclass(frozen=True)
class Logged:
    """A viewing that somebody has logged; `words` as markup."""

    number: int
    title: str
    year: int
    tmdb: int | None = None
    rating: float | None = None
    words: str = ""
    spoiler: bool = False
    liked: bool = False
    rewatch: bool = False
    day: str = "2024-01-19"
    at: datetime = datetime(2024, 1, 19, 20, tzinfo=UTC)
    kind: str = ""

    def item(self, home: str, name: str) -> str:
        kind = self.kind or (REVIEW if self.words else WATCH)
        warning = "<p><em>This review may contain spoilers.</em></p>" if self.spoiler else ""
        words = self.words or f"<p>Watched on {self.day}.</p>"
        marked = " (contains spoilers)" if self.spoiler else ""
        rating = f"<letterboxd:memberRating>{self.rating}</letterboxd:memberRating>"
        return f"""<item>
<title>{escape(self.title)}, {self.year}{marked}</title>
<link>{home}/{name}/film/{self.number}/</link>
<guid isPermaLink="false">{kind}-{self.number}</guid>
<pubDate>{format_datetime(self.at)}</pubDate>
<letterboxd:watchedDate>{self.day}</letterboxd:watchedDate>
<letterboxd:rewatch>{"Yes" if self.rewatch else "No"}</letterboxd:rewatch>
<letterboxd:filmTitle>{escape(self.title)}</letterboxd:filmTitle>
<letterboxd:filmYear>{self.year}</letterboxd:filmYear>
{rating if self.rating else ""}
<letterboxd:memberLike>{"Yes" if self.liked else "No"}</letterboxd:memberLike>
{f"<tmdb:movieId>{self.tmdb}</tmdb:movieId>" if self.tmdb else ""}
<description><![CDATA[ <p><img src="https://a.ltrbxd.com/{self.number}.jpg"/></p> {warning}{words} ]]></description>
<dc:creator>{escape(name)}</dc:creator>
</item>"""


LIST = """<item><title>My list</title><link>https://letterboxd.com/ana/list/mine/</link>
<guid isPermaLink="false">letterboxd-list-77</guid>
<pubDate>Fri, 19 Jan 2024 20:00:00 +0000</pubDate><description>Films</description></item>"""


def feed(name: str, logged: Sequence[Logged], home: str = "https://letterboxd.com") -> str:
    items = "\n".join([*(each.item(home, name) for each in logged), LIST])
    return f"""<?xml version='1.0' encoding='utf-8'?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:letterboxd="https://letterboxd.com" xmlns:tmdb="https://themoviedb.org">
<channel><title>Letterboxd - {name}</title><link>{home}/{name}/</link>
<description>Letterboxd - {name}</description>
{items}
</channel></rss>
"""


@dataclass
class OwnLetterboxd:
    """What each member has logged, what is wrong, and the requests that came.

    `answers`: for a name, what is answered in place of its feed. `now`: the time that is noted for requests.
    """

    home: str = ""
    logged: dict[str, list[Logged]] = field(default_factory=dict)
    answers: dict[str, Callable[[], web.Response]] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    times: list[datetime] = field(default_factory=list)
    conditional: int = 0
    numbers: list[int] = field(default_factory=lambda: list(range(9999, 100, -1)))

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        answer = self._answer(name, request)
        self.requests.append((name, answer.status))
        self.times.append(self.now())
        self.conditional += "If-None-Match" in request.headers
        return answer

    def _answer(self, name: str, request: web.Request) -> web.Response:
        if name in self.answers:
            return self.answers[name]()
        if name not in self.logged:
            return web.Response(status=404, text="<html>Sorry, we can’t find the page</html>")
        text = feed(name, self.logged[name], self.home)
        version = f'"{hash(text)}"'
        if request.headers.get("If-None-Match") == version:
            return web.Response(status=304, headers={"ETag": version})
        return web.Response(
            text=text, content_type="application/rss+xml", headers={"ETag": version}
        )


@asynccontextmanager
async def own_letterboxd() -> AsyncIterator[OwnLetterboxd]:
    """Serve on a free port of this machine."""
    own = OwnLetterboxd()
    application = web.Application()
    application.router.add_get("/{name}/rss/", own.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    own.home = f"http://127.0.0.1:{port}"
    try:
        yield own
    finally:
        await runner.cleanup()
