"""Commands and replies as JSON and as action ids."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.films.film import ReleaseKind
from bot.domain.ids import DraftId
from bot.domain.reviews.ratings import HalfStars
from bot.features.club.commands import SettingsCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages import replies
from bot.messages.codec import (
    LONGEST_ACTION_ID,
    action_id,
    action_of,
    command_from_json,
    command_to_json,
    reply_from_json,
    reply_to_json,
)
from bot.messages.commands import Command
from bot.messages.replies import Actions, Button, Choice, Form, Paragraph, Reply
from bot.messages.spans import Day, Plain, When
from bot.registry import COMMANDS, TYPED
from bot.request.commands import RecallCommand
from bot.request.lookup.commands import AddFilmCommand
from tests.generated import replies as whole_replies

WORDS = st.text(max_size=20)
ANY_COMMAND = st.one_of([st.builds(spec) for spec in TYPED]) | st.one_of(
    st.builds(
        ReviewCommand,
        film=WORDS,
        rating=st.none() | st.integers(1, 10).map(HalfStars),
        text=WORDS,
        spoiler=st.booleans(),
        abandoned_after=st.none() | st.integers(0, 300),
        watched_on=st.none() | st.dates(),
        unsure=WORDS,
    ),
    st.builds(
        RecommendCommand, like=st.lists(WORDS, max_size=3).map(tuple), count=st.integers(1, 10)
    ),
    st.builds(
        RemindCommand,
        film=WORDS,
        kind=st.none() | st.sampled_from(ReleaseKind),
        lead=st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
        here=st.none() | st.booleans(),
    ),
)


@given(ANY_COMMAND)
def test_a_command_reads_back_equal(command: Command) -> None:
    assert command_from_json(json.loads(json.dumps(command_to_json(command))), COMMANDS) == command


@given(ANY_COMMAND)
def test_an_action_id_reads_back_equal_and_fits_every_platform(command: Command) -> None:
    try:
        name = action_id(command)
    except ValueError:
        assume(False)
    assert len(name) <= LONGEST_ACTION_ID
    assert name.isascii()
    assert action_of(name, COMMANDS) == command


@given(whole_replies)
def test_a_reply_reads_back_equal(reply: Reply) -> None:
    assert reply_from_json(json.loads(json.dumps(reply_to_json(reply))), COMMANDS) == reply


def test_the_longest_film_id_fits_into_every_button() -> None:
    film = f"id:{'x' * 60}"
    for command in (
        ReviewCommand(film),
        RecallCommand(DraftId("y" * 12), film),
        RemindCommand(film, region="GB"),
    ):
        assert len(action_id(command)) <= LONGEST_ACTION_ID


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (
            Form("", ReviewCommand("id:her-2013"), ("rating", "text", "spoiler")),
            "1.review!123?film=id:her-2013",
        ),
        (Form("", RecallCommand(DraftId("d1")), ("film",)), "1.recall!1?draft=d1"),
        (Choice("", (), SettingsCommand(), "scale"), "1.settings*2"),
        (Form("", AddFilmCommand(), ("title", "year", "director", "line")), "1.add-film!0123"),
    ],
)
def test_a_form_and_a_choice_name_their_fields_by_place(action: Form | Choice, text: str) -> None:
    assert action_id(action) == text
    assert action_of(text, COMMANDS) == action


def test_equal_actions_of_one_message_are_told_apart() -> None:
    assert action_of("1.review?film=id:her-2013#12", COMMANDS) == ReviewCommand("id:her-2013")


def test_a_form_over_the_longest_film_id_fits() -> None:
    form = Form("", ReviewCommand(f"id:{'x' * 60}"), ("rating", "text", "spoiler", "private"))
    assert len(action_id(form)) <= LONGEST_ACTION_ID


def test_a_long_command_is_no_action_id() -> None:
    with pytest.raises(ValueError, match="characters"):
        action_id(ReviewCommand("Her", text="x" * 100))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "review",
        "1.",
        "1.dance",
        "2.review?film=x",
        "1.review?colour=red",
        "1.recall?film=x",
        "1.review!z",
        "1.review*12",
        "1.review12",
    ],
)
def test_an_unknown_action_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"no such|not a"):
        action_of(name, COMMANDS)


@pytest.mark.parametrize("data", [{}, {"type": "dance"}, {"type": "recall"}])
def test_an_unknown_command_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"no such|not a"):
        command_from_json(data, COMMANDS)


def test_json_reads_well() -> None:
    when = datetime(2024, 1, 26, 9, tzinfo=UTC)
    reply = Reply(
        (
            Paragraph((Plain("On "), When(when, "Europe/London"), Day(date(2024, 1, 26)))),
            Actions((Button("Read", ReviewCommand("id:her-2013")),)),
        ),
        "On Friday.",
    )
    assert reply_to_json(reply) == {
        "summary": "On Friday.",
        "visibility": "club",
        "blocks": [
            {
                "type": "paragraph",
                "spans": [
                    {"type": "plain", "text": "On "},
                    {
                        "type": "when",
                        "instant": "2024-01-26T09:00:00+00:00",
                        "zone": "Europe/London",
                    },
                    {"type": "day", "day": "2024-01-26"},
                ],
            },
            {
                "type": "actions",
                "actions": [
                    {
                        "type": "button",
                        "label": "Read",
                        "command": {"type": "review", "film": "id:her-2013"},
                        "action": "1.review?film=id:her-2013",
                    }
                ],
            },
        ],
    }


def test_blocks_and_commands_never_share_a_name() -> None:
    tags = {
        name.lower()
        for name, value in vars(replies).items()
        if isinstance(value, type) and hasattr(value, "__dataclass_fields__") and fields(value)
    }
    assert not tags & set(COMMANDS)
