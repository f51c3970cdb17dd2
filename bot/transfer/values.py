"""Values in cells: days, years, ratings on any scale, and ids."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum

from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.patterns import lazy_pattern

_YEAR = lazy_pattern(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_ISO = lazy_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = lazy_pattern(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_IMDB = lazy_pattern(r"tt\d{5,10}")
_LETTER = lazy_pattern(r"[A-Za-z]")
_NUMBER = lazy_pattern(r"\d+(?:[.,]\d+)?")


class DayOrder(StrEnum):
    """Order of a numeric day such as `3/4/2015`."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def day_order(texts: Iterable[str]) -> DayOrder | None:
    """Find the order that a column's days have; None where all of them can be read both ways."""
    for text in texts:
        if found := _NUMERIC.match(text.strip()):
            first, second = int(found[1]), int(found[2])
            if first > 12:
                return DayOrder.DAY_FIRST
            if second > 12:
                return DayOrder.MONTH_FIRST
    return None


def day_of(text: str, order: DayOrder | None = None) -> date | None:
    """Read a day, with or without a time; None where there is none, or it can be read two ways."""
    text = text.strip()
    try:
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMERIC.match(text):
            first, second, year = map(int, found.groups())
            if order is None and first != second:
                return None
            month_first = order is DayOrder.MONTH_FIRST
            return date(year, first, second) if month_first else date(year, second, first)
        if text.isdecimal() and len(text) in {10, 13}:
            return datetime.fromtimestamp(int(text[:10]), UTC).date()
        if not _LETTER.search(text):
            return None
        for form in ("%a %b %d %H:%M:%S %Y", "%d %B %Y", "%B %d, %Y", "%d %b %Y"):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        if found := re.match(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{2} \d{4})", text):  # JavaScript's
            return datetime.strptime(found[1], "%b %d %Y").date()  # noqa: DTZ007 - likewise
    except (ValueError, OverflowError):
        return None
    return None


def instant_of(text: str) -> datetime | None:
    """Read an instant as ISO 8601 writes it, with its offset, as UTC; None where there is none."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def two_ways(text: str) -> bool:
    """Tell whether a numeric day is ambiguous, as `3/4/2015` is."""
    first, second = (day_of(text, each) for each in DayOrder)
    return first is not None and second is not None and first != second


def year_of(text: str) -> int | None:
    """Read the first year in a text: `2013-2023` is of 2013."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def rating_of(text: str, most: float) -> HalfStars | None:
    """Read a rating out of `most`; None where there is none: 0 means unrated wherever it is used.

    Raises ValueError for a number beyond the scale.
    """
    text = text.strip()
    if text and set(text) <= {"★", "½"}:
        return HalfStars(text.count("★") * 2 + text.count("½"))
    found = _NUMBER.match(text)
    if not found:
        return None
    value = float(found[0].replace(",", "."))
    if value > most:
        raise ValueError(f"{value:g} is more than {most:g}")
    return HalfStars(min(max(int(value / most * 10 + 0.5), 1), 10)) if value else None


def scale_of(texts: Iterable[str]) -> int:
    """Guess the highest rating of a column's scale from its values: 5, 10 or 100."""
    values = [float(found[0].replace(",", ".")) for text in texts if (found := _NUMBER.match(text))]
    highest = max(values, default=0.0)
    return 5 if highest <= 5 else 10 if highest <= 10 else 100


def imdb_of(text: str) -> str | None:
    """Find an IMDb id in a cell or an address."""
    found = _IMDB.search(text)
    return found[0] if found else None


def tmdb_of(text: str) -> int | None:
    """Read TMDB's id of a film."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) <= 10 else None


def flag_of(text: str) -> bool:
    """Tell whether a cell says yes."""
    return text.strip().casefold() in {"yes", "true", "1", "y"}
