"""Commands and replies as JSON and as short action ids: for buttons, drafts, receipts, `--json`.

Every dataclass becomes an object with its `type` first; fields at their default are left out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from string import ascii_lowercase, digits
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl, quote, urlencode

from bot.domain.words.patterns import lazy_pattern
from bot.messages import replies, spans
from bot.messages.commands import Command
from bot.messages.replies import Action, Button, Choice, Form, Reply

LONGEST_ACTION_ID = 96
"""Characters: Discord takes 100 as a custom_id; the rest tells equal actions of a message apart."""

_VERSION = "1"
_ACTION = lazy_pattern(r"1\.(?P<name>[a-z-]+)(?P<kind>[!*]?)(?P<places>[0-9a-z_,]*)(?P<rest>\?.*)?")
_PLACES = digits + ascii_lowercase

Json = dict[str, Any]

Commands = Mapping[str, type[Command]]
"""The commands that can be read back, by name."""


def command_to_json(command: Command) -> Json:
    """Return a command as JSON: its name, then the fields that differ from the defaults."""
    return {"type": command.name, **_fields_to_json(command)}


def command_from_json(data: Mapping[str, Any], commands: Commands) -> Command:
    """Read a command from JSON; ValueError for one that this version does not know."""
    command = commands.get(data.get("type", ""))
    if command is None:
        raise ValueError(f"no such command: {data.get('type')!r}")
    return _build(command, data, commands)  # type: ignore[no-any-return]  # built from its class


def reply_to_json(reply: Reply) -> Json:
    """Return a whole reply as JSON; `reply_from_json` gives an equal one."""
    data = _fields_to_json(reply)
    return {"summary": data["summary"], "visibility": reply.visibility.value, **data}


def reply_from_json(data: Mapping[str, Any], commands: Commands) -> Reply:
    """Read a reply from JSON; ValueError where it is not one."""
    return _build(Reply, data, commands)  # type: ignore[no-any-return]  # built from its class


def action_id(action: Command | Action) -> str:
    """Return an action's id, one short line: `1.review?film=id:her-2013`.

    `!12` after the command's name makes it a form over the fields that stand at these places of the
    command, `*4` a choice for one field; `!,rating,text` names the fields of a command that is only
    recalled. ValueError when it is longer than `LONGEST_ACTION_ID`;
    such a command has to be stored.
    """
    text = action_text(action)
    if len(text) > LONGEST_ACTION_ID:
        raise ValueError(f"an action id of {len(text)} characters")
    return text


def action_text(action: Command | Action) -> str:
    """Return what would be an action's id, however long it is; `action_of` reads it."""
    match action:
        case Form(command=command, fields=names):
            kind = f"!{_places(command, names)}"
        case Choice(command=command, field=name):
            kind = f"*{_places(command, (name,))}"
        case Button(command=command):
            kind = ""
        case command:
            kind = ""
    data = _fields_to_json(command)
    instants = ((name, getattr(command, name)) for name in data)
    data |= {name: _instant(value) for name, value in instants if isinstance(value, datetime)}
    pairs = [(name, each) for name, value in data.items() for each in _texts(value)]
    query = urlencode(pairs, quote_via=quote, safe=":,")
    return f"{_VERSION}.{command.name}{kind}" + (f"?{query}" if query else "")


def action_of(text: str, commands: Commands) -> Command | Form | Choice:
    """Read an action id; ValueError for one that no version has written.

    Forms and choices come without label and options: these are on the message. What follows a
    `#` only made the id differ from another one on its message.
    """
    found = _ACTION.fullmatch(text.partition("#")[0])
    cls = commands.get(found["name"]) if found else None
    if found is None or cls is None:
        raise ValueError(f"no such action: {text!r}")
    command = _command(cls, (found["rest"] or "?")[1:])
    names = _names(cls, found["places"])
    if found["kind"] == "!":
        return Form("", command, names)
    if found["kind"] == "*" and len(names) == 1:
        return Choice("", (), command, names[0])
    if names:
        raise ValueError(f"no such action: {text!r}")
    return command


def _places(command: Command, names: Sequence[str]) -> str:
    """Name fields by their places, which is why new fields of a command are declared last."""
    known = [each.name for each in fields(command)]
    if not set(names) <= set(known):
        return "".join(f",{name}" for name in names)
    return "".join(_PLACES[known.index(name)] for name in names)


def _names(command: type[Command], places: str) -> tuple[str, ...]:
    if places.startswith(","):
        return tuple(places[1:].split(","))
    known = [each.name for each in fields(command)]
    try:
        return tuple(known[_PLACES.index(each)] for each in places)
    except (IndexError, ValueError) as error:
        raise ValueError(f"no such fields: {places!r}") from error


