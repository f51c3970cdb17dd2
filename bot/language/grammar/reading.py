"""Context in which typed text is read."""

from dataclasses import dataclass
from datetime import date

from bot.domain.reviews.ratings import Scale
from bot.language.grammar.titles import KnownTitles


@dataclass(frozen=True, slots=True)
class Habits:
    """How a member writes: the scale of bare numbers, their local day, the region of their dates.

    Without `today`, a day typed without a year is refused.
    """

    scale: Scale = Scale.STARS
    today: date | None = None
    region: str = "GB"


NO_HABITS = Habits()
"""Bare numbers are stars, days need their year."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Known titles, and how the member writes."""

    titles: KnownTitles
    habits: Habits = NO_HABITS

    @property
    def scale(self) -> Scale:
        """Scale of the member's bare numbers."""
        return self.habits.scale

    @property
    def today(self) -> date | None:
        """The member's local day."""
        return self.habits.today
