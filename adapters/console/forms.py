"""Forms in a terminal: `1 rating=4/5 text=So tender`, or one question after the other."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.commands import Command, Kind, OptionSpec, spec_of
from bot.domain.errors import UsageError
from bot.domain.ratings import HalfStars, Scale, show_rating
from bot.grammar.dates import read_date
from bot.grammar.ratings import RANGE, bare_rating, rating_at
from bot.grammar.values import read_value
from bot.replies import Form


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form: its name, what it holds, and what stands there now."""

    name: str
    help: str
    choices: tuple[str, ...]
    now: str


def questions(form: Form) -> list[Question]:
    """List what the form asks."""
    options = _options(form.command)
    found = []
    for name in form.fields:
        option = options.get(name)
        help_, choices = (option.help, option.choices) if option else ("", ())
        if option is not None and option.kind is Kind.YES_NO:
            choices = ("yes", "no")
        found.append(Question(name, help_, choices, _shown(form.command, name)))
    return found


def filled(form: Form, rest: str, key: str) -> Command:
    """Fill the form from `name=value name=value`; the last value may hold anything."""
    pattern = "|".join(re.escape(each) for each in form.fields)
    starts = list(re.finditer(rf"(?:^|(?<=\s))({pattern})\s*=", rest)) if pattern else []
    if not starts or starts[0].start() > 0:
        example = " ".join(f"{each.name}=…" for each in questions(form))
        raise UsageError(f"Give what it asks for after its number: {key} {example}")
    ends = [each.start() for each in starts[1:]] + [len(rest)]
    command = form.command
    for start, end in zip(starts, ends, strict=True):
        command = with_value(command, start[1], rest[start.end() : end].strip())
    return command


def with_value(command: Command, field: str, text: str) -> Command:
    """Put what was typed into one field; UsageError says what would fit."""
    value = _value(_options(command).get(field), text, _default(command, field))
    changed: dict[str, Any] = {field: value}
    return replace(command, **changed)


def _options(command: Command) -> dict[str, OptionSpec]:
    return {each.name: each for each in spec_of(command).options}


def _default(command: Command, field: str) -> object:
    return next((each.default for each in fields(command) if each.name == field), None)


def _value(option: OptionSpec | None, text: str, default: object) -> object:
    if option is None or not text:
        return text or default
    match option.kind:
        case Kind.RATING:
            return _rating(text)
        case Kind.NUMBER:
            return _number(text)
        case Kind.DATE:
            return read_date(text, None)
        case Kind.TEXT:
            return text
    return _many(text) if isinstance(default, tuple) else read_value(option, text)


def _rating(text: str) -> HalfStars:
    for read in (rating_at, bare_rating):
        typed = read(text, 0, len(text), Scale.STARS)
        if typed is not None and typed.end == len(text):
            return typed.half_stars()
    raise UsageError(f"“{text[:40]}” is no rating. {RANGE}")


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise UsageError(f"“{text[:40]}” is no whole number up to 999999.")
    return int(text)


def _many(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _shown(command: Command, field: str) -> str:
    match getattr(command, field, None):
        case None | "" | ():
            return ""
        case bool(value):
            return "yes" if value else "no"
        case int(value) if field == "rating":
            return show_rating(value)
        case tuple(values):
            return ", ".join(str(each) for each in values)
        case value:
            return str(value)
