"""What is known of one member's taste."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

SEEN = 0.2
"""What a film says that was seen and not rated: it was chosen once, as one that was disliked."""


def gain(half_stars: int) -> float:
    """Return what a rating says about taste, 0..1: even a film one disliked was chosen once."""
    if half_stars >= 8:
        return 1.0
    return 0.5 if half_stars >= 6 else SEEN


@dataclass(frozen=True, slots=True)
class Profile:
    """One member's evidence, private reviews included: it only ever serves that member's picks.

    `ratings` maps film ids to half-stars 1..10; `abandoned` films were not finished.
    """

    ratings: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    abandoned: frozenset[str] = frozenset()

    def without(self, film_ids: Iterable[str]) -> "Profile":
        """Return the same taste, but for some films, which say nothing now."""
        return replace(self, abandoned=self.abandoned | set(film_ids))

    def gains(self) -> dict[str, float]:
        """Return what each seen film says, the best rated first; an abandoned one says nothing."""
        seen = dict.fromkeys(self.seen, 0) | dict(self.ratings)
        known = {each: seen[each] for each in seen.keys() - self.abandoned}
        ordered = sorted(known.items(), key=lambda entry: (-entry[1], entry[0]))
        return {film_id: gain(half_stars) for film_id, half_stars in ordered}

    def done(self) -> frozenset[str]:
        """Return the film ids that are no candidates any more."""
        return self.seen | self.never | self.abandoned | self.ratings.keys()
