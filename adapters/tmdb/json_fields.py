"""Fields of TMDB's JSON; those that are missing, empty or of another type give nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.domain.words.text import one_line, storable

Json = Mapping[str, Any]

LONGEST_TEXT = 1_000


def object_in(thing: Json, name: str) -> Json:
    """Return an object; an empty one if there is none."""
    found = thing.get(name)
    return found if isinstance(found, dict) else {}


def objects_in(thing: Json, name: str) -> list[Json]:
    """Return the objects of a list."""
    found = thing.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_in(thing: Json, name: str) -> str:
    """Return a text on one line."""
    found = thing.get(name)
    return one_line(storable(found), LONGEST_TEXT) if isinstance(found, str) else ""


def number_in(thing: Json, name: str) -> int | None:
    """Return a positive whole number; TMDB writes 0 for an unknown one."""
    found = thing.get(name)
    usable = isinstance(found, int) and not isinstance(found, bool) and 0 < found < 2**31
    return found if usable else None


def names_of(things: Iterable[Json]) -> Iterator[str]:
    """Return the names of things, each once."""
    names = (text_in(each, "name") for each in things)
    return iter(dict.fromkeys(name for name in names if name))


def day_in(thing: Json) -> date | None:
    """Return the day of a release: a local day, though it is written as midnight in UTC."""
    try:
        return date.fromisoformat(text_in(thing, "release_date")[:10])
    except ValueError:
        return None


def year_in(thing: Json) -> int | None:
    """Return the year of a release."""
    day = day_in(thing)
    return day.year if day else None


def matching(form: re.Pattern[str], found: object) -> str | None:
    """Return a text of this form."""
    return found if isinstance(found, str) and form.fullmatch(found) else None
