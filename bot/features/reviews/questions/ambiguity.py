"""The readings of a review line that is not clear: `Her loved it`, `Her 4`, `"Her" 2 hours too long`."""

from dataclasses import replace

from bot.domain.reviews.ratings import Scale
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.ratings import TypedRating, bare_rating

_BETWEEN = " \t,;:."


def number_before(review: ReviewCommand, scale: Scale) -> TypedRating | None:
    """Return the possible rating that the unsure words begin with."""
    if review.rating is not None:
        return None
    typed = bare_rating(review.unsure, 0, len(review.unsure), scale)
    return typed if typed and typed.possible else None


def as_written(review: ReviewCommand, scale: Scale) -> ReviewCommand:
    """Read the unsure words as the member's own: a number first is a rating, the rest is text."""
    typed = number_before(review, scale)
    if typed and not typed.doubtful:
        return replace(as_text(review, text_from(review, typed)), rating=typed.half_stars())
    return as_text(review)


def as_text(review: ReviewCommand, start: int = 0) -> ReviewCommand:
    """Read the unsure words from an offset on as a part of the text."""
    text = " ".join(each for each in (review.unsure[start:], review.text) if each)
    return replace(review, text=text, unsure="")


def text_from(review: ReviewCommand, number: TypedRating) -> int:
    """Return where the text begins in the unsure words, after a number that is the rating."""
    rest = review.unsure[number.end :]
    return number.end + len(rest) - len(rest.lstrip(_BETWEEN))


def as_title(review: ReviewCommand) -> ReviewCommand:
    """Read the unsure words as a part of the title; rating and text stay as they are."""
    return replace(review, film=f"{review.film} {review.unsure}".strip(), unsure="")
