"""Forms as Discord modals, and the values that members submit in them.

Nothing is kept in memory: a modal's id is the action id of its form.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from discord import (
    Button,
    ChannelType,
    CheckboxGroupOption,
    Message,
    RadioGroupOption,
    SelectDefaultValue,
    SelectDefaultValueType,
    TextStyle,
    ui,
)

from adapters.chat.commands import RATING_OPTIONS, file_help, typed_questions
from adapters.discord import limits
from adapters.discord.commands import Json, rating_name
from adapters.discord.ids import channel_of, member_of, number_of, place_of
from adapters.discord.limits import fitted, units
from adapters.discord.outgoing.markdown import escaped
from bot.domain.ids import MemberId, PlaceId
from bot.language.grammar.forms import Question
from bot.messages.commands import Command, Kind
from bot.messages.replies import Form

SWITCHES = "switches"
"""The id of the group of checkboxes for yes-or-no fields."""

FILE = "file"

_MEMBERS = frozenset({Kind.MEMBER, Kind.MEMBERS})


def modal_of(form: Form, name: str, title: str) -> ui.Modal:
    """Make the modal of a form, with the values that its command holds."""
    modal = ui.Modal(title=fitted(title, limits.FORM_TITLE) or "…", custom_id=name)
    labels = list(_labels(form))[: limits.FORM_LABELS]
    room = limits.FORM_LABELS - len(labels)
    long = {each.name: each for each in typed_questions(form) if _is_long(each.error)}
    for label in labels:
        asked = long.get(getattr(label.component, "custom_id", ""))
        if asked and room:
            room -= 1
            modal.add_item(ui.TextDisplay(escaped(f"{asked.label}: {asked.error}")))
            label.description = fitted(asked.help, limits.LABEL_DESCRIPTION) or None
        modal.add_item(label)
    modal.stop()  # the library must not dispatch to it
    return modal


def label_on(message: Message | None, name: str) -> str:
    """Return the label of a message's button with this custom id; empty where there is none."""
    shown = _walk(message.components) if message else ()
    found = (each.label for each in shown if isinstance(each, Button) and each.custom_id == name)
    return (next(found, None) or "").removesuffix("…")


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    for each in components:
        yield each
        yield from _walk(getattr(each, "children", ()))
        if accessory := getattr(each, "accessory", None):
            yield accessory


def _labels(form: Form) -> Iterator[ui.Label[Any]]:
    asked = typed_questions(form)
    ticked = [each for each in asked if _is_switch(form.command, each)]
    for each in asked:
        if each not in ticked:
            yield _label(each.label, each.error or each.help, _field(each))
    if ticked:
        yield _switches(ticked)
    if help_ := file_help(form):
        upload = ui.FileUpload[Any](custom_id=FILE, required=False, max_values=1)
        yield _label("File", help_, upload)


def _is_long(error: str) -> bool:
    """Tell whether an error has no room in a field's description."""
    return units(error) > limits.LABEL_DESCRIPTION


def _label(text: str, help_: str, component: ui.Item[Any]) -> ui.Label[Any]:
    return ui.Label(
        text=fitted(text, limits.LABEL),
        description=fitted(help_, limits.LABEL_DESCRIPTION) or None,
        component=component,
    )


def _is_switch(command: Command, question: Question) -> bool:
    """Return whether a field is yes or no, without a third state "as it is"."""
    default = next((f.default for f in fields(command) if f.name == question.name), None)
    return question.kind is Kind.YES_NO and isinstance(default, bool)


def _switches(asked: Iterable[Question]) -> ui.Label[Any]:
    options = [
        CheckboxGroupOption(
            label=fitted(each.label, limits.OPTION_TEXT),
            value=each.name,
            description=fitted(each.help, limits.OPTION_TEXT) or None,
            default=each.now == "yes",
        )
        for each in asked
    ][: limits.CHECKBOXES]
    group = ui.CheckboxGroup[Any](
        custom_id=SWITCHES, required=False, min_values=0, max_values=len(options), options=options
    )
    return _label("Also", "", group)


