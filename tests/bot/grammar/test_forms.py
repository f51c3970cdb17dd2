"""What is typed into a form becomes a command, and what a command holds is shown as one types it."""

from datetime import timedelta

import pytest

from bot.features.releases.commands import RemindCommand
from bot.grammar.forms import FormErrors, fill, questions
from bot.messages.commands import Kind
from bot.messages.replies import Form


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
