"""Letters that count as others where case is ignored: patterns read `ſ` as s, `ı` and `İ` as i."""

from datetime import date

import pytest

from bot.domain.words.text import folded
from bot.language.critics.text.calendar_days import find_dates
from tests.bot.intake.plain_talk.test_plain_talk import LINES
from tests.support import Room, text

ODD = (("s", "ſ"), ("i", "ı"), ("i", "İ"))
TYPED = (
    "the second one", "the first one please", "add the third one to my watchlist", "heat 5/5 --private",
    "watched moonlight last friday, beautiful film", "remind me of heat in six hours", "/review heat six/ten",
    "/setup spoilers seen", "/night new every second thursday at 20:00", "six films from the sixties",
    "the first harry potter", "kids movie for my six year old", "under a hundred and sixty minutes",
    "ich hab Heat am dienstag gesehen", "erinnere mich an Heat am dienstag um 20 uhr",
    *(line for line, _ in LINES[::8]),
)  # fmt: skip


@pytest.mark.parametrize(("letter", "odd"), ODD)
async def test_no_odd_letter_breaks_an_answer(letter: str, odd: str, room: Room) -> None:
    await room.say("ana", "/recommend")
    lines = [line.replace(letter, odd) for line in TYPED if letter in line]
    failed = [line for line in lines if "went wrong" in text(await room.say("ana", line))]
    assert len(lines) > 30
    assert failed == []


def test_odd_letters_are_read_as_the_others() -> None:
    assert folded("ſIXTİeſ, dıenstag") == "sixties, dienstag"
    dates = [
        each.on(2024) for each in find_dates("on 3 Auguſt, and on Frıday, 5 Aprİl 2024", 0, 43)
    ]
    assert dates == [date(2024, 8, 3), date(2024, 4, 5)]