def _field(question: Question) -> ui.Item[Any]:
    now = question.now
    if question.kind is Kind.CHANNEL:
        return _channel(question)
    if question.kind in _MEMBERS and (people := _people(now)) is not None:
        return _members(question, people)
    if question.kind is Kind.RATING:
        return _radio(
            question.name, [(o.value, rating_name(o), o.label == now) for o in RATING_OPTIONS]
        )
    if 2 <= len(question.choices) <= limits.RADIO_OPTIONS:
        return _radio(question.name, [(each, each, each == now) for each in question.choices])
    return _input(question)


def _channel(question: Question) -> ui.ChannelSelect[Any]:
    there = place_of(PlaceId(question.now))
    chosen = (
        [SelectDefaultValue(id=there.number, type=SelectDefaultValueType.channel)] if there else []
    )
    kinds = [ChannelType.text, ChannelType.news]
    return ui.ChannelSelect(
        custom_id=question.name, required=False, channel_types=kinds, default_values=chosen
    )


def _people(now: str) -> list[int] | None:
    """Return the users that a field holds; None if it holds anything else, such as everyone."""
    named = [number_of(MemberId(each)) for each in now.split(", ")] if now else []
    return None if None in named else [each for each in named if each is not None]


def _members(question: Question, people: Sequence[int]) -> ui.UserSelect[Any]:
    most = 1 if question.kind is Kind.MEMBER else limits.OPTIONS
    user = SelectDefaultValueType.user
    chosen = [SelectDefaultValue(id=each, type=user) for each in people[:most]]
    return ui.UserSelect(
        custom_id=question.name,
        required=False,
        min_values=0,
        max_values=most,
        default_values=chosen,
    )


def _radio(name: str, options: Iterable[tuple[str, str, bool]]) -> ui.RadioGroup[Any]:
    shown = [RadioGroupOption(label=label, value=v, default=now) for v, label, now in options]
    return ui.RadioGroup(custom_id=name, required=False, options=shown)


def _input(question: Question) -> ui.TextInput[Any]:
    long, now = question.has_lines, question.now
    too_long = units(now) > limits.INPUT
    return ui.TextInput(
        custom_id=question.name,
        style=TextStyle.paragraph if long else TextStyle.short,
        required=False,
        max_length=limits.INPUT if long else limits.INPUT // 4,
        default=None if too_long or not now else now,
        placeholder=f"Leave this empty to keep your {len(now):,} characters"
        if too_long
        else fitted(question.otherwise, limits.INPUT_PLACEHOLDER) or None,
    )


@dataclass(frozen=True, slots=True)
class Filled:
    """Values of a submitted form, as they are typed, and at most one file."""

    values: Mapping[str, str]
    file: Json | None = None
    channels: Mapping[str, PlaceId] = field(default_factory=dict)


def filled(form: Form, data: Mapping[str, Any]) -> Filled:
    """Read Discord's `data` of a submitted form."""
    attachments = data.get("resolved", {}).get("attachments", {})
    sent = {each["custom_id"]: each for each in _components(data)}
    values: dict[str, str] = {}
    channels: dict[str, PlaceId] = {}
    for question in typed_questions(form):
        if _is_switch(form.command, question):
            ticked = sent.get(SWITCHES, {}).get("values", ())
            values[question.name] = "yes" if question.name in ticked else "no"
        elif question.kind is Kind.CHANNEL:
            picked = sent.get(question.name, {}).get("values") or ()
            if picked:
                channels[question.name] = channel_of(int(str(picked[0])))
        elif question.kind in _MEMBERS and "values" in sent.get(question.name, {}):
            picked = sent[question.name]["values"] or ()
            values[question.name] = ",".join(member_of(int(str(each))) for each in picked)
        elif question.name in sent:
            typed = sent[question.name].get("value") or ""
            if typed or units(question.now) <= limits.INPUT:
                values[question.name] = typed
    uploaded = sent.get(FILE, {}).get("values", ())
    file = attachments[str(uploaded[0])] if uploaded else None
    return Filled(values, file, channels)


def _components(data: Mapping[str, Any]) -> Iterator[Json]:
    for label in data.get("components", ()):
        inner = label.get("component") or next(iter(label.get("components", ())), None)
        if inner and "custom_id" in inner:
            yield inner
