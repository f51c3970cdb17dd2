"""Numbers that are written out: `a hundred and twenty minutes`, `nineteen eighty-seven`, read as digits."""

import re
from functools import cache

from bot.domain.words.numbers import TENS, number_words
from bot.domain.words.text import folded

_UNITS = [*number_words(1, 19)]
_TENS = TENS | {"fourty": 40, "ninty": 90}
_VALUES = number_words(1, 19) | _TENS
_TWO_DIGITS = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_UNITS[:9])}))?|{'|'.join(reversed(_UNITS))})"
)
_THOUSAND, _HUNDRED = 1000, 100


@cache
def _written() -> re.Pattern[str]:
    """Return the pattern of a number that is written out."""
    return re.compile(
        r"(?<![\w-])(?:"
        rf"(?P<century>eighteen|nineteen|twenty(?=[\s-]+(?:oh?[\s-]|(?:{'|'.join(_UNITS[9:])}|twenty)(?!\w))))[\s-]+"
        rf"(?:hundred[\s-]+(?:and[\s-]+)?|oh?[\s-]+)?(?P<year>{_TWO_DIGITS})"
        rf"|two[\s-]+thousand(?:[\s-]+(?:and[\s-]+)?(?P<since>{_TWO_DIGITS}))?"
        rf"|(?:(?P<hundreds>an?|one|two|three)[\s-]+)?hundred(?:[\s-]+(?:and[\s-]+)?(?P<rest>{_TWO_DIGITS}))?"
        rf"|(?P<two>(?:{'|'.join(_TENS)})[\s-]+(?:{'|'.join(_UNITS[:9])}))"
        r")(?![\w-])",
        re.IGNORECASE,
    )


def in_digits(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text of the same length with its written numbers in digits, and where these stood.

    The digits are at the end of the place, behind blanks.
    """
    places: list[tuple[int, int]] = []

    def digits(found: re.Match[str]) -> str:
        places.append(found.span())
        return str(_number(found)).rjust(len(found[0]))

    return _written().sub(digits, text), places


def _number(found: re.Match[str]) -> int:
    if century := found["century"]:
        return (_value(century)) * _HUNDRED + _value(found["year"])
    if found["two"]:
        return _value(found["two"])
    if folded(found[0]).startswith("two") and not found["hundreds"]:
        return 2 * _THOUSAND + _value(found["since"])
    hundreds = folded(found["hundreds"] or "a")
    return (1 if hundreds in {"a", "an"} else _value(hundreds)) * _HUNDRED + _value(found["rest"])


def _value(typed: str | None) -> int:
    return sum(_VALUES[word] for word in re.split(r"[\s-]+", folded(typed or "")) if word)
