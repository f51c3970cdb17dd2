"""Live sources of films on the web."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.films import Film, Release


@dataclass(frozen=True, slots=True)
class SourceFilm:
    """A film that a source offers for a title. `number`: the source's own."""

    number: int
    title: str
    year: int | None = None
    directors: tuple[str, ...] = ()


class FilmSource(Protocol):
    """A live catalogue of films on the web. Everything here may raise SourceError."""

    @property
    def name(self) -> str:
        """What members call it."""
        ...

    async def search(self, title: str, year: int | None = None) -> Sequence[SourceFilm]:
        """Find films by a title, likeliest first, without their directors."""
        ...

    async def film(self, number: int) -> Film:
        """Return all that is known of a film, under an id that may be taken. Raises SourceLacks."""
        ...

    async def number_of(self, imdb_id: str) -> int:
        """Return the source's own number of a film. Raises SourceLacks."""
        ...

    async def release_dates(self, film: Film, region: str | None = None) -> Sequence[Release]:
        """Return a film's days in a region, or everywhere, at most some hours old."""
        ...

    async def changed_since(self, day: date) -> Collection[int]:
        """Return the numbers of the films that changed on this day or later; two weeks at most."""
        ...
