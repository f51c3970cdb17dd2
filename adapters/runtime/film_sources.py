"""Live source of films: TMDB where a key is set, else none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.runtime.health_report import Finding
from adapters.runtime.settings import Settings
from bot.ports.clock import Clock
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


async def source_finding(settings: Settings) -> Finding:
    """Check the source for `matinee doctor`."""
    from adapters.tmdb.checks import finding  # noqa: PLC0415 - a web client is slow to load

    return await finding(settings)
