"""Live film sources on the web."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.films import Film, Release


@dataclass(frozen=True, slots=True)
class SourceFilm:
    """Film that a source found for a title; `number` is the source's own id."""

    number: int
    title: str
    year: int | None = None
    directors: tuple[str, ...] = ()


class FilmSource(Protocol):
    """Live catalogue of films on the web. Every method may raise SourceError."""

    @property
    def name(self) -> str:
        """Name of the source, as shown to members."""
        ...

    async def search(self, title: str, year: int | None = None) -> Sequence[SourceFilm]:
        """Find films by title, best match first; without their directors."""
        ...

    async def film(self, number: int) -> Film:
        """Return a film's full record; its film id may be in use already. Raises SourceLacks."""
        ...

    async def number_of(self, imdb_id: str) -> int:
        """Return the source's number of a film by its IMDb id. Raises SourceLacks."""
        ...

    async def release_dates(self, film: Film, region: str | None = None) -> Sequence[Release]:
        """Return a film's releases in a region, or in all; cached for some hours at most."""
        ...

    async def changed_since(self, day: date) -> Collection[int]:
        """Return the numbers of films changed since this day, at most two weeks ago."""
        ...
