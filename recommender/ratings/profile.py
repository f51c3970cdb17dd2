"""Taste profile of one member, and the gain of a rating."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

LIKED_GAIN, MIDDLING_GAIN, SEEN_GAIN = 1.0, 0.5, 0.2
"""Gains from four stars, from three, and of other seen films: even those were chosen once."""


def is_liked(half_stars: int | None) -> bool:
    """Tell whether a rating in half-stars is four stars or more."""
    return (half_stars or 0) >= 8


def gain(half_stars: int) -> float:
    """Return a rating's evidence of taste, 0..1; 0 half-stars for a film seen and not rated."""
    if is_liked(half_stars):
        return LIKED_GAIN
    return MIDDLING_GAIN if half_stars >= 6 else SEEN_GAIN


@dataclass(frozen=True, slots=True)
class Profile:
    """Evidence of one member's taste, private reviews included: it serves only that member's picks.

    `ratings` maps film ids to half-stars 1..10; `abandoned` films were not finished.
    """

    ratings: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    abandoned: frozenset[str] = frozenset()

    def without(self, film_ids: Iterable[str]) -> "Profile":
        """Return the profile with some films as abandoned: they are no evidence of taste."""
        return replace(self, abandoned=self.abandoned | set(film_ids))

    def key(self) -> Hashable:
        """Return what the profile holds, as the key of a cache."""
        return (frozenset(self.ratings.items()), self.seen, self.never, self.abandoned)

    def gains(self) -> dict[str, float]:
        """Return the gains of seen films by id, the best rated first; abandoned ones have none."""
        seen = dict.fromkeys(self.seen, 0) | dict(self.ratings)
        known = {each: seen[each] for each in seen.keys() - self.abandoned}
        ordered = sorted(known.items(), key=lambda entry: (-entry[1], entry[0]))
        return {film_id: gain(half_stars) for film_id, half_stars in ordered}

    def done(self) -> frozenset[str]:
        """Return the ids of the films that are no candidates."""
        return self.seen | self.never | self.abandoned | self.ratings.keys()
