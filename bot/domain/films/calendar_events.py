"""Events of exported calendar files, kept so that a later file can correct an earlier one."""

from dataclasses import dataclass
from datetime import date

from bot.domain.films.film import ReleaseKind
from bot.domain.ids import ClubId, FilmId


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Release as exported to calendar files; `sequence` grows by one with each change."""

    club_id: ClubId
    film_id: FilmId
    region: str
    kind: ReleaseKind
    day: date
    sequence: int = 0
    cancelled: bool = False

    @property
    def uid(self) -> str:
        """Identifier of this event in every file (iCalendar UID)."""
        return f"{self.film_id}.{self.region}.{self.kind}@{self.club_id}.matinee"
