"""Lengths and years in wishes: `about an hour and a half`, `late 80s`, `nothing older than 2000`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bot.domain.words.numbers import TENS, number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.domain.words.text import folded
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.measures.numbers import in_digits
from bot.language.wishes.measures.time_there_is import end_of_time, is_most
from bot.language.wishes.wish import LATEST_YEAR, LONGEST_FILM, Minutes, Understood
from recommender import Demand

Found = tuple[int, int, Understood]
"""Start and end in the text, and what was understood there."""

_COUNTS = {
    **number_words(1, 5), **TENS, **number_words(2, 3, "de", "fr", "es", "it"),
    "a": 1, "an": 1, "eine": 1, "einer": 1, "une": 1, "una": 1, "uma": 1, "un'": 1, "anderthalb": 1.5, "duas": 2,
    "hundred": 100,
}  # fmt: skip
_NUMBER = rf"\d{{1,3}}(?:[.,]\d)?|(?:{'|'.join(sorted(_COUNTS, key=len, reverse=True))})(?![a-z])"
_W = Templates("bot.language.wishes.measures", "measures.toml")


def _amount(tag: str) -> str:
    """Return the form of an amount of time, its groups named with a tag."""
    half = rf"\s*{_W.words('and_a_half')}"
    minutes, hours = (rf"{_W.words(each)}(?![a-z])" for each in ("minutes", "hours"))
    return (
        rf"(?:(?P<half{tag}>{_W.words('half_an_hour')})|(?P<whole{tag}>{_W.words('an_hour')})"
        rf"|(?P<loose{tag}>(?<![a-z])hour\s+and\s+a\s+half)"
        rf"|(?P<minutes{tag}>{_NUMBER})\s*-?\s*{minutes}"
        rf"|(?P<hours{tag}>{_NUMBER})(?P<and{tag}>{half})?\s*-?\s*{hours}(?P<after{tag}>{half})?"
        rf"(?:\s*(?:and\s+)?(?P<rest{tag}>\d{{1,2}})(?:\s*{minutes})?)?)"
    )


@cache
def _lengths() -> re.Pattern[str]:
    """Return the pattern of lengths: `between 60 and 80 minutes`, `90-100 min`, `under two hours`, `2h tops`."""
    unit = rf"(?:{_W.words('minutes')}|{_W.words('hours')})(?![a-z])"
    long = r"(?:[\s-]*long(?!\s+takes))?"
    relations = (
        rf"(?P<under>{_W.words('under')}|^{_W.words('have_got')})|(?P<least>{_W.words('at_least')})"
        rf"|(?P<over>{_W.words('over')})|(?P<about>{_W.words('about')})"
    )
    after = rf"{_W.words('after_a_length')}|{_W.words('fine_after_a_length')}(?![a-z])|\+"
    forms = (
        rf"(?:between|from)\s+(?P<low>{_NUMBER})\s*(?:{unit})?\s*(?:and|to|-|–)\s*{_amount('1')}",
        rf"(?P<range>\d{{2,3}})\s*(?:-|–|to)\s*{_amount('2')}",
        rf"(?<![\w-])(?:{relations})\s+(?:the\s+)?{_amount('3')}{long}",
        rf"(?<![\w.-]){_amount('4')}\s*(?P<after>{after})?{long}",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})", re.IGNORECASE)


_ABOUT_SHARE, _ABOUT_MOST, _HOUR = 0.1, 10, 60

_WORD_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000, "aughts": 2000,
    "fourties": 1940, "fivties": 1950, "sixtys": 1960, "seventys": 1970, "eightys": 1980, "eightees": 1980, "ninties": 1990, "ninetys": 1990,
    "zwanziger": 1920, "dreißiger": 1930, "vierziger": 1940, "fünfziger": 1950, "sechziger": 1960,
    "siebziger": 1970, "achtziger": 1980, "neunziger": 1990, "nullerjahre": 2000,
    "cincuenta": 1950, "sesenta": 1960, "setenta": 1970, "ochenta": 1980, "noventa": 1990,
}  # fmt: skip
_COUNTED_DECADES = {
    "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70, "quatre-vingt": 80,
    "quatre-vingts": 80, "quatre-vingt-dix": 90, "veinte": 20, "treinta": 30, "cuarenta": 40, "vinte": 20, "trinta": 30,
    "quarenta": 40, "cinquenta": 50, "sessenta": 60, "oitenta": 80,
}  # fmt: skip
"""Decades by a number in words, which `anni` or the like makes one: `anni sessanta`."""

_COUNTED = "|".join(sorted(_COUNTED_DECADES, key=len, reverse=True))
_BACK = number_words(2, 20) | TENS | {"twenty-five": 25, "few": 5, "couple of": 2}
"""Numbers of years in words: `the last twenty years`."""

_WORDS_BACK = [each.replace(" ", r"\s+") for each in sorted(_BACK, key=len, reverse=True)]
_YEAR = r"(?:18[89]\d|19\d\d|20[0-4]\d)(?!\d)"
_DECADE = rf"['’‘]?(?:(?:18(?=[89])|19|20)?\d0)['’]?(?:s|er[n]?)(?![a-z])|(?:{'|'.join(_WORD_DECADES)})n?(?![a-z])"
_TIME = rf"{_YEAR}|{_DECADE}"


@cache
def _times() -> re.Pattern[str]:
    """Return the pattern of years and decades: `late 80s`, `between 1950 and 1960`, `not older than 2000`."""
    made, the = rf"(?:{_W.words('made')}\s+)?", r"\s*(?:the\s+)?"
    from_, of = r"(?:from\s+)?", r"(?:(?:from|in|of)\s+)?"
    since_a_year = rf"(?:{_W.words('onwards_from_a_year')}(?![a-z])|\+)"
    since_a_decade = rf"(?:{_W.words('onwards')}(?![a-z])|\+)"
    of_a_decade = r"(?:aus\s+den\s+|de\s+los\s+)?(?:(?:des|degli|dos|los)\s+)?"
    before_a_decade = (
        rf"(?:{_W.words('before_a_decade')}\s+)*(?:the\s+|de\s+los\s+)?(?:nineteen[\s-]+)?"
    )
    before = rf"{_W.words('before')}|before\s+i\s+was\s+born\s*\(?"
    forms = (
        rf"{made}{_W.words('between')}?{the}(?P<first>{_TIME})\s*{_W.words('to')}{the}(?P<last>{_TIME})",
        rf"{made}(?P<before>{before}){the}(?:(?P<bpart>early|mid|late)[\s-]*)?(?P<b>{_TIME})s?",
        rf"{made}(?P<after>{_W.words('after')}){the}(?P<a>{_TIME})s?",
        rf"(?P<from>{from_}(?P<f>{_YEAR})\s*{since_a_year})",
        rf"(?P<since>{from_}(?:the\s+)?(?P<s>{_DECADE})\s*{since_a_decade})",
        rf"(?P<to>{from_}(?P<t>{_YEAR})\s*{_W.words('or_earlier')})",
        rf"{before_a_decade}(?P<part>{_W.words('part_of_a_decade')}[\s-]+|mid[\s-]*)?(?P<decade>{_DECADE})(?:\s+jahre[n]?)?",
        r"(?:de\s+)?(?:los|dos|degli)\s+['’]?(?P<los>(?:19|20)?\d0)(?!\d)",
        rf"{of_a_decade}(?P<local>{_W.words('years_of_a_decade')})\s+['’]?(?P<short>(?:19|20)?\d0(?!\d)|(?:{_COUNTED})(?![\w-]))",
        rf"{of}(?:the\s+)?(?:last|past)\s+(?P<back>\d{{1,2}}|{'|'.join(_WORDS_BACK)})\s+{_W.words('year')}s?",
        rf"{of}(?P<lately>{_W.words('lately')})(?:['’]s)?",
        rf"{of}(?:the\s+year\s+)?(?<![\w-])(?P<year>{_YEAR})(?![\w-])",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})", re.IGNORECASE)


_NEWEST_SHORT_DECADE = 10
"""The newest decade that two digits mean: `the 20s` are the 1920s, as a heading says."""

_PARTS = {
    "early": (0, 3), "mid": (3, 6), "late": (6, 9), "early to mid": (0, 6), "mid to late": (4, 9),
    "frühen": (0, 3), "späten": (6, 9), "späte": (6, 9), "frühe": (0, 3),
}  # fmt: skip
_MEASURED = lazy_pattern(
    rf"\d|{'|'.join(sorted({*_WORD_DECADES, *_COUNTS} - {'a', 'an'}))}|{_COUNTED}|teen|half|hour|decade|year|yr",
    re.IGNORECASE,
)


def measures(text: str, this_year: int) -> Iterator[Found]:
    """Find lengths and years."""
    if not _MEASURED.search(text):
        return
    digits, places = in_digits(text)
    for start, end, part in _in_digits(digits, this_year):
        # The digits of a number that is written out stand at the end of its place.
        begin = min([start, *(first for first, last in places if first <= start < last)])
        yield begin, end, replace(part, typed=text[begin:end].strip())


def _in_digits(text: str, this_year: int) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for found in _lengths().finditer(text):
        if length := _length(found):
            taken.append(found.span())
            yield found.start(), end_of_time(text, found.end()), length
    for found in _times().finditer(text):
        within = any(start < found.end() and found.start() < end for start, end in taken)
        if not within and (years := _years(found, this_year)):
            yield found.start(), found.end(), years


def _length(found: re.Match[str]) -> Understood | None:
    tag = next((tag for tag in "1234" if _group(found, tag)), None)
    if tag is None:
        return None
    minutes = _minutes(found, tag)
    if tag == "1":
        low = _count(found["low"]) * (1 if found["minutes1"] or _count(found["low"]) > 5 else 60)
        label, limits = f"{round(low)} to {minutes} min", (round(low), minutes)
    elif tag == "2":
        label, limits = f"{found['range']} to {minutes} min", (int(found["range"]), minutes)
    else:
        relation = _relation(found)
        if relation == "about" and is_most(found.string, found.end()):
            relation = "under"
        label, limits = _limits(relation, minutes)
    return Understood(found[0].strip(), Entry(label, kind="after"), (), limits)


def _group(found: re.Match[str], tag: str) -> str | None:
    return next(
        (
            value
            for name in ("half", "whole", "loose", "minutes", "hours")
            if (value := found[name + tag])
        ),
        None,
    )


def _relation(found: re.Match[str]) -> str:
    for name in ("under", "least", "over", "about"):
        if found[name]:
            return name
    after = " ".join((found["after"] or "").lower().split())
    if after in {"at least", "or more", "or longer", "plus", "+", "and up", "and over"}:
        return "least"
    return "under" if after and after != "or so" else "about"


def _limits(relation: str, minutes: int) -> tuple[str, Minutes]:
    match relation:
        case "under":
            return f"under {minutes} min", (1, minutes)
        case "over":
            return f"over {minutes} min", (minutes + 1, LONGEST_FILM)
        case "least":
            return f"of at least {minutes} min", (minutes, LONGEST_FILM)
    off = min(round(minutes * _ABOUT_SHARE), _ABOUT_MOST) if minutes < _HOUR else _ABOUT_MOST
    return f"of about {minutes} min", (minutes - off, minutes + off)


def _count(typed: str) -> float:
    return _COUNTS.get(folded(typed)) or float(typed.replace(",", "."))


def _minutes(found: re.Match[str], tag: str) -> int:
    if found[f"half{tag}"]:
        return 30
    if found[f"whole{tag}"]:
        return 60
    if found[f"loose{tag}"]:
        return 90
    if found[f"minutes{tag}"]:
        return round(_count(found[f"minutes{tag}"]))
    half = 30 if found[f"and{tag}"] or found[f"after{tag}"] else 0
    return round(_count(found[f"hours{tag}"]) * 60) + half + int(found[f"rest{tag}"] or 0)


def _years(found: re.Match[str], this_year: int) -> Understood | None:
    label, years = _span(found, this_year)
    entry = Entry(label, years=years, kind="after")
    return Understood(found[0].strip(), entry, (Demand(label, years=years),))


def _span(found: re.Match[str], this_year: int) -> tuple[str, tuple[int, int]]:
    if found["first"]:
        (first, _), (_, last) = _one(found["first"]), _one(found["last"])
        return f"from {first} to {last}", (min(first, last), max(first, last))
    if found["before"]:
        until = found["before"].lower() in {"until", "up to", "till"} and found["b"][-1] != "s"
        _, over = _PARTS.get((found["bpart"] or "").lower(), (0, 0))  # `up to the mid eighties`
        year = _one(found["b"])[0] + until + over
        return f"before {year}", (0, year - 1)
    if found["after"]:
        inclusive = found["after"].lower().split()[0] in {
            "since",
            "no",
            "not",
            "nothing",
            "seit",
            "depuis",
            "desde",
        }
        year = _one(found["a"])[0] if inclusive else _one(found["a"])[1] + 1
        return f"since {year}", (year, LATEST_YEAR)
    if found["from"]:
        return f"since {found['f']}", (int(found["f"]), LATEST_YEAR)
    if found["since"]:
        year, _ = _one(found["s"])
        return f"since {year}", (year, LATEST_YEAR)
    if found["to"]:
        return f"before {int(found['t']) + 1}", (0, int(found["t"]))
    if found["decade"] or found["local"] or found["los"]:
        part = " ".join((found["part"] or "").lower().replace("-", " ").split())
        short = found["short"] or found["los"]
        short = _COUNTED_DECADES.get(folded(short or ""), short)
        first, last = _one(found["decade"] or f"{short}s")
        low, high = _PARTS.get(part, (0, last - first))
        return f"from the {part + ' ' if part else ''}{first}s", (first + low, first + high)
    if found["back"]:
        count = _BACK.get(" ".join(folded(found["back"]).split())) or int(found["back"])
        return f"from the last {count} years", (this_year - count, this_year)
    if found["lately"]:
        return _lately(" ".join(folded(found["lately"]).split()), this_year)
    year = int(found["year"])
    return f"from {year}", (year, year)


def _lately(typed: str, this_year: int) -> tuple[str, tuple[int, int]]:
    if typed.endswith("decade"):
        return ("from the last ten years", (this_year - 10, this_year))
    if "this" in typed and "last" in typed:
        return f"from {this_year - 1} or {this_year}", (this_year - 1, this_year)
    year = this_year - typed.startswith("last")
    return f"from {year}", (year, year)


def _one(typed: str) -> tuple[int, int]:
    """Return the first and the last year of `1994`, `1990s`, `90s`, `nineties`."""
    bare = re.sub(r"['’‘]", "", folded(typed))
    word = next((year for word, year in _WORD_DECADES.items() if bare.startswith(word)), None)
    if word:
        return word, word + 9
    number = int(re.match(r"\d+", bare)[0])  # type: ignore[index]  # the form asks for digits
    if bare.isdigit():
        return number, number
    if number < 100:
        number += 2000 if number <= _NEWEST_SHORT_DECADE else 1900
    return number, number + 9
