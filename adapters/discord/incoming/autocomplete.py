"""What is offered while somebody types: films, countries, time zones; from memory, at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from adapters.discord import limits
from adapters.discord.incoming.slash_commands import Given, Json
from adapters.discord.limits import fitted, units
from bot.domain.regions import countries
from bot.messages.commands import Kind
from bot.messages.replies import Option

Suggest = Callable[[str], Sequence[Option]]
"""Finds films by the beginning of a title."""


def suggestions(given: Given, films: Suggest) -> list[Json]:
    """Offer at most 25 values for the option that is being typed."""
    option = given.focused
    if option is None:
        return []
    typed = given.values[option.name]
    if option.kind is Kind.FILM:
        many = isinstance(getattr(given.blank, option.name), tuple)
        return _listed(typed, films) if many else _choices(films(typed))
    if option.kind is Kind.REGION:
        return _choices(_named(typed, countries()))
    return _choices(_named(typed, _zones()))


def _listed(typed: str, films: Suggest) -> list[Json]:
    """Complete the last of several titles, those before it kept."""
    before, comma, last = typed.rpartition(",")
    start = f"{before}{comma} " if comma else ""
    return _choices(Option(start + each.label, start + each.value) for each in films(last.strip()))


def _choices(options: Iterable[Option]) -> list[Json]:
    """Leave out what Discord would refuse: one bad choice would cost the whole list."""
    fitting = {
        each.value: fitted(each.label, limits.CHOICE)
        for each in options
        if 0 < units(each.value) <= limits.CHOICE and each.label.strip()
    }
    found = [{"name": label, "value": value} for value, label in fitting.items()]
    return found[: limits.CHOICES]


def _named(typed: str, names: Mapping[str, str]) -> list[Option]:
    """Find by value or name: what begins so first, then what holds it."""
    folded = typed.strip().casefold()
    ranked = []
    for value, name in names.items():
        known = (value.casefold(), name.casefold())
        place = min((each.find(folded) for each in known if folded in each), default=-1)
        if place >= 0:
            ranked.append((place > 0, name, value))
    return [Option(name, value) for _, name, value in sorted(ranked)]


@cache
def _zones() -> Mapping[str, str]:
    return {each: each.replace("_", " ") for each in available_timezones() if "/" in each}
