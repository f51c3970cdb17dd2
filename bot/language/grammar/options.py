"""Grammar of all commands without one of their own: values read by the declared options."""

import re
from typing import Any

from rapidfuzz.distance import OSA

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.language.grammar.titles import KnownTitles
from bot.language.grammar.values import read_value
from bot.messages.commands import Command, Kind, OptionSpec
from bot.messages.spans import Usage

_MENTION = lazy_pattern(r"(?<!\S)@(?P<name>[^\s,@]+),?")
_WITH = lazy_pattern(r"with\s+(?P<names>\S.*)", re.IGNORECASE | re.DOTALL)
_OWN = frozenset({"me", "mine", "my own"})


_OTHER_NAMES = {
    "region": ("country", "home"),
    "zone": ("time[ -]?zone",),
    "scale": ("ratings?", "stars"),
    "hour": ("time",),
}
"""Other words for the names of options."""


def parse_options(command: type[Command], text: str, titles: KnownTitles) -> Command:
    """Read the text after the name of a command."""
    text = text.strip()
    values = _by_place(command, text, titles) if command.has_places() else _by_name(command, text)
    return command(**values)


def _by_place(command: type[Command], text: str, titles: KnownTitles) -> dict[str, Any]:
    """Read a leading choice, members marked by @, and the rest as the film or the only option."""
    values: dict[str, Any] = {}
    left = text
    for each in command.options():
        if each.kind is Kind.CHOICE and (choice := _leading_choice(each, left)):
            values[each.name] = choice
            left = left[len(choice) :].strip()
        if each.kind in {Kind.MEMBER, Kind.MEMBERS} and not titles.is_title(left):
            names, left = _members(left, each)
            values |= names
    main = next((each for each in command.options() if each.kind is Kind.FILM), None)
    main = main or next(iter(command.options()), None)
    if left and main:
        values[main.name] = read_value(main, left)
    elif left:
        raise UsageError(
            Usage(command()), f" stands alone. I don't know what “{left[:60]}” means here."
        )
    return values


def _leading_choice(option: OptionSpec, text: str) -> str | None:
    word = text.split(maxsplit=1)[0].lower() if text else ""
    return next((each for each in option.choices if each == word), None)


def _members(text: str, option: OptionSpec) -> tuple[dict[str, Any], str]:
    """Take the members out of the text."""
    if option.kind is Kind.MEMBERS and (named := _WITH.fullmatch(text)):
        return {option.name: read_value(option, named["names"])}, ""
    names = _MENTION.findall(text)
    if not names:
        return ({}, "") if text.lower() in _OWN and option.kind is Kind.MEMBER else ({}, text)
    if option.kind is Kind.MEMBER and len(names) > 1:
        raise UsageError(f"One member at a time, please: @{names[0]}, or @{names[1]}.")
    value = names[0] if option.kind is Kind.MEMBER else tuple(names)
    return {option.name: value}, " ".join(_MENTION.sub(" ", text).split())


def _by_name(command: type[Command], text: str) -> dict[str, Any]:
    """Read "name value name value"; a value continues until the next name."""
    text = _renamed(command, text)
    names = "|".join(re.escape(each.name) for each in command.options())
    form = re.compile(rf"(?<!\S)(?:--|—)?(?P<name>{names})(?:\s*[:=]\s*|(?=\s|$))", re.IGNORECASE)
    found = list(form.finditer(text))
    before = text[: found[0].start()].strip() if found else text
    if before:
        raise _unknown(command, before)
    values: dict[str, Any] = {}
    for each, following in zip(found, [*found[1:], None], strict=False):
        name = folded(each["name"])
        if name in values:
            raise UsageError(f"“{name}” stands there twice. Say it once.")
        option = next(option for option in command.options() if option.name == name)
        end = following.start() if following else len(text)
        values[name] = read_value(option, text[each.end() : end])
    return values


def _renamed(command: type[Command], text: str) -> str:
    """Return a text with the options' own names where it says them in other words: `country france`."""
    for option in command.options():
        for word in _OTHER_NAMES.get(option.name, ()):
            form = rf"(?<!\S)(?:--|—)?{word}(?=\s*[:=]|\s)"
            text = re.sub(form, option.name, text, count=1, flags=re.IGNORECASE)
    return text


def _unknown(command: type[Command], typed: str) -> UsageError:
    """Return an error that lists the options, with the likeliest if one was misspelt."""
    word = typed.split(maxsplit=1)[0][:40].strip("-—:=")
    names = [each.name for each in command.options()]
    best = max(names, key=lambda each: OSA.normalized_similarity(word.lower(), each))
    meant = f" Did you mean {best}?" if OSA.normalized_similarity(word.lower(), best) > 0.6 else ""
    example = next((each for each in command.examples() if each.usage()[1]), command())
    return UsageError(
        Usage(command()),
        f" has no “{word}”.{meant} It has: {', '.join(names)}. Say it so: ",
        Usage(example),
    )
