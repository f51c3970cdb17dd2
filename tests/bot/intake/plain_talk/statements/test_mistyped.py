"""Reviews whose title is misspelt, or that rate several films: nothing is saved under another film."""

import pytest

from tests.support import Room, actions, text

SEVERAL = ("I watched Up and Coco, 4/5 and 5/5",)


@pytest.mark.parametrize("line", SEVERAL)
async def test_one_film_is_reviewed_at_a_time_and_the_words_are_kept(line: str, room: Room) -> None:
    asked = text(await room.say("ana", line))
    assert "That rates several films, and I keep one review at a time" in asked
    assert line.removeprefix("/review ") in asked
    assert "You have not finished this one" in text(await room.say("ana", "/reviews @ana"))


@pytest.mark.parametrize(
    ("line", "film", "receipt"),
    [
        ("/review Silence of the lamb 4/5", "The Silence of the Lambs (1991)", "★★★★."),
        ("/review the shawshank redemtion 3 overrated", "The Shawshank Redemption (1994)", "★★★."),
        ("/review parasit 4.5 saw it with june, brilliant", "Parasite (2019)", "★★★★½."),
    ],
)
async def test_a_misspelt_title_keeps_rating_and_words(
    line: str, film: str, receipt: str, room: Room
) -> None:
    asked = await room.say("ana", line)
    assert "What you wrote is kept." in text(asked)
    saved = text(await room.press("ana", asked, film))
    assert f"Saved your review of {film}: {receipt}" in saved
    assert line.rpartition(" ")[2] in saved or line.endswith("4/5")


async def test_a_corrected_rating_keeps_the_words_that_wait(room: Room) -> None:
    await room.say("ana", "Parasite 4 stars, a bit overrated tbh")
    assert "★★★: “a bit overrated tbh”" in text(await room.say("ana", "no wait, 3 stars"))
    assert "Saved your review of Parasite (2019): ★★★." in text(
        await room.say("ana", "yes save it")
    )
    assert "You have not finished" not in text(await room.say("ana", "/reviews"))


async def test_a_spoiler_noticed_afterwards_is_folded(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 Neil lets Vincent win.")
    folded = text(await room.say("ana", "oops that was a spoiler, hide it"))
    assert "Neil" not in folded
    assert "Neil" not in text(await room.say("ben", "/reviews heat"))


async def test_a_correction_asks_for_privacy_too_and_can_be_saved_after_the_first(
    room: Room,
) -> None:
    first = await room.say("ana", "heat was a slow burn and so cool, 4/5")
    private = await room.say("ana", "no wait, 3 stars, just for me")
    assert "Only you will be able to read it" in text(private) or "Only for me" in text(private)
    again = await room.say("ana", "no wait, 3 stars")
    await room.press("ana", first, "Drop it")
    assert "★★★" in text(
        await room.press("ana", again, next(each.label for each in actions(again)))
    )
