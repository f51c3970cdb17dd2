"""The two readings of a review line with an unclear title: `Her loved it`, `Her 4`."""

from dataclasses import replace

from bot.domain.ratings import Scale
from bot.features.reviews.commands import ReviewCommand
from bot.grammar.ratings import bare_rating


def as_written(review: ReviewCommand, scale: Scale) -> ReviewCommand:
    """Read the unsure words as the member's own: a number first is a rating, the rest is text."""
    words, rating = review.unsure, review.rating
    typed = bare_rating(words, 0, len(words), scale) if rating is None else None
    if typed and typed.possible:
        words, rating = words[typed.end :].lstrip(" \t,;:."), typed.half_stars()
    text = " ".join(each for each in (words, review.text) if each)
    return replace(review, rating=rating, text=text, unsure="")


def as_title(review: ReviewCommand) -> ReviewCommand:
    """Read the unsure words as a part of the title; rating and text stay as they are."""
    return replace(review, film=f"{review.film} {review.unsure}".strip(), unsure="")
