"""Details of a statement about a film: rating, day, rewatch, giving up, each taken out of its words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain.errors import UsageError
from bot.domain.reviews.ratings import HalfStars, Scale, half_stars
from bot.domain.words.patterns import lazy_pattern
from bot.language.grammar.dates import DATE, read_date
from bot.language.grammar.day_words import weekday_number
from bot.language.grammar.ratings import TypedRating, bare_rating, first_rating, value_of
from bot.language.grammar.reading import Habits, Reading

_TIME_OF_DAY = r"(?:\s+(?:night|evening|afternoon|morning))?"
DAY = lazy_pattern(
    rf"(?<!\w)(?:(?P<night>last\s+night|yesterday{_TIME_OF_DAY}|the\s+other\s+night)|(?P<now>today|tonight|this\s+(?:morning|afternoon|evening)|just\s+now|earlier(?:\s+today)?)"
    rf"|(?:on\s+|last\s+|this\s+)*(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur?|sun)(?:day)?){_TIME_OF_DAY}|(?:on\s+)?(?P<date>{DATE}))(?!\w)",
    re.IGNORECASE,
)
_REWATCH = lazy_pattern(
    r"(?<!\w)(?<!and\s)(?<!never\s)(?<!not\s)(?<!ever\s)(?:again(?!\s+and)|rewatch(?:ed)?(?:\s+it(?=\s*[,.;:!–-]))?|for\s+the\s+(?:\w+th|second|third|2nd|3rd)\s+time)(?!\w)",
    re.IGNORECASE,
)
_GAVE_UP = lazy_pattern(
    r"(?<!\w)(?:(?:and\s+)?(?:gave\s+up|dnf|bailed|walked\s+out|stopped|quit|turned\s+it\s+off|fell\s+asleep)(?:\s+(?:after|at|around))?\s*(?P<m>\d{1,3})?\s*(?:min(?:ute)?s?|m)?(?:\s+in)?|after\s+(?P<n>\d{1,3})\s*(?:min(?:ute)?s?|m)(?:\s+in)?)(?!\w)",
    re.IGNORECASE,
)
_VAGUE = lazy_pattern(
    r"(?<!\w)(?:(?:last|this|over\s+the|at\s+the)\s+weekend|last\s+(?:week|month|year|summer|winter)|the\s+other\s+(?:day|week|evening)|a\s+(?:few|couple\s+of)\s+(?:days|weeks)\s+(?:ago|back))(?=[\s,;:.!–-]*(?:\d|$))[\s,]*",
    re.IGNORECASE,
)
"""A time that is no day, before a rating or at the end: `saw Yi Yi last weekend 5`."""

JOINTS = lazy_pattern(
    r"(?:and\s+|,\s*)*(?:i\s+|i['’]?d\s+|i['’]?ll\s+|would\s+|we\s+)*(?:give|gave|giving|rate[sd]?|it\s+gets|gets|got|gave|deserves|for\s+me|from\s+me|a\s+solid|solid|a\s+strong|my\s+rating|rating|score)(?:\s+(?:it|this|that|is|was|a|an|an?\s+easy|a\s+solid|from\s+me|:))*\s*$",
    re.IGNORECASE,
)
_SEEN_IT = lazy_pattern(
    r"(?<!\w)(?:(?:i|we)\s+)?(?:watched|saw|seen)(?:\s+(?:it|this))?\s*$", re.IGNORECASE
)
_DECIMAL = lazy_pattern(
    r"[\s=:,–—-]*(?P<n>\d{1,2}[.,]\d|\d½)(?=[\s,;:!]|$)"
    r"(?!\s*(?:h|hours?|hrs?|m|min(?:ute)?s?|million|billion|times|years?|days?|km|miles?)(?!\w))",
    re.IGNORECASE,
)
_HEDGED = lazy_pattern(
    r"(?:[,;:–—-]\s*|\s)(?:(?:a|an|now|like|about|around|roughly|maybe|probably|solid|strong|easy|only|just|still)\s+)+"
    r"(?P<n>\d{1,2}(?:[.,]\d|½)?)(?:\s?-?ish)?(?:\s+(?:for|from)\s+me)?(?:[\s,]+(?:actually|really|now|after\s+all|i\s+(?:think|guess)|tbh|imo|though|maybe))*(?=[\s.!]*$|\s*[,;])",
    re.IGNORECASE,
)
"""A number that is led up to: `heat - solid 8`, `now a 5`, `like 3.7 ish`."""

_BETWEEN = lazy_pattern(r"[,;]\s*(?P<n>\d{1,2}[.,]\d)(?=\s*[,;])")
"""A number between commas: `meh, 2.5, too loud`."""

_COPULA = lazy_pattern(
    r"\s*(?:(?:it\s+)?(?:is|was|gets?|got|deserves|now)\s+)*(?:now\s+)?(?:a|an)?\s*", re.IGNORECASE
)
"""What only joins a film to its rating: `whiplash is a 4/5`."""

AT_END = lazy_pattern(
    r"(?:[,;:–—-]\s*|[.!]\s+)(?:a\s+)?(?P<n>\d{1,2}(?:[.,]\d|½)?)[\s.!]*$", re.IGNORECASE
)
"""A number that ends what is told: `loved it, 4.5`, `Lovely. 4.5`, which is no 4th of May."""

_RATES = lazy_pattern(r"\d{1,2}(?:[.,]\d)?\s?/\s?(?:5|10)|\d[.,]\d", re.IGNORECASE)
"""What is rather a rating than a day: `3.5`, `1/5`."""

FROM_ME = lazy_pattern(
    r"^\s*(?:from|for)\s+(?:both\s+of\s+us|(?:me|us)(?:\s+(?:both|two))?)(?!\w)", re.IGNORECASE
)


@dataclass(slots=True)
class Details:
    """Details read so far; `rest`: the part of the statement that is not understood yet.

    `bare`: the rating is a number without a scale.
    """

    rest: str
    fields: dict[str, Any]
    rating: HalfStars | None = None
    bare: bool = False


def understand(details: Details, reading: Reading) -> None:
    """Take day, rating, rewatch, and giving up out of the rest."""
    details.rest = _VAGUE.sub(" ", details.rest, count=1)
    _take_rating(details, reading)
    if found := _day_in(details.rest, reading.habits):
        start, end, details.fields["watched_on"] = found
        details.rest = f"{_SEEN_IT.sub('', details.rest[:start])} {details.rest[end:]}"
    if found_again := _REWATCH.search(details.rest):
        details.fields["rewatch"] = True
        details.rest = f"{details.rest[: found_again.start()]} {details.rest[found_again.end() :]}"
    gave_up = _GAVE_UP.search(details.rest)
    if gave_up and ("abandoned" in details.fields or not gave_up["n"]):
        details.fields["abandoned"] = True
        if minutes := gave_up["m"] or gave_up["n"]:
            details.fields["abandoned_after"] = int(minutes)
        details.rest = f"{details.rest[: gave_up.start()]} {details.rest[gave_up.end() :]}"


def _take_rating(details: Details, reading: Reading) -> None:
    """Take a rating out of the rest, with the words that only lead to it; a bare number alone."""
    if details.rating is not None:
        return
    text = f"· {details.rest}"
    typed = first_rating(text, 0, len(text), reading.scale)
    if (
        typed
        and not typed.possible
        and not (text[2 : typed.start] + text[typed.end :]).strip(" .!")
    ):
        typed.half_stars()  # says which ratings there are
    if typed is None or not typed.possible:
        _take_bare(details, reading)
        return
    before = JOINTS.sub("", text[2 : typed.start])
    before = "" if _COPULA.fullmatch(before) else before
    after = FROM_ME.sub("", text[typed.end :])
    details.rating, details.rest = typed.half_stars(), f"{before} {after}"


def _take_bare(details: Details, reading: Reading) -> None:
    """Read a number that is all that follows, after `gave it` or a sign: `aftersun 4.5`, `heat = 9`.

    With words behind it, only one that counts nothing: `aftersun 4.5 lovely`.
    """
    tail = re.fullmatch(
        r"[\s=:,–—-]*(?:(?:and\s+)?(?:i\s+)?(?:give|gave|rated?)\s+(?:it\s+)?)?(?:(?:it\s+)?gets\s+|a\s+|an\s+)*(?P<n>\d{1,3}(?:[.,]\d{1,2})?½?)(?:\s+(?:from|for)\s+me)?[\s.!]*",
        details.rest,
        re.IGNORECASE,
    )
    number = tail or _DECIMAL.match(details.rest)
    if number and (rating := bare_half_stars(number["n"], reading.scale)):
        details.rating, details.bare, details.rest = rating, True, details.rest[number.end() :]
        return
    for form in (AT_END, _HEDGED, _BETWEEN):
        found = form.search(details.rest)
        if found and (rating := bare_half_stars(found["n"], reading.scale)):
            left = f"{details.rest[: found.start()]}{details.rest[found.end() :]}"
            details.rating, details.bare, details.rest = rating, True, left
            return


def bare_half_stars(number: str, scale: Scale) -> HalfStars | None:
    """Return the rating of a bare number: on the member's scale, else out of ten or a hundred."""
    typed: TypedRating | None = bare_rating(number, 0, len(number), scale)
    if typed is None:
        return None
    if typed.possible:
        return typed.half_stars()
    value = value_of(number)
    for most in (10, 100):
        if 0 < value <= most:
            try:
                return half_stars(value * 5 / most)
            except ValueError:
                return None
    return None


def _day_in(text: str, habits: Habits) -> tuple[int, int, date] | None:
    """Find the day on which a film was seen: the latest that the words can mean."""
    found, today = DAY.search(text), habits.today
    while found and found["date"] and _RATES.fullmatch(found[0].strip()):
        found = DAY.search(text, found.end())
    if found is None or today is None:
        return None
    if found["night"]:
        day = today - timedelta(days=1)
    elif found["now"]:
        day = today
    elif weekday := found["weekday"]:
        ago = (today.weekday() - weekday_number(weekday)) % 7 or 7
        day = today - timedelta(days=ago)
    else:
        try:
            day = read_date(found["date"], today, habits.region)
        except UsageError:
            return None
    return found.start(), found.end(), day
