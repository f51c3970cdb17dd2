"""What is known of one member's taste."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LIKED = 8
"""From this many half-stars on, a film counts as liked."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One member's evidence, private reviews included: it only ever serves that member's picks.

    `ratings` maps film ids to half-stars 1..10; `abandoned` films were not finished.
    """

    ratings: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    abandoned: frozenset[str] = frozenset()

    def liked(self) -> list[str]:
        """Return the film ids rated as liked, the best first."""
        best = [(-half_stars, film_id) for film_id, half_stars in self.ratings.items()]
        return [film_id for minus, film_id in sorted(best) if -minus >= LIKED]

    def done(self) -> frozenset[str]:
        """Return the film ids that are no candidates any more."""
        return self.seen | self.never | self.abandoned | self.ratings.keys()
