"""The command of each meaning that concerns reviews and ratings."""

import re
from dataclasses import replace

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.privacy import asks_for_privacy
from bot.features.memory.commands import AskCommand
from bot.features.reviews.commands import Leaning, RateCommand, ReviewCommand, ReviewsCommand
from bot.features.reviews.grammar import parse_review
from bot.features.reviews.questions.ambiguity import as_written
from bot.intake.plain_talk.meanings.asked_phrase import AskedPhrase
from bot.intake.plain_talk.statements.details import bare_half_stars
from bot.intake.plain_talk.titles import named
from bot.language.grammar.ratings import first_rating, rating_at
from bot.language.wishes.reading.wishes import is_wish
from bot.messages.commands import Command

_IT_RATED = lazy_pattern(r"(?:it|this|that)\s+(?:an?\s+)?(?=\d)")
"""What is rated in `rate it 2`, where *It 2* is a film."""

_OTHERWISE = lazy_pattern(
    r"(?:a\s+bit\s+|much\s+)?(?:higher|lower|better|worse|differently|up|down|again|anew)",
    re.IGNORECASE,
)
"""How a film is to be rated in `rate heat higher`, without saying how high."""


def member_reviews(asked: AskedPhrase) -> Command | None:
    """Read `reviews by ben`; None where that is a film's title."""
    if asked.titles.is_title(asked.member):
        return None
    return ReviewsCommand(member=asked.member)


def film_reviews(asked: AskedPhrase) -> Command | None:
    """Read `reviews of heat`; with a rating behind it, it is one: `review of heat: so cool, 4 stars`.

    `does anyone here like horror` asks what was written of a kind of film.
    """
    typed = asked.slots.get("title", "")
    if is_wish(typed) and not asked.titles.is_title(typed):
        return AskCommand(typed)
    rated = first_rating(typed, 0, len(typed), asked.reading.scale)
    return None if rated and not asked.titles.is_title(typed) else ReviewsCommand(asked.title)


def rate(asked: AskedPhrase) -> Command:
    """Rate a film: with the rating that follows its title, else by a menu."""
    typed = asked.slots.get("title", "")
    if (it := _IT_RATED.match(typed)) and (
        rating := bare_half_stars(typed[it.end() :], asked.reading.scale)
    ):
        return ReviewCommand("it", rating)
    if not typed or (whole := named(typed, asked.titles)):
        return RateCommand(whole if typed and whole else "")
    read = parse_review(typed, asked.reading)
    words = read.unsure.strip()
    written = as_written(read, asked.reading.scale) if read.unsure else read
    if written.rating is None and (rating := bare_half_stars(words, asked.reading.scale)):
        return ReviewCommand(read.film, rating, confirm=True)
    if not written.is_review:
        return RateCommand(typed)
    if written.rating is None and _OTHERWISE.fullmatch(written.text):
        return RateCommand(written.film)
    return replace(written, confirm=bool(written.text))


def member_leaning(asked: AskedPhrase, leaning: Leaning) -> Command | None:
    """Read `what did ben love`; None where that is a film's title."""
    if asked.titles.is_title(asked.member):
        return None
    return ReviewsCommand(member=asked.member, leaning=leaning)


def changed_rating(asked: AskedPhrase) -> Command | None:
    """Read `change heat to 5 stars`, and `make it 4/5`, which asks for the film."""
    said = asked.slots["said"]
    typed = rating_at(said, 0, len(said), asked.reading.scale)
    if typed and typed.possible and typed.end == len(said):
        return ReviewCommand(asked.title, typed.half_stars(), confirm=not asked.title)
    rating = bare_half_stars(said, asked.reading.scale)
    private = asks_for_privacy(said)
    return ReviewCommand(asked.title, rating, private=private, confirm=True) if rating else None
