"""Lines that ask for what cannot be done: the answer says so, and what can be."""

import pytest

from tests.support import Room, text

REFUSED = {
    "make all my reviews private": "I make reviews private one at a time",
    "keep everything i write private": "I make reviews private one at a time",
    "stop announcing my reviews in the group": "announced is the club's setting",
    "don't post my reviews in the channel": "announced is the club's setting",
    "hide my review from ben": "I can't hide a review from ben alone",
    "hide my review of heat from ben": "You have no review of Heat",
    "don't show my reviews to ben": "I can't hide a review from ben alone",
}


@pytest.mark.parametrize("line", REFUSED)
async def test_what_cannot_be_done_is_said_with_what_can(line: str, room: Room) -> None:
    assert REFUSED[line] in text(await room.say("ana", line))


async def test_a_film_of_the_watchlist_is_taken_off_where_there_is_no_review(room: Room) -> None:
    await room.say("ana", "add heat to my list")
    assert text(await room.say("ana", "delete my review of heat")).startswith("You have no review")
    assert text(await room.say("ana", "remove heat")) == "Heat (1995) is off your watchlist."
    assert text(await room.say("ana", "remove heat")) == "You have no review of Heat (1995)."


async def test_a_reviewed_film_is_not_taken_off_the_watchlist_instead(room: Room) -> None:
    await room.say("ana", "aftersun 9/10")
    await room.say("ana", "add aftersun to my list")
    assert text(await room.say("ana", "remove aftersun")).startswith("Delete your review of")


async def test_an_unsaved_review_can_be_dropped_by_its_film(room: Room) -> None:
    await room.say("ana", "loved carol, the gloves alone")
    asked = await room.say("ana", "delete my review of carol")
    assert text(asked) == "Your review of Carol (2015) is not saved yet."
    assert text(await room.press("ana", asked, "Drop it")) == "Dropped."
    assert text(await room.say("ana", "delete my review of carol")).startswith("You have no review")


async def test_a_favourite_is_noted_after_a_question(room: Room) -> None:
    asked = await room.say("ana", "my favourite film is Alien")
    assert text(asked) == "Shall I note Alien (1979) as a film you love?"
    await room.press("ana", asked, "I love it: pick by it")
    assert "★★★★½" in text(await room.say("ana", "what did i rate alien"))
