"""Wordings that read as a person would write them, where they were not."""

import pytest

from bot.domain.errors import UsageError
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import with_value
from bot.messages.replies import Form
from bot.request.lookup.commands import AddFilmCommand
from tests.support import Room, actions, button, text


async def test_a_film_has_been_out_since(room: Room) -> None:
    assert "Weekend (2011) has been out since 4 November 2011" in text(
        await room.say("ana", "/remind Weekend")
    )


async def test_a_summary_says_saved_once(room: Room) -> None:
    saved = await room.say("ana", "/review Her | Warm.")
    assert saved.summary == "Saved your review of Her (2013)."


async def test_a_hidden_review_says_who_still_sees_it(room: Room) -> None:
    await room.say("ben", "/review Her | Warm.")
    hidden = await room.say("ana", "/moderate hide Her @ben", admin=True)
    assert text(hidden) == "Hidden: ben's review of Her (2013). Only ben still sees it."
    shown = await room.say("ana", button(hidden, "Undo").command, admin=True)
    assert text(shown) == "Visible again: ben's review of Her (2013)."


async def test_a_command_without_its_film_opens_a_form(room: Room) -> None:
    for line in ("/review", "/remind", "/watchlist add", "seen it", "rate", "/film"):
        asked = await room.say("ana", line)
        forms = [each for each in actions(asked) if isinstance(each, Form)]
        assert forms, line
        assert all("film" in each.fields for each in forms)


@pytest.mark.parametrize(
    ("command", "field", "said"),
    [
        (AddFilmCommand("Blorp"), "year", "Enter a year, such as 2021."),
        (RecommendCommand(), "max_minutes", "Enter a number, such as 90."),
        (ReviewCommand("Her"), "abandoned_after", "Enter a number, such as 90."),
    ],
)
def test_a_number_in_a_form_says_what_fits(
    command: AddFilmCommand | RecommendCommand | ReviewCommand, field: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        with_value(command, field, "twenty")


async def test_what_is_asked_before_saving_is_short(room: Room) -> None:
    assert text(await room.say("ana", "/review Aftersun 4.5")) == "Aftersun (2022), ★★★★½?"
    asked = await room.say("ana", "/review Aftersun loved it")
    assert text(asked) == "Aftersun (2022): “loved it”. Save it?"


async def test_a_question_about_spoilers_is_answered(room: Room) -> None:
    for line in ("/spoilers", "/help spoilers", "how do I hide spoilers?"):
        assert "Put a spoiler between bars" in text(await room.say("ana", line))
