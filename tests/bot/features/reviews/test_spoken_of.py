"""A rating, a correction or a yes without a title: of the film last spoken of, and never unasked."""

import pytest

from tests.support import Room, actions, text


async def labels(room: Room, line: str) -> list[str]:
    return [each.label for each in actions(await room.say("ana", line))]


@pytest.mark.parametrize(
    ("first", "then", "question"),
    [
        ("I finally watched Casablanca", "4/5", "Casablanca (1942), ★★★★?"),
        ("/review Heat", "4.5/5 rewatched it", "Heat (1995), ★★★★½: “rewatched it”. Save it?"),
        ("/review Her 4/5", "no make it 2", "Her (2013), ★★?"),
        ("/review Her 4/5", "actually 3.5", "Her (2013), ★★★½?"),
        ("/review Her 4/5", "change my Her rating to 2", "Her (2013), ★★?"),
        ("/film Heat", "my rating for her should be 2", "Her (2013), ★★?"),
    ],
)
async def test_the_film_last_spoken_of_is_asked_about(
    first: str, then: str, question: str, room: Room
) -> None:
    await room.say("ana", first)
    asked = await room.say("ana", then)
    assert question in text(asked)
    assert "Saved" in text(saved := await room.press("ana", asked, "Save")) or "Changed" in text(
        saved
    )


async def test_another_film_can_be_named(room: Room) -> None:
    await room.say("ana", "/film Heat")
    assert "Another film" in await labels(room, "4/5")


async def test_nobody_elses_film_and_no_old_one_is_meant(room: Room) -> None:
    await room.say("ben", "/film Heat")
    assert "Which film is it about?" in text(await room.say("ana", "4/5"))
    await room.say("ana", "/film Heat")
    room.clock.forward(hours=2)
    assert "Which film is it about?" in text(await room.say("ana", "4/5"))


async def test_yes_saves_what_was_asked_about_and_nothing_else(room: Room) -> None:
    await room.say("ana", "heat 4/5 so good")
    assert "Saved your review of Heat (1995): ★★★★" in text(await room.say("ana", "yes"))
    await room.say("ana", "heat 2/5 so bad")
    room.clock.forward(minutes=1)
    await room.say("ana", "/film Her")
    assert "not sure which answer you mean" in text(await room.say("ana", "yes"))


async def test_yes_never_publishes_what_sounds_private_or_gives_an_ending_away(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 private, too close")
    assert "That sounds private" in text(await room.say("ana", "yes"))
    await room.say("ana", "/review Heat 4/5 he dies at the end")
    await room.say("ana", "yes")
    assert "he dies" not in text(await room.say("ben", "/reviews Heat"))


@pytest.mark.parametrize(
    "line", ["make it private", "make my review of heat private", "hide my heat review"]
)
async def test_a_review_is_made_private_afterwards(line: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 my ex would hate this")
    receipt = text(await room.say("ana", line))
    assert "Changed your review of Heat (1995): ★★★★ · private." in receipt
    assert "my ex" not in text(await room.say("ben", "/reviews Heat"))
    assert "as it is" in text(await room.say("ana", line))


async def test_without_a_review_nothing_is_made_private(room: Room) -> None:
    assert "Which of your reviews" in text(await room.say("ana", "make it private"))
    assert "You have no review of Her" in text(await room.say("ana", "make my her review private"))


async def test_undo_offers_a_review_that_was_just_deleted(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 great")
    room.clock.forward(seconds=5)
    await room.press("ana", await room.say("ana", "delete my review of heat"), "Delete")
    offered = await room.say("ana", "undo")
    back = await room.press("ana", offered, "Deleted review of Heat (1995)")
    assert "Your review of Heat (1995) is as it was before: ★★★★." in text(back)
