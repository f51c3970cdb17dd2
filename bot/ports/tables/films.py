"""Storage of films as one club sees them, and of release days as it has exported them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from bot.domain.films.calendar_events import CalendarEvent
from bot.domain.films.film import Film, Release
from bot.domain.ids import FilmId


class Films(Protocol):
    """Films as this club sees them: shared ones and its own, which hide shared ones of the same id."""

    async def get(self, film_id: FilmId) -> Film | None: ...

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return the films that exist; a merged film is replaced by the one it was merged into."""

    async def own(self) -> Sequence[Film]:
        """Return the club's own films, merged ones included."""

    async def within(
        self,
        *,
        first_year: int | None,
        last_year: int | None,
        max_minutes: int | None,
        min_minutes: int | None = None,
        most_known: int | None = None,
    ) -> Collection[FilmId]:
        """Return the films of these years and lengths, and at most so well known; None: no limit."""

    async def save(self, film: Film) -> None:
        """Insert or replace one of the club's own films; ValueError for any other."""

    async def remove(self, film_id: FilmId) -> None:
        """Delete the club's own film; one that everybody sees appears again in its place."""

    async def releases(self, region: str, start: date, end: date) -> Sequence[tuple[Film, Release]]:
        """Return the releases in a region from `start` to `end`, inclusive, by day."""


class Calendar(Protocol):
    """Release days as the club has exported them in calendar files."""

    async def exported(self, region: str, since: date) -> Sequence[CalendarEvent]:
        """Return the events of a region from this day on, by day."""

    async def save(self, event: CalendarEvent) -> None: ...
