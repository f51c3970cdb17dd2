"""Values that no person types: in crafted ids, in forms, in titles. A clear answer, never an error within."""

import pytest

from bot.domain.words.text import printable
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.codec import action_of
from bot.messages.commands import with_storable_texts
from bot.registry import COMMANDS
from bot.request.lookup.commands import AddFilmCommand
from tests.support import Room, text


@pytest.mark.parametrize("lead", ["1e300", "nan", "inf", "-1e300", "86400000000000", "x"])
def test_a_length_of_time_that_no_calendar_holds_is_no_action(lead: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        action_of(f"1.remind?film=id:her-2013&lead={lead}", COMMANDS)


def test_lone_surrogates_are_replaced_in_every_text() -> None:
    odd = RecommendCommand(like=("Her \ud83d", "Carol"), mood="sad\0 \ud83d")
    assert with_storable_texts(odd) == RecommendCommand(like=("Her ?", "Carol"), mood="sad ?")
    plain = RecommendCommand(like=("Her",))
    assert with_storable_texts(plain) is plain


async def test_a_form_with_a_lone_surrogate_is_saved(room: Room) -> None:
    saved = await room.say("ana", ReviewCommand("id:her-2013", text="Warm \ud83d and sad."))
    assert "Warm ? and sad." in text(saved)
    added = await room.say("ana", AddFilmCommand("Odd \ud83d Film", 2020))
    assert "Odd ? Film" in text(added)


async def test_a_title_without_end_is_repeated_in_short(room: Room) -> None:
    asked = await room.say("ana", f"/review {'()' * 10_000}")
    assert "I don't know ()()" in text(asked)
    assert len(text(asked)) < 1_000


def test_marks_are_not_piled_up_between_joiners() -> None:
    piled = printable("e" + "\u0301\u200d" * 80 + "!")
    assert len(piled) <= 6
    assert piled.endswith("!")
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert printable(family) == family
