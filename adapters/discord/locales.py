"""Languages of Discord's apps: what commands are called in each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LOCALES = ("de", "fr", "es-ES", "pt-BR", "it")
"""Discord's names of the languages into which commands are translated."""


@dataclass(frozen=True, slots=True)
class Locale:
    """Words of one language: descriptions of commands, names and descriptions of options, names of menus' commands.

    `descriptions`: by an option's name, or by `command.option` where it means something else there.
    """

    commands: Mapping[str, str]
    options: Mapping[str, str]
    descriptions: Mapping[str, str]
    menus: Mapping[str, str]


@cache
def locales() -> Mapping[str, Locale]:
    """Return the translations by Discord's name of the language."""
    folder = resources.files("adapters.discord") / "translations"
    read = {each: tomllib.loads((folder / f"{each}.toml").read_text("utf-8")) for each in LOCALES}
    return {name: Locale(**tables) for name, tables in read.items()}


def described(command: str) -> dict[str, str]:
    """Return a command's description in each language that has one."""
    return {n: each.commands[command] for n, each in locales().items() if command in each.commands}


def named(option: str) -> dict[str, str]:
    """Return an option's name in each language that has one."""
    return {n: each.options[option] for n, each in locales().items() if option in each.options}


def explained(command: str, option: str) -> dict[str, str]:
    """Return the description of a command's option in each language."""
    found: dict[str, str] = {}
    for name, each in locales().items():
        text = each.descriptions.get(f"{command}.{option}") or each.descriptions.get(option)
        found |= {name: text} if text else {}
    return found


def menu_named(name: str) -> dict[str, str]:
    """Return the name of a menu's command in each language."""
    return {n: each.menus[name] for n, each in locales().items() if name in each.menus}
