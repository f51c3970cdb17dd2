"""Commands and replies as JSON and as short action ids: for buttons, drafts, receipts, `--json`.

Every dataclass becomes an object with its `type` first; fields at their default are left out.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl, quote, urlencode

from bot import commands, replies
from bot.commands import BY_NAME, Command, spec_of
from bot.replies import Button, Reply

LONGEST_ACTION_ID = 100
"""Characters: what Discord takes as a custom_id."""

_VERSION = "1"

Json = dict[str, Any]


def command_to_json(command: Command) -> Json:
    """Write a command down: its catalogue name, then what differs from the defaults."""
    return {"type": spec_of(command).name, **_fields_to_json(command)}


def command_from_json(data: Mapping[str, Any]) -> Command:
    """Read a command back; ValueError for one that this version does not know."""
    spec = BY_NAME.get(data.get("type", ""))
    if spec is None:
        raise ValueError(f"no such command: {data.get('type')!r}")
    return _build(spec.command, data)  # type: ignore[no-any-return]  # built from its class


def reply_to_json(reply: Reply) -> Json:
    """Write a reply down, whole: `reply_from_json` gives an equal one."""
    data = _fields_to_json(reply)
    return {"summary": data["summary"], "visibility": reply.visibility.value, **data}


def reply_from_json(data: Mapping[str, Any]) -> Reply:
    """Read a reply back; ValueError where the text is not one."""
    return _build(Reply, data)  # type: ignore[no-any-return]  # built from its class


def action_id(command: Command) -> str:
    """Name a command in one short line: `1.review?film=id%3Aher-2013`.

    ValueError when it is longer than `LONGEST_ACTION_ID`; such a command has to be stored.
    """
    data = _fields_to_json(command)
    pairs = [(name, each) for name, value in data.items() for each in _texts(value)]
    query = urlencode(pairs, quote_via=quote, safe=":,")
    name = f"{_VERSION}.{spec_of(command).name}" + (f"?{query}" if query else "")
    if len(name) > LONGEST_ACTION_ID:
        raise ValueError(f"an action id of {len(name)} characters")
    return name


def command_of(action: str) -> Command:
    """Read an action id back; ValueError for one that no version of ours has written."""
    version, dot, rest = action.partition(".")
    name, _, query = rest.partition("?")
    spec = BY_NAME.get(name)
    if version != _VERSION or not dot or spec is None:
        raise ValueError(f"no such action: {action!r}")
    cls: type = spec.command
    hints = _hints(cls)
    data: dict[str, Any] = {}
    for key, text in parse_qsl(query, keep_blank_values=True):
        if key not in hints:
            raise ValueError(f"no such field: {key!r}")
        if get_origin(hints[key]) is tuple:
            data.setdefault(key, []).append(text)
        else:
            data[key] = _scalar(hints[key], text)
    return _build(spec.command, data)  # type: ignore[no-any-return]  # built from its class


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


def _to_json(value: object) -> Any:  # noqa: ANN401 - JSON is of no one type
    match value:
        case Button(command=command):
            data = {"type": "button", **_fields_to_json(value)}
            return _with_action(data, command)
        case _ if type(value) in commands.BY_CLASS:
            return command_to_json(value)  # type: ignore[arg-type]  # just looked up
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


def _with_action(data: Json, command: Command) -> Json:
    try:
        return {**data, "action": action_id(command)}
    except ValueError:
        return data


def _tag(cls: type) -> str:
    name = cls.__name__
    return name[0].lower() + "".join(f"_{c.lower()}" if c.isupper() else c for c in name[1:])


@cache
def _tagged() -> Mapping[str, type]:
    classes = (each for each in vars(replies).values() if isinstance(each, type))
    return {_tag(each): each for each in classes if is_dataclass(each)}


@cache
def _hints(cls: type) -> Mapping[str, Any]:
    scope = {**vars(replies), **vars(commands)}
    return get_type_hints(cls, scope)


def _build(cls: type, data: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an instance of cls
    hints = _hints(cls)
    names = {each.name for each in fields(cls)}
    given = {name: _from_json(hints[name], data[name]) for name in names & data.keys()}
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


def _from_json(hint: Any, value: Any) -> Any:  # noqa: ANN401 - JSON is of no one type
    if value is None:
        return None
    kinds = [_base(kind) for kind in _members(hint) if kind is not NoneType]
    if isinstance(value, Mapping):
        return _from_object(value)
    kind = kinds[0]
    if get_origin(kind) is tuple:
        return _tuple_from_json(get_args(kind), value)
    return _scalar_from_json(kind, value)


def _from_object(data: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a span, block, action or command
    name = data.get("type", "")
    cls = _tagged().get(name)
    if cls is None:
        return command_from_json(data)
    return _build(cls, data)


def _tuple_from_json(inner: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_from_json(inner[0], each) for each in value)
    return tuple(_from_json(each, item) for each, item in zip(inner, value, strict=True))


def _scalar_from_json(kind: Any, value: Any) -> Any:  # noqa: ANN401 - JSON is of no one type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is timedelta:
        return timedelta(seconds=value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value
