"""One typed line to one command: also a critic's review pasted whole, and a review misread."""

import re
from datetime import date

from bot.critics import looks_like_critique
from bot.domain.errors import UsageError
from bot.domain.ratings import Scale
from bot.grammar.parse import parse
from bot.grammar.titles import Misread, Titles, cut_title, skip_blanks
from bot.messages.commands import Command, Review

_REVIEW = re.compile(
    r"\s*(?:<@[!&]?\w+>\s*|@\S+\s+)?/?(?:matinee\s+)?review\b[: ]*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


def read_line(line: str, titles: Titles, *, scale: Scale, today: date) -> Command:
    """Read what a member typed. Raises Misread where it cannot be understood and loses nothing."""
    if pasted := pasted_review(line, titles):
        return pasted
    try:
        return parse(line, titles, scale=scale, today=today)
    except Misread as error:
        if kept := misread_review(error, titles):
            return kept
        raise


def pasted_review(line: str, titles: Titles) -> Review | None:
    """Read `/review` and a critic's whole text; None where the first line is a member's own review."""
    found = _REVIEW.fullmatch(line)
    if found is None or "\n" not in found["text"] or not looks_like_critique(found["text"]):
        return None
    try:
        first = parse(f"/review {found['text'].lstrip().partition(chr(10))[0]}", titles)
    except UsageError:
        return None
    if isinstance(first, Review) and first.writes:
        return None
    return Review(text=found["text"].removeprefix("\n"))


WORTH_KEEPING = 3
"""Words from which on it hurts to type them again."""


def misread_review(error: Misread, titles: Titles) -> Review | None:
    """Keep the words of a review that cannot be read for a wrong rating, day or flag.

    None where it was no review, or has no words to lose.
    """
    found = _REVIEW.fullmatch(error.typed)
    if found is None:
        return None
    text, start = found["text"], skip_blanks(found["text"], 0, len(found["text"]))
    cut = cut_title(text, start, len(text), titles)
    words = text[cut.end if cut else start :].strip(" |\t\n")
    if len(words.split()) < WORTH_KEEPING:
        return None
    return Review(cut.film if cut else "", text=words, trouble=str(error))
