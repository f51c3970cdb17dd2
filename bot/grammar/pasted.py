"""A whole critic's review pasted after the command: it is kept as it is, not cut into clauses."""

import re

from bot.commands import Review
from bot.critics import looks_like_critique
from bot.domain.errors import UsageError
from bot.grammar.parse import parse
from bot.grammar.source import Titles

_REVIEW = re.compile(
    r"\s*(?:<@[!&]?\w+>\s*|@\S+\s+)?/?(?:matinee\s+)?review\b[: ]*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


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
