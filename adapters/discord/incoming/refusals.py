"""What could not be read of a form or a command: said with what to do, and with what was typed."""

from collections.abc import Mapping

from bot.domain.errors import UsageError
from bot.domain.visibility import Visibility
from bot.grammar.forms import FormErrors, with_value
from bot.messages.commands import Command
from bot.messages.replies import (
    Actions,
    Block,
    Code,
    Field,
    Fields,
    Form,
    Paragraph,
    Plain,
    Quote,
    Reply,
)

_LONG = 60
"""Characters up to which what was typed stands on one line."""


def refusal(
    command: Command, typed: Mapping[str, str], errors: FormErrors, *, form: Form | None = None
) -> Reply:
    """Say what would fit, show what was typed, and offer to go on with what did fit."""
    said = [Paragraph((Plain(each),)) for each in errors.errors.values()]
    short = {name: text for name, text in typed.items() if text.strip() and len(text) <= _LONG}
    kept = tuple(Field(name, (Code(text),)) for name, text in short.items())
    blocks: list[Block] = [
        *said,
        Fields((Field("You typed", (Code(f"/{command.name}"),)), *kept)),
    ]
    blocks += [
        Quote((Plain(text),), (Plain(name),)) for name, text in typed.items() if len(text) > _LONG
    ]
    names = form.fields if form else tuple(errors.errors)
    blocks.append(Actions((Form("Correct it", _so_far(command, typed, errors), names),)))
    return Reply(tuple(blocks), str(errors), Visibility.ONLY_YOU)


def _so_far(command: Command, typed: Mapping[str, str], errors: FormErrors) -> Command:
    for name in typed.keys() - errors.errors.keys():
        try:
            command = with_value(command, name, typed[name])
        except UsageError:  # it fitted a moment ago
            continue
    return command
