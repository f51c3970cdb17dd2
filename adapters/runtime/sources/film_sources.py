"""Sources outside: TMDB for films where a key is set, else none; the feeds that members follow."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from adapters.runtime.health_report import Finding
from adapters.runtime.settings.settings import Settings
from bot.domain.follows import Feed
from bot.ports.clock import Clock
from bot.ports.feeds import FeedReader
from bot.ports.film_source import FilmSource


@asynccontextmanager
async def open_source(settings: Settings, clock: Clock) -> AsyncIterator[FilmSource | None]:
    """Open the source for a `with` block; None when no key is set."""
    if settings.tmdb_api_key is None:
        yield None
        return
    from adapters.tmdb.source import open_tmdb  # noqa: PLC0415 - a web client is slow to load

    key = settings.tmdb_api_key.value
    async with open_tmdb(settings.tmdb_api_url, key, settings.folder, clock) as source:
        yield source


@dataclass(slots=True)
class FeedReaderOnDemand:
    """Implements `bot.ports.FeedReader`: loads the reader of Letterboxd's feeds when one is read."""

    home: str
    resources: AsyncExitStack
    _reader: FeedReader | None = None

    @property
    def host(self) -> str:
        """Host that is asked."""
        return urlsplit(self.home).netloc

    async def read(self, name: str, etag: str = "", modified: str = "") -> Feed | None:
        """Return a member's feed; None if it has not changed since that version."""
        if self._reader is None:
            from adapters.letterboxd.feeds import LetterboxdFeeds  # noqa: PLC0415 - slow to load

            self._reader = await self.resources.enter_async_context(LetterboxdFeeds(self.home))
        return await self._reader.read(name, etag, modified)


@asynccontextmanager
async def open_feed_reader(settings: Settings) -> AsyncIterator[FeedReader]:
    """Open the reader of the feeds that members follow, for a `with` block."""
    async with AsyncExitStack() as resources:
        yield FeedReaderOnDemand(settings.letterboxd_url, resources)


async def source_finding(settings: Settings) -> Finding:
    """Check the source for `matinee doctor`."""
    from adapters.tmdb.checks import finding  # noqa: PLC0415 - a web client is slow to load

    return await finding(settings)
