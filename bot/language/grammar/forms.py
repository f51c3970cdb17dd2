"""Forms: the questions of each, and the command that the answers make."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.errors import UsageError
from bot.domain.reviews.ratings import HalfStars, Scale, show_rating
from bot.language.grammar.dates import read_date
from bot.language.grammar.durations import is_wait, read_lead
from bot.language.grammar.ratings import RANGE, bare_rating, rating_at
from bot.language.grammar.reading import NO_HABITS, Habits
from bot.language.grammar.time_words import read_time_words
from bot.language.grammar.values import read_value
from bot.language.grammar.wall_times import check_time
from bot.messages.commands import Command, Kind, OptionSpec
from bot.messages.replies import FieldNote, Form

_HABITUAL = frozenset({Kind.RATING, Kind.DATE, Kind.PAST_DATE, Kind.TIME})


class FormErrors(UsageError):
    """Answers that do not fit their fields; `errors`: what would fit, by field.

    `fitting`: the command with all the answers that do fit.
    """

    def __init__(self, errors: Mapping[str, str], fitting: Command) -> None:
        """Join the errors to one message."""
        super().__init__(" ".join(errors.values()))
        self.errors = errors
        self.fitting = fitting


@dataclass(frozen=True, slots=True)
class Question:
    """Field of a form; `now` is its present value, as it would be typed, `label` what it is called.

    `error`: why `now` does not fit; `otherwise`: what holds as long as the field is empty.
    """

    name: str
    kind: Kind
    help: str
    choices: tuple[str, ...]
    now: str
    label: str = ""
    error: str = ""
    otherwise: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether people answer at length, on several lines."""
        return self.name in {"text", "line"}


def questions(form: Form) -> list[Question]:
    """List the questions of a form."""
    options = _options(form.command)
    notes = {each.field: each for each in form.notes}
    found = []
    for name in form.fields:
        option = options.get(name)
        kind, help_, choices, label = (
            (option.kind, option.help, option.choices, option.label)
            if option
            else (Kind.TEXT, "", (), name.capitalize())
        )
        help_ = "" if kind is Kind.RATING else beyond(label, help_)
        if kind is Kind.FILM and name == "film":
            help_ = "its title, or a link to it"
        if kind is Kind.YES_NO:
            choices = ("yes", "no")
        note = notes.get(name, FieldNote(name))
        now = note.typed or _shown(form.command, name)
        found.append(Question(name, kind, help_, choices, now, label, note.error, note.otherwise))
    return found


def beyond(label: str, help_: str) -> str:
    """Return what a field's help says beyond its label: less the label, where it begins with that."""
    said, _, examples = help_.partition(": ")
    return examples if _bare(said) == _bare(label) else help_


def _bare(text: str) -> str:
    return re.sub(r"^(?:an?|the) ", "", text.strip(" ?.").casefold())


def hang_on_habits(command: Command, fields_: Iterable[str]) -> bool:
    """Tell whether any of these fields is read by how the member writes: a rating, a day."""
    options = _options(command)
    return any(name in options and options[name].kind in _HABITUAL for name in fields_)


def fill(command: Command, values: Mapping[str, str], habits: Habits = NO_HABITS) -> Command:
    """Set fields of a command to typed values; FormErrors names each that does not fit."""
    errors: dict[str, str] = {}
    for field, text in values.items():
        try:
            command = with_value(command, field, text, habits)
        except UsageError as error:
            errors[field] = str(error)
    if errors:
        raise FormErrors(errors, command)
    return command


_MISSING = {
    "film": "Name a film.",
    "rating": "Give a rating, or write what you thought.",
    "text": "Write what you thought.",
}
"""Request for an answer, by the field of a form that came back empty."""


def check_answered(form: Form, command: Command, *, has_file: bool = False) -> None:
    """Raise FormErrors where a form came back empty: it must not be taken for another request."""
    if has_file or command.answers(form.fields):
        return
    first = next((each for each in form.fields if each != "film"), "film")
    error = _MISSING.get(first, "Fill this in, or close the form.")
    raise FormErrors({first: error}, command)


def with_value(command: Command, field: str, text: str, habits: Habits = NO_HABITS) -> Command:
    """Set one field of a command to a typed value; UsageError says what would fit."""
    value = _value(_options(command).get(field), text, _default(command, field), habits)
    changed: dict[str, Any] = {field: value}
    return replace(command, **changed)


def _options(command: Command) -> dict[str, OptionSpec]:
    return {each.name: each for each in command.options()}


def _default(command: Command, field: str) -> object:
    return next((each.default for each in fields(command) if each.name == field), None)


def _value(option: OptionSpec | None, text: str, default: object, habits: Habits) -> object:
    if option is None or not text:
        return text or default
    match option.kind:
        case Kind.RATING:
            return _rating(text, habits.scale)
        case Kind.NUMBER:
            return _number(option, text)
        case Kind.DATE:
            return _day_to_come(text, habits)
        case Kind.PAST_DATE:
            return read_date(text, habits.today, habits.region)
        case Kind.DURATION:
            return read_lead(text)
        case Kind.TIME:
            return _time(text, habits)
        case Kind.TEXT:
            return text
    return _many(text) if isinstance(default, tuple) else read_value(option, text)


def _day_to_come(text: str, habits: Habits) -> date:
    """Read a day that may lie ahead: without a year, the next one."""
    if habits.today is not None:
        words = read_time_words(text, datetime.combine(habits.today, time()), habits.region)
        if words and words.day and words.clock is None:
            return words.day
    return read_date(text, None, habits.region)


def _time(text: str, habits: Habits) -> str:
    """Return a wait or a time as it was typed, to be read when it counts; UsageError for neither."""
    if not is_wait(text):
        check_time(text, habits.today, habits.region)
    return text


def _rating(text: str, scale: Scale) -> HalfStars:
    for read in (rating_at, bare_rating):
        typed = read(text, 0, len(text), scale)
        if typed is not None and typed.end == len(text):
            return typed.half_stars()
    raise UsageError(f"“{text[:40]}” is no rating. {RANGE}")


def _number(option: OptionSpec, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        fitting = "a year, such as 2021" if option.name == "year" else "a number, such as 90"
        raise UsageError(f"Enter {fitting}.")
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
        case timedelta() as length:
            return f"{length // timedelta(minutes=1)}m" if length else ""
        case tuple(values):
            return ", ".join(str(each) for each in values)
        case value:
            return str(value)
