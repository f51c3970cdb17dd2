"""Words of an opinion: what of a statement about a film is kept as the text of a review."""

import re

from bot.domain.words.patterns import lazy_pattern
from bot.intake.plain_talk.statements.details import AT_END, FROM_ME, JOINTS, Details
from bot.language.grammar.ratings import first_rating
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import skip_blanks

_PLACE = r"(?:(?:at|in)\s+(?:the\s+)?(?:cinema|theat(?:er|re)|movies|pictures|home|bed|imax|club)|on\s+(?:netflix|mubi|dvd|tv|streaming|prime|disney\+?|a\s+plane|the\s+plane))(?!\w)"
_BESIDES = lazy_pattern(
    r"(?<!\w)(?:w(?:ith|/)\s*(?:(?:my|the)\s+\w+(?:\s+and\s+\w+)?|@?[\w.]++(?:\s+and\s+@?[\w.]++)?)"
    rf"(?=\s*(?:$|[,;:!]|\.(?!\w)|\s[–—-])|\s+{_PLACE})|{_PLACE})",
    re.IGNORECASE,
)
_LOOSE = lazy_pattern(
    r"^(?:[\s,;:.!=–—-]|\|(?!\|)|and\s|but\s)+|(?:[\s,;:=–—-]|(?<!\|)\||\sand|\sbut)+$",
    re.IGNORECASE,
)
_NUMBER_AT_END = lazy_pattern(r"\s*\d{1,2}(?:[.,]\d|½)?[\s.!]*$")
_ONLY_GIVES = lazy_pattern(
    r"(?:(?:it|that|this)(?:['’]s|\s+(?:is|was|gets|got|deserves))?|i(?:['’]?d)?\s+(?:say|give\s+it|gave\s+it|rate\s+it))(?:\s+(?:an?|just|only|about|around|maybe|solid|strong|like|easy))*",
    re.IGNORECASE,
)
"""What is left of `it was a 4`: nothing of the film."""


def opinion_words(rest: str) -> str:
    """Return the words of an opinion: without the company or place they begin with, and loose joints.

    Further in, the same words belong to what is said: `walks off with the whole film`.
    """
    rest = _LOOSE.sub("", rest)
    while found := _BESIDES.match(rest):
        rest = _LOOSE.sub("", rest[found.end() :])
    kept = " ".join(rest.split()).strip(" .")
    return kept if kept.count("(") == kept.count(")") and kept.strip("() ") else kept.strip(" .()")


def whole_statement(text: str, details: Details, reading: Reading) -> str:
    """Return the whole statement as the text of the review, without the rating that was read."""
    if details.rating is None:
        return text
    if details.bare:
        left = AT_END.sub("", text)
        bare = left if left != text else _NUMBER_AT_END.sub("", text)
        return "" if _ONLY_GIVES.fullmatch(bare.strip()) else left
    typed = first_rating(text, 0, len(text), reading.scale)
    if typed is None:
        return text
    before, after = JOINTS.sub("", text[: typed.start]), FROM_ME.sub("", text[typed.end :])
    kept = skip_blanks(after, 0, len(after))
    after = after[kept:]
    if before.rstrip().endswith((".", "!", "?")):  # the rating was a sentence of its own
        after = after.lstrip(" .,;:!")
    return _LOOSE.sub("", f"{before.rstrip()} {after}".strip())
