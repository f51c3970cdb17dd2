"""What is typed into a form becomes a command, and what a command holds is shown as one types it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.features.releases.commands import RemindCommand
from bot.language.grammar.forms import FormErrors, beyond, fill, questions
from bot.messages.codec import action_id, action_of
from bot.messages.commands import Command, Kind, OptionSpec
from bot.messages.replies import Form
from bot.registry import COMMANDS, TYPED


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("2d", timedelta(days=2)),
        ("1 week before", timedelta(weeks=1)),
        ("12 hours", timedelta(hours=12)),
        ("90m", timedelta(minutes=90)),
        ("", timedelta()),
    ],
)
def test_a_length_of_time_is_read_and_shown(typed: str, length: timedelta) -> None:
    command = fill(RemindCommand("Her"), {"lead": typed})
    assert command == RemindCommand("Her", lead=length)

    [question] = questions(Form("Change", command, ("lead",)))
    assert question.kind is Kind.DURATION
    assert fill(RemindCommand("Her"), {"lead": question.now}) == command


@pytest.mark.parametrize("typed", ["soon", "2d of rain", "400d", "-1d"])
def test_what_is_no_length_of_time_says_what_would_be(typed: str) -> None:
    with pytest.raises(FormErrors) as refused:
        fill(RemindCommand("Her"), {"lead": typed})
    assert "1w" in refused.value.errors["lead"]


CHOICES = [
    (command, option, choice)
    for command in TYPED
    for option in command.options()
    for choice in option.choices
]


@pytest.mark.parametrize(
    ("command", "option", "choice"), CHOICES, ids=lambda each: getattr(each, "name", str(each))
)
def test_a_choice_is_the_value_that_it_stands_for(
    command: type[Command], option: OptionSpec, choice: str
) -> None:
    """In forms and menus of every platform, and in stored actions: an enumeration's own member."""
    blank: Callable[[], Command] = command
    for typed in (str(choice), str(choice).upper()):
        assert _same(getattr(fill(blank(), {option.name: typed}), option.name), choice)
    stored = action_of(action_id(fill(blank(), {option.name: str(choice)})), COMMANDS)
    assert isinstance(stored, Command)
    assert _same(getattr(stored, option.name), choice)


def _same(value: object, choice: str) -> bool:
    return value == choice and type(value) is type(choice)


@pytest.mark.parametrize(
    ("label", "help_", "said"),
    [
        ("The club's country", "the club's country: GB, US, DE ...", "GB, US, DE ..."),
        ("Country", "a country: GB, US, DE ...", "GB, US, DE ..."),
        ("May I quote you?", "may I quote you", ""),
        ("Seen on", "the day you saw it: yesterday", "the day you saw it: yesterday"),
    ],
)
def test_a_hint_does_not_repeat_its_label(label: str, help_: str, said: str) -> None:
    assert beyond(label, help_) == said
