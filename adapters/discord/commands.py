"""Commands as Discord has them: what is registered for each, and how a text shows one."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from adapters.chat.commands import RATING_OPTIONS, typed_command
from adapters.discord import limits
from adapters.discord.limits import fitted
from adapters.discord.locales import described, explained, menu_named, named
from bot.messages.commands import Command, Kind, OptionSpec, Permission
from bot.messages.replies import Option
from bot.registry import TYPED

SAVE_AS_REVIEW = "Save as review"
"""The command in the menu of a message."""

TASTE_MATCH = "Taste match"
"""The command in the menu of a member: their page, with how alike the tastes are."""

PEOPLE = ("member", "member_2", "member_3")
"""Options beside one of several members, each of which Discord fills with one member."""

_CHAT, _MEMBER, _MESSAGE = 1, 2, 3
_TEXT, _WHOLE, _YES_NO, _USER, _CHANNEL, _FILE = 3, 4, 5, 6, 7, 11
_TYPES = {
    Kind.NUMBER: _WHOLE,
    Kind.YES_NO: _YES_NO,
    Kind.MEMBER: _USER,
    Kind.CHANNEL: _CHANNEL,
    Kind.FILE: _FILE,
}
_TEXT_CHANNELS = [0, 5]
"""Channels of messages, and of announcements."""
_SUGGESTED = frozenset({Kind.FILM, Kind.REGION, Kind.ZONE})
_LARGEST_NUMBER = 999_999

_GUILD, _DIRECT, _ELSEWHERE = 0, 1, 2
_MANAGE_GUILD, _MANAGE_MESSAGES = 1 << 5, 1 << 13
_WHO = {Permission.ADMINS: _MANAGE_GUILD, Permission.MODERATORS: _MANAGE_MESSAGES}

Json = dict[str, Any]


def registration() -> list[Json]:
    """Return all commands as they are registered with Discord."""
    typed = [_command(each) for each in TYPED]
    saving = {**_everywhere(SAVE_AS_REVIEW), "type": _MESSAGE}
    matching = {
        **_everywhere(TASTE_MATCH),
        "type": _MEMBER,
        "contexts": [_GUILD],
        "integration_types": [0],
    }
    menus = [
        {**each, "name_localizations": menu_named(each["name"])} for each in (saving, matching)
    ]
    return [*typed, *menus]


def digest(commands: Sequence[Json]) -> str:
    """Return a short text that changes when anything in a registration does."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()[:16]


def usage(command: Command) -> str:
    """Return a command as it is typed in Discord: `/remind film:Anora lead:2d`.

    For a command that has only buttons, the one that leads to them.
    """
    command = typed_command(command)
    given = {option.name: _value(option, text) for option, text in command.given()}
    names = [each.name for each in _options(type(command))]
    return " ".join([f"/{command.name}", *(f"{n}:{given[n]}" for n in names if given.get(n))])


def _value(option: OptionSpec, text: str) -> str:
    if option.kind is Kind.YES_NO:
        return "True" if text == "yes" else "False"
    return text


def _options(command: type[Command]) -> list[OptionSpec]:
    """Return the options in the order of Discord, which wants the required ones first."""
    options = sorted(command.options(), key=lambda each: not each.required)
    return options[: limits.COMMAND_OPTIONS]


def _everywhere(name: str) -> Json:
    return {"name": name, "integration_types": [0, 1], "contexts": [_GUILD, _DIRECT, _ELSEWHERE]}


def _command(command: type[Command]) -> Json:
    found = {
        **_everywhere(command.name),
        "type": _CHAT,
        "description": fitted(command.help(), limits.DESCRIPTION),
        "description_localizations": described(command.name),
        "options": [each for option in _options(command) for each in _with_people(option, command)],
    }
    if command.permission in _WHO:
        found |= {"default_member_permissions": _WHO[command.permission]}
        found |= {"contexts": [_GUILD], "integration_types": [0]}
    return found


def _with_people(option: OptionSpec, command: type[Command]) -> list[Json]:
    """Return an option; one of several members is also offered as single ones to choose."""
    if option.kind is not Kind.MEMBERS:
        return [_option(option, command)]
    single = (
        OptionSpec(name, Kind.MEMBER, option.help, required=False, choices=(), label=option.label)
        for name in PEOPLE
    )
    return [_option(each, command) for each in (*single, option)]


def _option(option: OptionSpec, command: type[Command]) -> Json:
    meaning = PEOPLE[0] if option.name in PEOPLE else option.name
    found: Json = {
        "name": option.name,
        "name_localizations": named(option.name),
        "description": fitted(option.help, limits.DESCRIPTION),
        "description_localizations": explained(command.name, meaning),
        "type": _TYPES.get(option.kind, _TEXT),
        "required": option.required,
    }
    if option.kind is Kind.NUMBER:
        found |= {"min_value": 0, "max_value": _LARGEST_NUMBER}
    elif option.kind is Kind.CHANNEL:
        found["channel_types"] = _TEXT_CHANNELS
    elif option.kind in _SUGGESTED:
        found["autocomplete"] = True
    elif option.kind is Kind.RATING:
        found["choices"] = [{"name": rating_name(e), "value": e.value} for e in RATING_OPTIONS]
    elif option.choices:
        found["choices"] = [{"name": each, "value": each} for each in option.choices]
    return found


def rating_name(rating: Option) -> str:
    """Return a rating in stars and in figures: `★★★★½ (4.5)`."""
    return f"{rating.label} ({rating.value.removesuffix('/5')})"