def _command(cls: type, query: str) -> Command:
    hints = _hints(cls)
    data: dict[str, Any] = {}
    for key, text in parse_qsl(query, keep_blank_values=True):
        if key not in hints:
            raise ValueError(f"no such field: {key!r}")
        if get_origin(hints[key]) is tuple:
            data.setdefault(key, []).append(text)
        else:
            data[key] = _scalar(hints[key], text)
    return _build(cls, data, {})  # type: ignore[no-any-return]  # built from its class


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [json.dumps(value) if isinstance(value, bool) else str(value)]


def _scalar(hint: Any, text: str) -> Any:  # noqa: ANN401 - type hints are of no one type
    kinds = set(_members(hint))
    if bool in kinds:
        return json.loads(text)
    if float in kinds or timedelta in kinds:
        return float(text)
    return int(text) if int in {_base(kind) for kind in kinds} else text


def _fields_to_json(value: Any) -> Json:  # noqa: ANN401 - any dataclass
    return {
        each.name: _to_json(getattr(value, each.name))
        for each in fields(value)
        if getattr(value, each.name) != _default(each)
    }


def _default(each: Field[Any]) -> object:
    return each.default if each.default is not MISSING else MISSING


def _instant(value: datetime) -> str:
    """Return an instant in ISO 8601's short form, in UTC: a button's id has room for little more."""
    if value.utcoffset() is None or value.microsecond:
        return value.isoformat()
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _to_json(value: object) -> Any:  # noqa: ANN401 - JSON is of no one type
    match value:
        case Button() | Form() | Choice():
            return _with_action({"type": _tag(type(value)), **_fields_to_json(value)}, value)
        case Command():
            return command_to_json(value)
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case tuple():
            return [_to_json(each) for each in value]
        case _ if is_dataclass(value):
            return {"type": _tag(type(value)), **_fields_to_json(value)}
    return value


def _with_action(data: Json, action: Action) -> Json:
    try:
        return {**data, "action": action_id(action)}
    except ValueError:
        return data


def _tag(cls: type) -> str:
    name = cls.__name__
    return name[0].lower() + "".join(f"_{c.lower()}" if c.isupper() else c for c in name[1:])


def _named() -> dict[str, Any]:
    """Return what replies and their spans name."""
    return {**vars(spans), **vars(replies)}


@cache
def _tagged() -> Mapping[str, type]:
    classes = (each for each in _named().values() if isinstance(each, type))
    return {_tag(each): each for each in classes if is_dataclass(each)}


@cache
def _hints(cls: type) -> Mapping[str, Any]:
    return get_type_hints(cls, _named())


def _build(cls: type, data: Mapping[str, Any], commands: Commands) -> Any:  # noqa: ANN401 - an instance of cls
    hints = _hints(cls)
    names = {each.name for each in fields(cls)}
    given = {name: _from_json(hints[name], data[name], commands) for name in names & data.keys()}
    try:
        return cls(**given)
    except TypeError as error:
        raise ValueError(f"not a {cls.__name__}: {error}") from error


def _members(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - type hints are of no one type
    if get_origin(hint) in {Union, UnionType}:
        return get_args(hint)
    return (hint,)


def _base(hint: Any) -> Any:  # noqa: ANN401 - type hints are of no one type
    return getattr(hint, "__supertype__", hint)


def _from_json(hint: Any, value: Any, commands: Commands) -> Any:  # noqa: ANN401 - JSON is of no one type
    if value is None:
        return None
    kinds = [_base(kind) for kind in _members(hint) if kind is not NoneType]
    if isinstance(value, Mapping):
        return _from_object(value, commands)
    kind = kinds[0]
    if get_origin(kind) is tuple:
        return _tuple_from_json(get_args(kind), value, commands)
    return _scalar_from_json(kind, value)


def _from_object(data: Mapping[str, Any], commands: Commands) -> Any:  # noqa: ANN401 - a span, block, action or command
    name = data.get("type", "")
    cls = _tagged().get(name)
    if cls is None:
        return command_from_json(data, commands)
    return _build(cls, data, commands)


def _tuple_from_json(
    inner: tuple[Any, ...], value: list[Any], commands: Commands
) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_from_json(inner[0], each, commands) for each in value)
    return tuple(_from_json(each, item, commands) for each, item in zip(inner, value, strict=True))


def _length(seconds: float) -> timedelta:
    """Return a length of time; ValueError for one that no calendar holds."""
    try:
        return timedelta(seconds=seconds)
    except OverflowError as error:
        raise ValueError(f"no length of time: {seconds}") from error


def _scalar_from_json(kind: Any, value: Any) -> Any:  # noqa: ANN401 - JSON is of no one type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is timedelta:
        return _length(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return int(value) if kind is int else value
