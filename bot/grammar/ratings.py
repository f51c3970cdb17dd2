"""Ratings as people write them: 4/5, 9/10, 80 %, ★★★½, 4 stars, rating:4."""

import re
from dataclasses import dataclass

from bot.domain.errors import UsageError
from bot.domain.ratings import HalfStars, Scale, half_stars

_LOOKED_AT = 2_000
"""Characters after a title in which a rating is searched."""

_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?[½¼¾]?|[.,]\d{1,3}|½"
_BEFORE = r"(?<![\w.,/½¼¾★⭐:*-])"
_AFTER = r"(?![\w/½%★⭐]|[.,]\d)"
_SCALED = re.compile(
    rf"""{_BEFORE}(?P<bracket>[(\[])?(?:
        rating:\s?(?P<named>{_NUMBER})(?P<named_scale>\s?/\s?(?:100|10|5)(?!\d)|\s?%)?
      | (?P<over>{_NUMBER})\s?(?:/|\ out\ of\ )\s?(?P<of>100|10|5)
      | (?P<percent>{_NUMBER})\s?%
      | (?P<count>{_NUMBER})[\s-]?(?:stars?\b|:star:|\*|[★⭐]\ufe0f?)
      | (?:rating:\s?)?(?P<stars>(?:[★⭐✭🌟]\ufe0f?\ ?){{1,12}}|(?::star2?:\ ?){{1,12}}|\*{{1,5}}(?!\*))
        (?P<part>½|\s?1/2|[.,]5)?(?P<empty>[☆✩]*)
    ){_AFTER}""",
    re.VERBOSE | re.IGNORECASE,
)
_HALF = re.compile(rf"{_BEFORE}½{_AFTER}")
_BARE = re.compile(rf"(?P<bare>{_NUMBER})(?=\s|[|,;:]|[.](?!\d)|$)")
_STAR = re.compile(r"[★⭐✭🌟*]|:star2?:")
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

RANGE = (
    "Ratings go from half a star to five: 0.5/5 to 5/5, 1/10 to 10/10, 10 % to 100 %, ½ to ★★★★★."
)


@dataclass(frozen=True, slots=True)
class TypedRating:
    """Rating in a text: its offsets, the text as typed, its value in stars out of five."""

    start: int
    end: int
    typed: str
    stars: float

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
    found = _SCALED.match(text, start, end) or _HALF.match(text, start, end)
    return _typed(found, scale) if found else None


def first_rating(text: str, start: int, end: int, scale: Scale) -> TypedRating | None:
    """Find the first scaled rating with words before it, near the start."""
    for found in _SCALED.finditer(text, start, min(end, start + _LOOKED_AT)):
        if text[start : found.start()].strip():
            return _typed(found, scale)
    return None


def bare_rating(text: str, start: int, end: int, scale: Scale) -> TypedRating | None:
    """Read a number without a scale that begins exactly here, on the member's own scale.

    A number outside that scale counts as a rating, to be refused, only if nothing follows it.
    """
    found = _BARE.match(text, start, end)
    if not found:
        return None
    rating = TypedRating(
        found.start(), found.end(), found[0], _on_scale(_value(found["bare"]), scale)
    )
    return rating if rating.possible or not text[found.end() : end].strip(" \t|") else None


def _typed(found: re.Match[str], scale: Scale) -> TypedRating:
    closed = found.groupdict().get("bracket") and found.string[found.end() :][:1] in {")", "]"}
    typed = found[0].strip("([ ")
    return TypedRating(found.start(), found.end() + bool(closed), typed, _stars(found, scale))


def _stars(found: re.Match[str], scale: Scale) -> float:
    """Return the value in stars out of five."""
    groups = found.groupdict()
    if over := groups.get("over"):
        return _value(over) * 5 / int(found["of"])
    if percent := groups.get("percent"):
        return _value(percent) / 20
    if named := groups.get("named"):
        return _named(_value(named), (found["named_scale"] or "").strip(" /"), scale)
    if count := groups.get("count"):
        return _value(count)
    return len(_STAR.findall(groups.get("stars") or "")) + 0.5 * bool(
        groups.get("part") or "stars" not in groups
    )


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


def _value(typed: str) -> float:
    part = _PARTS.get(typed[-1], 0.0)
    whole = typed.rstrip("½¼¾").replace(",", ".")
    return float(whole or 0) + part
