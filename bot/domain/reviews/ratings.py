"""Ratings: stored as half-stars 1..10, shown on each member's own scale."""

from enum import StrEnum
from typing import NewType

HalfStars = NewType("HalfStars", int)
"""Rating in half-stars, 1..10; 9 is four stars and a half."""

DISLIKED = HalfStars(5)
"""Highest rating of a film that was disliked."""


class Scale(StrEnum):
    """Scale on which a member sees and writes ratings."""

    STARS = "stars"
    FIVE = "five"
    TEN = "ten"
    PERCENT = "percent"


def half_stars(value: float) -> HalfStars:
    """Round a rating on the five-star scale to the nearest half-star; ValueError outside 0.5..5."""
    halves = int(value * 2 + 0.5)
    if not 1 <= halves <= 10 or value > 5:
        raise ValueError(f"{value:g} is not between half a star and five")
    return HalfStars(halves)


def mean_figure(mean: float, scale: Scale) -> str:
    """Write a mean of ratings, in half-stars, as a figure on the given scale; of five where that is stars."""
    match scale:
        case Scale.TEN:
            return f"{mean:.1f}/10"
        case Scale.PERCENT:
            return f"{mean * 10:.0f} %"
    return f"{mean / 2:.1f}/5"


def show_mean(mean: float, scale: Scale) -> str:
    """Write a mean of ratings, in half-stars, on the given scale: its figure, after stars where these are."""
    stars = f"{show_rating(round(mean))}  " if scale is Scale.STARS else ""
    return f"{stars}{mean_figure(mean, scale)}"


def show_rating(rating: float, scale: Scale = Scale.STARS) -> str:
    """Write a rating, or a mean of ratings, in half-stars, on the given scale."""
    match scale:
        case Scale.STARS:
            return "★" * int(rating // 2) + ("½" if rating % 2 else "")
        case Scale.FIVE:
            return f"{rating / 2:g}/5"
        case Scale.TEN:
            return f"{rating:g}/10"
        case Scale.PERCENT:
            return f"{rating * 10:g} %"
