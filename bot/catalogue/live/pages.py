"""A live source's pages of the films that a reply shows: pictures, trailers, where to watch.

They are asked for outside of any transaction and only for a moment: a reply goes out without what is
late, and the next one has it. Nothing of them is stored but in the source's own cache.
"""

import asyncio
import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from cachetools import TTLCache

from bot.domain.errors import SourceError, SourceLacks
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.film_source import FilmPage, FilmSource

log = logging.getLogger(__name__)

TIMEOUT = timedelta(seconds=0.7)
"""Time that a reply waits for its films' pages."""

MOST_FILMS = 10
"""Films of one reply that are asked about."""

_MOST_KEPT = 2_000
_KEPT = timedelta(hours=1)
_REST = timedelta(minutes=1)
"""Time for which a source that failed is left alone."""

_Key = tuple[FilmId, str]


def _memory() -> "TTLCache[_Key, FilmPage | None]":
    return TTLCache(_MOST_KEPT, _KEPT.total_seconds())


@dataclass(slots=True)
class FilmPages:
    """Pages of films by film and region; None is kept for films that the source lacks."""

    source: FilmSource
    timeout: timedelta = TIMEOUT
    _kept: "TTLCache[_Key, FilmPage | None]" = field(default_factory=_memory)
    _running: dict[_Key, asyncio.Task[None]] = field(default_factory=dict)
    _resting_until: float = float("-inf")

    async def of(self, films: Collection[Film], region: str) -> Mapping[FilmId, FilmPage]:
        """Return the pages that are known within the time-out. Never raises."""
        wanted = {(film.film_id, region): film for film in [*films][:MOST_FILMS]}
        asked = [self._ask(key, film) for key, film in wanted.items() if key not in self._kept]
        if running := [task for task in asked if task]:
            await asyncio.wait(running, timeout=self.timeout.total_seconds())
        pages = {film_id: self._kept.get((film_id, region)) for film_id, _ in wanted}
        return {film_id: page for film_id, page in pages.items() if page}

    async def close(self) -> None:
        """Cancel all requests under way."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ask(self, key: _Key, film: Film) -> asyncio.Task[None] | None:
        if key not in self._running:
            if time.monotonic() < self._resting_until:
                return None
            task = self._running[key] = asyncio.create_task(self._fetch(key, film))
            task.add_done_callback(lambda _: self._running.pop(key, None))
        return self._running[key]

    async def _fetch(self, key: _Key, film: Film) -> None:
        try:
            self._kept[key] = await self.source.page(film, key[1])
        except SourceLacks:
            self._kept[key] = None
        except SourceError as error:
            log.info("%s: %s", self.source.name, error)
            self._resting_until = time.monotonic() + _REST.total_seconds()
        except Exception as error:  # noqa: BLE001 - a source may fail in any way; replies go on
            log.warning("%s failed: %s", self.source.name, type(error).__name__)
            self._resting_until = time.monotonic() + _REST.total_seconds()
