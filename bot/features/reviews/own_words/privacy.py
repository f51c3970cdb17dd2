"""Privacy of a review, by its own words: obeyed where they ask for it, else asked about.

Whatever way a review comes in (typed, by form, as a file, as a saved message), it passes here before
it is saved.
"""

from dataclasses import replace
from enum import StrEnum

from bot.domain.words.privacy import may_ask_for_privacy, plain_requests
from bot.features.reviews.commands import ReviewCommand


class Readers(StrEnum):
    """The members who may read a review, once its author has been asked."""

    AUTHOR = "author"
    CLUB = "club"


def heed(command: ReviewCommand) -> ReviewCommand:
    """Return the command with the flags and delimited requests in its text obeyed."""
    found = plain_requests(command.text)
    private = command.private or found.private or command.readers == Readers.AUTHOR
    spoiler = command.spoiler or found.spoiler
    return replace(command, text=found.text, private=private, spoiler=spoiler)


def sounds_private(command: ReviewCommand) -> bool:
    """Tell whether the words may ask for privacy, so that the author has to be asked."""
    return not command.private and not command.readers and may_ask_for_privacy(command.text)
