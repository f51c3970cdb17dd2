"""The knowledge that typed text is read with."""

from dataclasses import dataclass
from datetime import date

from bot.domain.ratings import Scale
from bot.grammar.titles import KnownTitles


@dataclass(frozen=True, slots=True)
class Reading:
    """The known titles, the scale of the member's bare numbers, and their local day.

    Without `today`, days typed without a year stay unread.
    """

    titles: KnownTitles
    scale: Scale = Scale.STARS
    today: date | None = None
