"""Numbers that are written out: `a hundred and twenty minutes`, `nineteen eighty-seven`, read as digits."""

import re

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fourty fifty sixty seventy eighty ninety ninty".split()
_VALUES = {
    **{word: number for number, word in enumerate(_UNITS, start=1)},
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "ninty": 90,
}  # fmt: skip
_TWO_DIGITS = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_UNITS[:9])}))?|{'|'.join(reversed(_UNITS))})"
)
_WRITTEN = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<century>eighteen|nineteen|twenty(?=[\s-]+(?:oh?[\s-]|(?:{'|'.join(_UNITS[9:])}|twenty)(?!\w))))[\s-]+"
    rf"(?:hundred[\s-]+(?:and[\s-]+)?|oh?[\s-]+)?(?P<year>{_TWO_DIGITS})"
    rf"|two[\s-]+thousand(?:[\s-]+(?:and[\s-]+)?(?P<since>{_TWO_DIGITS}))?"
    rf"|(?:(?P<hundreds>an?|one|two|three)[\s-]+)?hundred(?:[\s-]+(?:and[\s-]+)?(?P<rest>{_TWO_DIGITS}))?"
    rf"|(?P<two>(?:{'|'.join(_TENS)})[\s-]+(?:{'|'.join(_UNITS[:9])}))"
    r")(?![\w-])",
    re.IGNORECASE,
)
_THOUSAND, _HUNDRED = 1000, 100


def in_digits(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text of the same length with its written numbers in digits, and where these stood.

    The digits are at the end of the place, behind blanks.
    """
    places: list[tuple[int, int]] = []

    def digits(found: re.Match[str]) -> str:
        places.append(found.span())
        return str(_number(found)).rjust(len(found[0]))

    return _WRITTEN.sub(digits, text), places


def _number(found: re.Match[str]) -> int:
    if century := found["century"]:
        return (_value(century)) * _HUNDRED + _value(found["year"])
    if found["two"]:
        return _value(found["two"])
    if found[0].lower().startswith("two") and not found["hundreds"]:
        return 2 * _THOUSAND + _value(found["since"])
    hundreds = (found["hundreds"] or "a").lower()
    return (1 if hundreds in {"a", "an"} else _value(hundreds)) * _HUNDRED + _value(found["rest"])


def _value(typed: str | None) -> int:
    return sum(_VALUES[word] for word in re.split(r"[\s-]+", (typed or "").lower()) if word)
