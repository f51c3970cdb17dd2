"""Reads a slash command that a member gives, or is still typing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.discord.commands import PEOPLE, Json
from adapters.discord.ids import channel_of, member_of
from adapters.discord.incoming.mentions import MENTION
from bot.domain.ids import PlaceId
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.commands import Command, Kind, OptionSpec
from bot.registry import COMMANDS

_LINES = (ReviewCommand, RemindCommand)
"""Commands that take a whole line in their option `film`, as it is typed in a terminal."""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command with its options: `values` as they are typed, `files` by the names of options.

    `focused` is the option that is being typed, where the command is not given yet.
    """

    command: type[Command]
    values: Mapping[str, str]
    files: Mapping[str, Json]
    focused: OptionSpec | None = None
    channels: Mapping[str, PlaceId] = field(default_factory=dict)

    @property
    def asks_for_a_film(self) -> bool:
        """Whether a film is to be named, and nothing of its title is typed yet."""
        option = self.focused
        if option is None or option.kind is not Kind.FILM:
            return False
        return not self.values[option.name].rpartition(",")[2].strip()

    @property
    def texts(self) -> Collection[str]:
        """The options that hold words, in which people may be mentioned."""
        people = {Kind.MEMBER, Kind.MEMBERS}
        kinds = {each.name: each.kind for each in self.command.options()}
        return [name for name in self.values if kinds[name] not in people]

    @property
    def line(self) -> str:
        """The line `/review Her 4/5 Warm.` where all of it is in the option `film`; else empty."""
        film = self.values.get("film", "")
        lone = len(self.values) == 1 and not self.files and not film.startswith("id:")
        is_line = lone and self.command in _LINES and film.strip()
        return f"/{self.command.name} {film}" if is_line else ""

    @property
    def blank(self) -> Command:
        """The command before its options are filled in."""
        made: Callable[[], Command] = self.command
        return made()


def slash_command(data: Mapping[str, Any]) -> SlashCommand | None:
    """Read Discord's `data` of an interaction; None for a command that this version has not."""
    command = COMMANDS.get(data["name"])
    if command is None or not command.typed:
        return None
    known = {each.name: each for each in command.options()}
    data = _with_people(data, known)
    options = [each for each in data.get("options", ()) if each["name"] in known]
    attachments = data.get("resolved", {}).get("attachments", {})
    values, files, channels, focused = {}, {}, {}, None
    for each in options:
        option = known[each["name"]]
        if option.kind is Kind.CHANNEL:
            channels[option.name] = channel_of(int(str(each["value"])))
        elif option.kind is Kind.FILE:
            files[option.name] = attachments[str(each["value"])]
        else:
            values[option.name] = _typed(option.kind, each["value"])
        focused = option if each.get("focused") else focused
    return SlashCommand(command, values, files, focused, channels)


def _with_people(data: Mapping[str, Any], known: Mapping[str, OptionSpec]) -> Mapping[str, Any]:
    """Put the members who were chosen one by one into the option for several."""
    several = next((name for name, each in known.items() if each.kind is Kind.MEMBERS), None)
    given = list(data.get("options", ()))
    if several is None:
        return data
    people = [f"<@{each['value']}>" for each in given if each["name"] in PEOPLE]
    rest = [each for each in given if each["name"] not in PEOPLE]
    words = [str(each["value"]) for each in rest if each["name"] == several]
    if not people:
        return data
    others = [each for each in rest if each["name"] != several]
    joined = {"name": several, "value": " ".join([*people, *words])}
    return {**data, "options": [*others, joined]}


def _typed(kind: Kind, value: object) -> str:
    """Return a value as it is typed in a terminal."""
    match kind:
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.MEMBER:
            return member_of(int(str(value)))
        case Kind.MEMBERS:
            return _members(str(value))
    return str(value)


def _members(text: str) -> str:
    """Return the members mentioned, and the words between them, separated by commas."""
    pieces = MENTION.split(text)
    words = [
        member_of(int(piece)) if place % 2 else piece.strip(" ,")
        for place, piece in enumerate(pieces)
    ]
    return ",".join(word for word in words if word)
