"""Posters of films: fetched once from The Movie Database, kept in the data folder, served from here alone."""

import asyncio
import hashlib
import logging
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from cachetools import TTLCache

from adapters.http.client import WebClient, body_of

log = logging.getLogger(__name__)

HOME = "https://image.tmdb.org/t/p/"
"""Where posters are fetched; a film's address that begins otherwise is not followed."""

SIZES = {"small": "w92", "large": "w342"}
"""Widths of posters on the pages, as The Movie Database names them."""

SECONDS, LARGEST, AT_ONCE = 10.0, 1024 * 1024, 4
"""Longest time, most bytes and how many are fetched at a time."""

MOST_KEPT, TIDIED_EVERY = 3_000, 100
"""Files kept, of some 10 KiB; the oldest go, looked for after so many new ones."""

FORGIVEN_AFTER = 900.0
"""Seconds after which a poster that could not be had is asked for again."""

_KINDS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


@dataclass(slots=True)
class Posters(WebClient):
    """Posters by their address. `folder`: where they are kept; `home`: where they are fetched.

    Use it as an async context; the connection is made with the first one that is fetched.
    """

    folder: Path
    home: str = HOME
    _failed: TTLCache[str, bool] = field(default_factory=lambda: TTLCache(1_000, FORGIVEN_AFTER))
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _new: int = 0

    def shows(self, address: str | None) -> bool:
        """Tell whether a poster with this address may be fetched."""
        return bool(address) and str(address).startswith(self.home)

    async def poster(self, address: str, size: str) -> bytes | None:
        """Return a poster in one of `SIZES`, None where it cannot be had now."""
        if not self.shows(address) or address.endswith("/") or address in self._failed:
            return None
        url, file = _url(self.home, address, size), kept_as(self.folder, self.home, address, size)
        found = await asyncio.to_thread(_read, file)
        if found is not None:
            return found
        async with self._turns:
            found = await self._fetched(url)
        if found is None or not kind_of(found):
            self._failed[address] = True
            return None
        await asyncio.to_thread(_keep, file, found)
        self._new += 1
        if self._new % TIDIED_EVERY == 0:
            await asyncio.to_thread(_tidy, self.folder)
        return found

    async def _fetched(self, url: str) -> bytes | None:
        session = self.session(SECONDS, {"Accept": "image/jpeg, image/png"})
        try:
            async with session.get(url, allow_redirects=False) as answer:
                return await body_of(answer, LARGEST) if answer.status == 200 else None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return None


def _url(home: str, address: str, size: str) -> str:
    """Return where a poster is fetched in this size."""
    return f"{home}{SIZES[size]}/{address.rpartition('/')[2]}"


def kept_as(folder: Path, home: str, address: str, size: str) -> Path:
    """Return the file in which a poster is kept in this size."""
    url = _url(home, address, size)
    return folder / hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:40]


def kind_of(picture: bytes) -> str:
    """Return the media type of a poster by its first bytes; empty for anything else."""
    return next((kind for start, kind in _KINDS if picture.startswith(start)), "")


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _keep(file: Path, picture: bytes) -> None:
    """Write a poster at once or not at all; a full disk costs no more than its keeping."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_bytes(picture)
        part.replace(file)
    except OSError as error:
        log.warning("a poster could not be kept: %s", error.strerror)


def _tidy(folder: Path) -> None:
    """Remove the oldest posters, if there are too many; what another process removes meanwhile is gone."""
    with suppress(OSError):
        files = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
        for each in files[MOST_KEPT:]:
            each.unlink(missing_ok=True)
