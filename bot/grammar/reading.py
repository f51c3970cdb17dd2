"""Context in which typed text is read."""

from dataclasses import dataclass
from datetime import date

from bot.domain.ratings import Scale
from bot.grammar.titles import KnownTitles


@dataclass(frozen=True, slots=True)
class Reading:
    """Known titles, the member's scale for bare numbers, and their local day.

    Without `today`, a day typed without a year is refused.
    """

    titles: KnownTitles
    scale: Scale = Scale.STARS
    today: date | None = None
