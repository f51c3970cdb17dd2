"""Several films with a rating each, in one line or one a line: `alien 5, aliens 4 and prometheus 2`."""

import re
from collections.abc import Iterator

from bot.catalogue.titles.index import TitleIndex
from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.privacy import request_start
from bot.features.reviews.commands import RateSeveralCommand
from bot.intake.plain_talk.statements.details import bare_half_stars
from bot.intake.plain_talk.titles import listed
from bot.language.grammar.ratings import rating_at
from bot.language.grammar.reading import Reading

LONGEST = 1_000
"""Characters of a line that may be such a list; a longer text is somebody's review."""

_MOST = 30
"""Films of one list."""

_LED = lazy_pattern(
    r"(?:(?:(?:here\s+are\s+)?my\s+(?:ratings?|scores?|stars)(?:\s+(?:are|so\s+far))?|(?:i\s+)?(?:rated?|scored?|gave|give)(?!\w))\s*[:,]?\s+)",
    re.IGNORECASE,
)
_COMMAS = lazy_pattern(r"\s*(?:[,;]|\n)\s*(?:and\s+|&\s+)?")
_ANDS = lazy_pattern(r"\s+(?:and|&|\+)\s+", re.IGNORECASE)
_LAST_WORDS = lazy_pattern(r"[\s:=–—-]+(?=\S)")
_ALIKE = lazy_pattern(
    r"(?P<films>\S.*?)[\s,:]+(?:(?:are|were|get|both|all|each|a)\s+)+(?P<rating>\S.*)",
    re.IGNORECASE,
)
"""Several films with one rating: `heat and carol both 4 stars`."""

_BLANKS = lazy_pattern(r"[^\S\n]{2,}|\s*\n\s*(?=\n)")
_NUMBER = lazy_pattern(r"\d{1,3}(?:[.,]\d{1,2})?½?|½")
_AROUND = ' \t:=–—-.!"“”'


def several(line: str, reading: Reading, titles: TitleIndex) -> RateSeveralCommand | None:
    """Read two or more films, most with a rating; None where any part of the line is something else.

    `paddington 2` among them may be a film without a rating, and is asked about; `prometheus 2` is none.
    """
    if len(line) > LONGEST:
        return None
    line = _BLANKS.sub(" ", line)
    led = _LED.match(line)
    if (alike := _ALIKE.fullmatch(line[led.end() if led else 0 :].strip())) and (
        films := listed(alike["films"], titles)
    ):
        half_stars = _half_stars(alike["rating"].strip(" .!"), reading)
        return RateSeveralCommand(films, (half_stars,) * len(films)) if half_stars else None
    private_from = request_start(line)
    text = line[led.end() if led else 0 : private_from if private_from >= 0 else len(line)].strip()
    parts = [each for part in _COMMAS.split(text) for each in _parted(part, reading, titles)]
    if not 2 <= len(parts) <= _MOST:
        return None
    unrated = tuple(each for each in parts if _is_film(each, titles))
    rated = [_rated(each, reading, titles) for each in parts if each not in unrated]
    found = [each for each in rated if each]
    if not found or len(found) < len(rated):
        return None
    return RateSeveralCommand(
        tuple(film for film, _ in found),
        tuple(half_stars for _, half_stars in found),
        private=private_from >= 0,
        unrated=unrated,
    )


def _parted(part: str, reading: Reading, titles: TitleIndex) -> Iterator[str]:
    """Yield what a part between commas holds: itself, or where it is no film with a rating its halves."""
    if _rated(part, reading, titles) or not _ANDS.search(part):
        yield part
    else:
        yield from _ANDS.split(part)


def _rated(part: str, reading: Reading, titles: TitleIndex) -> tuple[str, HalfStars] | None:
    """Return the film and the rating that a part consists of; the longest title counts."""
    for gap in reversed(list(_LAST_WORDS.finditer(part))[-4:]):
        film, tail = part[: gap.start()].strip(_AROUND), part[gap.end() :].strip(" .!")
        half_stars = _half_stars(tail, reading)
        if half_stars and titles.is_title(film):
            return film, half_stars
    return None


def _is_film(part: str, titles: TitleIndex) -> bool:
    """Tell whether a whole part is a film's title, though it ends in a number: `toy story 4`."""
    return _NUMBER.fullmatch(part.rpartition(" ")[2]) is not None and titles.is_title(part)


def _half_stars(tail: str, reading: Reading) -> HalfStars | None:
    """Return the rating that a whole text is, on a scale or as a bare number."""
    typed = rating_at(tail, 0, len(tail), reading.scale)
    if typed and typed.possible and typed.end == len(tail):
        return typed.half_stars()
    return bare_half_stars(tail, reading.scale) if _NUMBER.fullmatch(tail) else None
