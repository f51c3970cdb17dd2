"""Live film sources on the web."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.films.film import Film, Release


@dataclass(frozen=True, slots=True)
class SourceFilm:
    """Film that a source found for a title; `number` is the source's own id."""

    number: int
    title: str
    year: int | None = None
    directors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhereToWatch:
    """Services that show a film in one region, best known first; `link`: page that lists them all.

    `stream`: with a subscription, with advertisements or free; `buy`: to rent or to buy.
    """

    region: str
    stream: tuple[str, ...] = ()
    buy: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class FilmPage:
    """What a source shows of a film besides the facts that the catalogue keeps.

    `poster`, `trailer`: addresses on the web; `series`: name of the collection it belongs to.
    """

    number: int
    poster: str | None
    trailer: str | None
    series: str
    watch: WhereToWatch


class FilmSource(Protocol):
    """Live catalogue of films on the web. Every method may raise SourceError."""

    @property
    def name(self) -> str:
        """Name of the source, as shown to members."""

    async def search(self, title: str, year: int | None = None) -> Sequence[SourceFilm]:
        """Find films by title, best match first; without their directors."""

    async def film(self, number: int) -> Film:
        """Return a film's full record; its film id may be in use already. Raises SourceLacks."""

    async def page(self, film: Film, region: str) -> FilmPage:
        """Return what the source shows of a film, found by its numbers, else by title, year and people.

        Cached for a day at most. Raises SourceLacks.
        """

    async def coming(self, region: str, days: int) -> Sequence[int]:
        """Return the numbers of the films that come to a region's cinemas within so many days.

        The best known ones first, and of these a few dozen at most.
        """

    async def number_of(self, imdb_id: str) -> int:
        """Return the source's number of a film by its IMDb id. Raises SourceLacks."""

    async def release_dates(self, film: Film, region: str | None = None) -> Sequence[Release]:
        """Return a film's releases in a region, or in all; cached for some hours at most."""

    async def changed_since(self, day: date) -> Collection[int]:
        """Return the numbers of films changed since this day, at most two weeks ago."""
