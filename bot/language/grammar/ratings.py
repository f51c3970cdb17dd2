"""Ratings as people write them: 4/5, 9/10, 80 %, ★★★½, four stars, rating:4, B+."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.domain.errors import UsageError
from bot.domain.reviews.ratings import HalfStars, Scale, half_stars
from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded

_LOOKED_AT = 2_000
"""Characters after a title in which a rating is searched."""

_WORDS = number_words(1, 10)
_SPELLED = rf"(?:{'|'.join(_WORDS)})(?:\s+and\s+a\s+half)?|half(?:\s+an?)?"
_FIGURES = r"\d{1,4}\s+1/2|\d{1,4}\s+and\s+a\s+half|\d{1,4}(?:[.,]\d{1,3})?[½¼¾]?|[.,]\d{1,3}|½|(?<!\d\ )1/2"
_NUMBER = rf"{_FIGURES}|{_SPELLED}"
_SCALES = r"100|10|5|ten|five"
_ODD_SCALES = r"20|[468]|four|six|eight"
_BEFORE = r"(?<![\w.,/½¼¾★⭐:*-])"
_AFTER = r"(?![\w/½%★⭐]|[.,]\d)"
_STAR_SIGN = r"(?:[★⭐✭🌟]\ufe0f?)"
STARS_IN_WORDS = r"stars|sterne|étoiles?|estrellas?|stelle|estrelas?"
_HALF = lazy_pattern(rf"{_BEFORE}½{_AFTER}")
_BARE = lazy_pattern(
    rf"(?:(?P<bare>{_FIGURES})|(?P<grade>[A-F][+−–-]|[A-F](?=\s*[.!|]?\s*$)))(?=\s|[|,;:]|[.](?!\d)|$)"
)
_STAR = lazy_pattern(rf"{_STAR_SIGN}|\*|:star2?:")
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_GRADES = {"A": 4.75, "B": 3.75, "C": 2.75, "D": 1.75, "E": 1.0, "F": 0.5}
_NEXT_WORD = lazy_pattern(r"\s+(?P<word>\w[\w'’]*)")
_COUNTED = frozenset(
    "am pm of or and to more out in min mins minute minutes hour hours day days week weeks month months "
    "year years time times reason reasons thing things thought thoughts person people friend friends scene "
    "scenes film films movie movies women men kids children viewing viewings watches word words".split()
)
"""Words before which a number counts things: `2 hours too long`."""

RANGE = (
    "Ratings go from half a star to five: 0.5/5 to 5/5, 1/10 to 10/10, 10 % to 100 %, ½ to ★★★★★."
)


@cache
def _scaled() -> re.Pattern[str]:
    return re.compile(
        rf"""{_BEFORE}(?P<bracket>[(\[])?(?:
            rating:\s?(?P<named>{_FIGURES})(?P<named_scale>\s?/\s?(?:100|10|5)(?!\d)|\s?%)?
          | (?P<over>{_NUMBER})\s?(?:/|\ out\ of\ )\s?(?P<of>{_SCALES})(?:\ stars?\b)?
          | (?P<over2>{_NUMBER})(?:\s?/\s?|\ (?:out\ )?of\ )(?P<of2>{_SCALES}|{_ODD_SCALES})\ stars?\b
          | (?P<percent>{_FIGURES})\s?(?:%|per\s?cent\b)
          | (?P<count>{_NUMBER})[\s-]?(?:(?:{STARS_IN_WORDS})\b|star(?=[.,;:!|)\]\s]*(?:$|[^\w\s]|(?-i:\s[A-Z])))|:star:|\*|{_STAR_SIGN})
            (?:\ ?\(?out\ of\ (?P<count_of>{_SCALES}|{_ODD_SCALES})\)?)?
          | (?:rating:\s?)?(?P<stars>(?:{_STAR_SIGN}\ ?){{1,12}}|(?::star2?:\ ?){{1,12}}|\*{{1,5}}(?!\*))
            (?P<part>½|\s?1/2|[.,]5)?(?P<empty>[☆✩]*)
            (?:\ ?\(?out\ of\ (?P<stars_of>{_SCALES}|{_ODD_SCALES})\)?)?
        ){_AFTER}""",
        re.VERBOSE | re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class TypedRating:
    """Rating in a text: its offsets, the text as typed, its value in stars out of five.

    `doubtful`: whether it may be no rating, as it seems to count something: `2 hours too long`.
    """

    start: int
    end: int
    typed: str
    stars: float
    doubtful: bool = False

    @property
    def possible(self) -> bool:
        """Whether it rounds to one to ten half-stars."""
        return 0.25 <= self.stars <= 5

    def half_stars(self) -> HalfStars:
        """Round to half-stars; UsageError outside the scale."""
        try:
            return half_stars(self.stars)
        except ValueError:
            raise UsageError(f"“{self.typed}” is not a rating I can keep. {RANGE}") from None


def rating_at(text: str, start: int, end: int, scale: Scale) -> TypedRating | None:
    """Read a scaled rating that begins exactly here."""
    found = _scaled().match(text, start, end) or _HALF.match(text, start, end)
    return _typed(found, scale) if found else None


def first_rating(text: str, start: int, end: int, scale: Scale) -> TypedRating | None:
    """Find the first scaled rating with words before it, near the start."""
    for found in _scaled().finditer(text, start, min(end, start + _LOOKED_AT)):
        if text[start : found.start()].strip():
            return _typed(found, scale)
    return None


def ratings_in(text: str) -> Iterator[TypedRating]:
    """Yield every scaled rating near the start of a text."""
    for found in _scaled().finditer(text, 0, min(len(text), _LOOKED_AT)):
        yield _typed(found, Scale.STARS)


def bare_rating(text: str, start: int, end: int, scale: Scale) -> TypedRating | None:
    """Read a number without a scale that begins exactly here, on the member's own scale.

    A number outside that scale counts as a rating, to be refused, only if nothing follows it.
    """
    found = _BARE.match(text, start, end)
    if not found:
        return None
    grade = found["grade"]
    stars = _grade(grade) if grade else _on_scale(value_of(found["bare"]), scale)
    doubtful = not grade and _counts(text, found.end(), end)
    rating = TypedRating(found.start(), found.end(), found[0], stars, doubtful)
    return rating if rating.possible or not text[found.end() : end].strip(" \t|") else None


def grade(text: str, scale: Scale) -> TypedRating | None:
    """Read a school grade with its sign that is a whole text: `B+`, `a-`."""
    bare = text.strip(" .!").upper()
    signed = len(bare) == 2 and bare[0].isalpha()
    return bare_rating(bare, 0, len(bare), scale) if signed else None


def _counts(text: str, start: int, end: int) -> bool:
    """Tell whether the word after a number is one that it may count: `hours`, `reasons`, `of`."""
    following = _NEXT_WORD.match(text, start, end)
    if following is None:
        return False
    word = following["word"]
    return word.lower() in _COUNTED or (word.islower() and word.endswith("s"))


def _grade(typed: str) -> float:
    """Return a school grade in stars: A+ five, A and A- four and a half, B+ four, F half a star."""
    sign = {"+": 0.25, "": -0.25}.get(typed[1:], -0.25 if typed[0] == "A" else -0.75)
    return max(0.5, _GRADES[typed[0].upper()] + sign)


def _typed(found: re.Match[str], scale: Scale) -> TypedRating:
    closed = found.groupdict().get("bracket") and found.string[found.end() :][:1] in {")", "]"}
    typed = found[0].strip("([ ")
    return TypedRating(found.start(), found.end() + bool(closed), typed, _stars(found, scale))


def _stars(found: re.Match[str], scale: Scale) -> float:
    """Return the value in stars out of five."""
    groups = found.groupdict()
    if over := groups.get("over") or groups.get("over2"):
        return value_of(over) * 5 / value_of(groups["of"] or groups["of2"] or "5")
    if percent := groups.get("percent"):
        return value_of(percent) / 20
    if named := groups.get("named"):
        return _named(value_of(named), (found["named_scale"] or "").strip(" /"), scale)
    if count := groups.get("count"):
        return value_of(count) * 5 / value_of(groups["count_of"] or "5")
    signs = len(_STAR.findall(groups.get("stars") or ""))
    half = 0.5 * bool(groups.get("part") or "stars" not in groups)
    return (signs + half) * 5 / value_of(groups.get("stars_of") or "5")


def _named(value: float, of: str, scale: Scale) -> float:
    if of == "%":
        return value / 20
    return value * 5 / int(of) if of else _on_scale(value, scale)


def _on_scale(value: float, scale: Scale) -> float:
    match scale:
        case Scale.TEN:
            return value / 2
        case Scale.PERCENT:
            return value / 20
        case _:
            return value


def value_of(typed: str) -> float:
    """Return the value of a number in figures or in words: `3 1/2`, `four and a half`, `½`."""
    first, *more = folded(typed).replace("-", " ").split()
    half = 0.5 * bool(more and more[-1] in {"half", "1/2"})
    if first in {"half", "1/2"}:
        return 0.5
    if first in _WORDS:
        return _WORDS[first] + half
    part = _PARTS.get(first[-1], 0.0)
    whole = first.rstrip("½¼¾").replace(",", ".")
    return float(whole or 0) + part + half
