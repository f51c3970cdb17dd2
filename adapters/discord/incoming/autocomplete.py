"""Suggestions while a member types an option: films, countries, time zones; all from memory."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from adapters.discord import limits
from adapters.discord.commands import Json
from adapters.discord.incoming.slash_commands import SlashCommand
from adapters.discord.limits import fitted, units
from bot.domain.regions import countries
from bot.messages.commands import Kind
from bot.messages.replies import Option

Suggest = Callable[[str], Sequence[Option]]
"""Finds films by the beginning of a title."""


def suggestions(command: SlashCommand, films: Suggest) -> list[Json]:
    """Return at most 25 values for the option that is being typed."""
    option = command.focused
    if option is None:
        return []
    typed = command.values[option.name]
    if option.kind is Kind.FILM:
        many = isinstance(getattr(command.blank, option.name), tuple)
        return _listed(typed, films) if many else _choices(films(typed))
    if option.kind is Kind.REGION:
        return _choices(_named(typed, countries()))
    return _choices(_named(typed, _zones()))


def _listed(typed: str, films: Suggest) -> list[Json]:
    """Complete the last of several titles separated by commas."""
    before, comma, last = typed.rpartition(",")
    start = f"{before}{comma} " if comma else ""
    return _choices(Option(start + each.label, start + each.value) for each in films(last.strip()))


def _choices(options: Iterable[Option]) -> list[Json]:
    """Leave out options that Discord would refuse: one of them would cost the whole list."""
    fitting = {
        each.value: fitted(each.label, limits.CHOICE)
        for each in options
        if 0 < units(each.value) <= limits.CHOICE and each.label.strip()
    }
    found = [{"name": label, "value": value} for value, label in fitting.items()]
    return found[: limits.CHOICES]


def _named(typed: str, names: Mapping[str, str]) -> list[Option]:
    """Find by value or name: those that begin with the typed text, then those that hold it."""
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
