"""The beginning and the end of careers: `early hitchcock`, `tom hanks when he was young`."""

from dataclasses import replace

from bot.domain.words.templates import Templates
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.people.roles import BOTH
from bot.language.wishes.wish import LATEST_YEAR, Understood
from recommender import BaseIndex, Demand
from recommender.index.names import films_with

_LATE = frozenset({"late", "later"})
STAGES = _LATE | {"early", "young", "younger"}
"""Words before a name for the beginning or the end of a career."""

_SAID = Templates("bot.language.wishes.people", "people.toml")
_STAGE_SHARE = 0.3
"""Share of the years of a career, as far as its films are known, that is its beginning or its end."""


def stage_after(text: str, at: int) -> tuple[str, int] | None:
    """Return the stage of a career that follows a name, and where that ends: `tom hanks when he was young`."""
    found = _SAID["stage_after"].match(text, at)
    return ((found["stage"] or "early").lower(), found.end()) if found else None


def at_a_stage(part: Understood, stage: str, index: BaseIndex) -> tuple[Understood, Understood]:
    """Return films with a person, but not by their books, and the first or last part of their years."""
    terms = tuple(each for each in part.entry.any if each[0] in BOTH) or part.entry.any
    rows = films_with(index, terms)
    years = sorted(int(index.years[row]) for row in rows if index.years[row]) or [0]
    share = round((years[-1] - years[0]) * _STAGE_SHARE)
    early = stage not in _LATE
    label = "early" if early else "late"
    span = (0, years[0] + share) if early else (years[-1] - share, LATEST_YEAR)
    when = Understood(stage, Entry(label, soft=True), (Demand(label, years=span, soft=True),))
    films = replace(part.demands[0], any_of=terms)
    return replace(part, entry=replace(part.entry, any=terms), demands=(films,)), when
