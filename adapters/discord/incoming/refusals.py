"""Replies to values that do not fit: what would fit, what was typed, and a form to correct it."""

from collections.abc import Mapping

from adapters.chat.commands import typed_command
from bot.domain.errors import UsageError
from bot.domain.visibility import Visibility
from bot.grammar.forms import FormErrors, with_value
from bot.messages.commands import Command
from bot.messages.replies import (
    Actions,
    Code,
    Field,
    Fields,
    Form,
    Paragraph,
    Plain,
    Quote,
    Reply,
    Usage,
)

_LONG = 60
"""Characters up to which a typed value is shown on one line."""


def refusal(
    command: Command, typed: Mapping[str, str], errors: FormErrors, *, form: Form | None = None
) -> Reply:
    """Say what would fit, repeat all that was typed, and offer a form with the values that fit."""
    advice = [Paragraph((Plain(each),)) for each in errors.errors.values()]
    short = {name: text for name, text in typed.items() if text.strip() and len(text) <= _LONG}
    values = tuple(Field(name, (Code(text),)) for name, text in short.items())
    repeated = Fields((Field("You typed", (Usage(type(typed_command(command))()),)), *values))
    quotes = [
        Quote((Plain(text),), (Plain(name),)) for name, text in typed.items() if len(text) > _LONG
    ]
    names = form.fields if form else tuple(errors.errors)
    correct = Actions((Form("Correct it", _with_fitting(command, typed, errors), names),))
    return Reply((*advice, repeated, *quotes, correct), str(errors), Visibility.ONLY_YOU)


def _with_fitting(command: Command, typed: Mapping[str, str], errors: FormErrors) -> Command:
    for name in typed.keys() - errors.errors.keys():
        try:
            command = with_value(command, name, typed[name])
        except UsageError:  # it fitted a moment ago
            continue
    return command
