"""The command catalogue as Discord's slash commands, and what somebody gave in one of them."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord import limits
from adapters.discord.ids import member_of
from adapters.discord.limits import fitted
from bot.domain.ratings import HalfStars, show_rating
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.commands import Command, Kind, OptionSpec, Permission
from bot.registry import COMMANDS, TYPED

SAVE_AS_REVIEW = "Save as review"
"""The command in the menu of a message."""

_CHAT, _MESSAGE = 1, 3
_TEXT, _WHOLE, _YES_NO, _USER, _FILE = 3, 4, 5, 6, 11
_TYPES = {Kind.NUMBER: _WHOLE, Kind.YES_NO: _YES_NO, Kind.MEMBER: _USER, Kind.FILE: _FILE}
_SUGGESTED = frozenset({Kind.FILM, Kind.REGION, Kind.ZONE})
_LARGEST_NUMBER = 999_999

_GUILD, _DIRECT = 0, 1
_MANAGE_GUILD, _MANAGE_MESSAGES = 1 << 5, 1 << 13
_WHO = {Permission.ADMINS: _MANAGE_GUILD, Permission.MODERATORS: _MANAGE_MESSAGES}
_FREE = (ReviewCommand, RemindCommand)
"""Commands of which more can be said behind the film, as in a terminal."""

_MENTIONED = re.compile(r"<@!?(\d+)>")

Json = dict[str, Any]


def registration() -> list[Json]:
    """Write the catalogue down as Discord registers it."""
    typed = [_command(spec) for spec in TYPED]
    return [*typed, {**_everywhere(SAVE_AS_REVIEW), "type": _MESSAGE}]


def digest(commands: Sequence[Json]) -> str:
    """Name what was registered in a short text that changes when any of it does."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()[:16]


def _everywhere(name: str) -> Json:
    return {"name": name, "integration_types": [0], "contexts": [_GUILD, _DIRECT]}


def _command(spec: type[Command]) -> Json:
    options = sorted(spec.options(), key=lambda each: not each.required)
    found = {
        **_everywhere(spec.name),
        "type": _CHAT,
        "description": fitted(spec.help(), limits.DESCRIPTION),
        "options": [_option(each) for each in options[: limits.COMMAND_OPTIONS]],
    }
    if spec.permission in _WHO:
        found |= {"default_member_permissions": _WHO[spec.permission], "contexts": [_GUILD]}
    return found


def _option(option: OptionSpec) -> Json:
    found: Json = {
        "name": option.name,
        "description": fitted(option.help, limits.DESCRIPTION),
        "type": _TYPES.get(option.kind, _TEXT),
        "required": option.required,
    }
    if option.kind is Kind.NUMBER:
        found |= {"min_value": 0, "max_value": _LARGEST_NUMBER}
    elif option.kind in _SUGGESTED:
        found["autocomplete"] = True
    elif option.kind is Kind.RATING:
        found["choices"] = [{"name": name, "value": value} for value, name in ratings()]
    elif option.choices:
        found["choices"] = [{"name": each, "value": each} for each in option.choices]
    return found


def ratings() -> list[tuple[str, str]]:
    """List the ten ratings, best first: how one types each, and how it looks."""
    halves = (HalfStars(each) for each in range(10, 0, -1))
    return [(f"{each / 2:g}/5", f"{show_rating(each)} ({each / 2:g})") for each in halves]


@dataclass(frozen=True, slots=True)
class Given:
    """A slash command as somebody gave it: `values` as one types them, `files` by their options.

    `focused` is the option that is being typed, where nothing was given yet.
    """

    spec: type[Command]
    values: Mapping[str, str]
    files: Mapping[str, Json]
    focused: OptionSpec | None = None

    @property
    def typed(self) -> str:
        """All of it as one types it, where all was put behind the film: `Her 4/5 Warm.`; else empty."""
        film = self.values.get("film", "")
        lone = len(self.values) == 1 and not self.files and not film.startswith("id:")
        free = self.spec in _FREE and film.strip()
        return f"/{self.spec.name} {film}" if lone and free else ""

    @property
    def blank(self) -> Command:
        """The command before anything is put into it."""
        made: Callable[[], Command] = self.spec
        return made()


def given(data: Mapping[str, Any]) -> Given | None:
    """Read what Discord says was given; None for a command that this version does not know."""
    spec = COMMANDS.get(data["name"])
    if spec is None or not spec.typed:
        return None
    known = {each.name: each for each in spec.options()}
    options = [each for each in data.get("options", ()) if each["name"] in known]
    attachments = data.get("resolved", {}).get("attachments", {})
    values, files, focused = {}, {}, None
    for each in options:
        option = known[each["name"]]
        if option.kind is Kind.FILE:
            files[option.name] = attachments[str(each["value"])]
        else:
            values[option.name] = _typed(option.kind, each["value"])
        focused = option if each.get("focused") else focused
    return Given(spec, values, files, focused)


def _typed(kind: Kind, value: object) -> str:
    """Write a value as one would type it."""
    match kind:
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.MEMBER:
            return member_of(int(str(value)))
        case Kind.MEMBERS:
            return _members(str(value))
    return str(value)


def _members(text: str) -> str:
    """List the members mentioned, and the words between them, with commas."""
    pieces = _MENTIONED.split(text)
    words = [
        member_of(int(piece)) if place % 2 else piece.strip(" ,")
        for place, piece in enumerate(pieces)
    ]
    return ",".join(word for word in words if word)
