"""Replies to values that do not fit: what would fit, what was typed, and a form to correct it."""

from collections.abc import Collection, Mapping
from dataclasses import fields

from adapters.chat.commands import typed_command
from adapters.discord import limits
from adapters.discord.ids import number_of
from adapters.discord.limits import units
from bot.domain.ids import MemberId
from bot.language.grammar.forms import FormErrors
from bot.messages.codec import action_text
from bot.messages.commands import Command, Kind
from bot.messages.replies import Actions, Block, Field, Fields, Form, Paragraph, Quote, Reply
from bot.messages.spans import Code, Mention, Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.request.commands import CorrectCommand, RecallCommand

_LONG = 60
"""Characters up to which a typed value is shown on one line."""


def refusal(
    command: Command, typed: Mapping[str, str], errors: FormErrors, *, form: Form | None = None
) -> Reply:
    """Say what would fit, repeat all that was typed, and offer a form with the values that fit."""
    advice = [Paragraph((Plain(each),)) for each in errors.errors.values()]
    options = {each.name: each for each in command.options()}
    labels = {name: options[name].label if name in options else name for name in typed}
    kinds = {name: each.kind for name, each in options.items()}
    told_of = {
        name: text
        for name, text in typed.items()
        if text.strip() and not (kinds.get(name) is Kind.YES_NO and text == "no")
    }
    short = {name: text for name, text in told_of.items() if len(text) <= _LONG}
    values = tuple(
        Field(labels[name], _shown(kinds.get(name), text)) for name, text in short.items()
    )
    repeated = Fields((Field("You entered", (Usage(type(typed_command(command))()),)), *values))
    quotes = [
        Quote((Plain(text),), (Plain(labels[name]),))
        for name, text in typed.items()
        if len(text) > _LONG
    ]
    names = form.fields if form else tuple(errors.errors)
    told: tuple[Block, ...] = (repeated, *quotes) if values or quotes else ()
    correct = Actions((Form("Correct it", to_correct(errors, typed, names), names),))
    return Reply((*advice, *told, correct), str(errors), Visibility.ONLY_YOU, asks=True)


def to_correct(errors: FormErrors, typed: Mapping[str, str], names: Collection[str]) -> Command:
    """Return the command of a form that shows what did not fit, and why, in its fields."""
    own = {each.name for each in fields(RecallCommand)}
    if own.issuperset(names):
        return errors.fitting  # a form that completes a draft, whose fields are that command's own
    values = (typed.get(each, "") for each in errors.errors)
    return CorrectCommand(
        action_text(errors.fitting),
        tuple(errors.errors),
        tuple(each if units(each) <= limits.INPUT // 4 else "" for each in values),
        tuple(errors.errors.values()),
    )


def _shown(kind: Kind | None, text: str) -> tuple[Span, ...]:
    """Show a typed value; members by their names, as Discord shows a mention."""
    if kind not in {Kind.MEMBER, Kind.MEMBERS}:
        return (Code(text),)
    spans: list[Span] = []
    for each in text.split(","):
        known = number_of(MemberId(each))
        who = Mention(MemberId(each), "a member") if known is not None else Code(each)
        spans += [Plain(" "), who] if spans else [who]
    return tuple(spans)
