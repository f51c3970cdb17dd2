"""Words that seem to give an ending away are folded or shown as their author says, and not before."""

import pytest

from tests.support import Room, text

REVEALING = [
    "bruce willis was dead the whole time!!!",
    "he dies at the end",
    "it was all a dream: she was a ghost",
]


@pytest.mark.parametrize("words", REVEALING)
async def test_it_is_asked_before_all_read_an_ending(room: Room, words: str) -> None:
    asked = await room.say("ana", f"/review Heat 4/5 {words}")
    assert "That may give the ending away." in text(asked)
    assert "No reviews" in text(await room.say("ben", "/reviews Heat"))

    saved = await room.press("ana", asked, "Fold it")
    assert "Saved your review of Heat (1995): ★★★★" in text(saved)
    assert words not in text(await room.say("ben", "/reviews Heat"))


async def test_the_author_may_show_it_and_is_not_asked_again(room: Room) -> None:
    asked = await room.say("ana", f"/review Heat 4/5 {REVEALING[1]}")
    await room.press("ana", asked, "Show it as it is")
    assert REVEALING[1] in text(await room.say("ben", "/reviews Heat"))
    assert "Changed your review" in text(await room.say("ana", f"/review Heat 3/5 {REVEALING[1]}"))


@pytest.mark.parametrize(
    "line",
    [
        "4/5 i nearly died laughing",
        "4/5 nobody gets shot, nobody dies",
        "4/5 it looked like a holiday video and turned out to be about my own father",
        "4/5 sold as a romance, is actually a ghost story",
        "4/5 ||he dies at the end||",
        "4/5 he dies at the end --spoiler",
        "4/5 he dies at the end --private",
        "4/5 everybody is at their best in the end",
    ],
)
async def test_what_gives_nothing_away_to_others_is_saved_at_once(room: Room, line: str) -> None:
    assert "Saved your review" in text(await room.say("ana", f"/review Heat {line}"))


async def test_a_club_that_folds_nothing_is_not_asked(room: Room) -> None:
    await room.say("chief", "/setup spoilers off", admin=True)
    saved = await room.say("ana", f"/review Heat 4/5 {REVEALING[1]}")
    assert "Saved your review" in text(saved)
