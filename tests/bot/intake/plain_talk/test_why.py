"""Why a film was picked: told of the pick that is meant, by its place, its title or as the one opened."""

import pytest

from tests.support import Room, actions, text

FIRST = (
    "why?", "why that one?", "why this one", "why did you pick the first one", "why did you choose that for us",
    "how come you picked number 1", "but why the first film?", "why airplane!", "why would you suggest airplane",
)  # fmt: skip


@pytest.mark.parametrize("line", FIRST)
async def test_the_reason_of_a_pick_is_told(line: str, room: Room) -> None:
    picks = await room.say("ana", "something funny")
    assert text(picks).startswith("Funny films\nAirplane! (1980)")
    told = text(await room.say("ana", line))
    assert told.startswith("I picked Airplane! (1980):")
    assert "Why: parody" in told
    assert "You have not rated anything yet" in told


async def test_the_pick_that_was_opened_is_meant(room: Room) -> None:
    await room.say("ana", "something funny")
    room.clock.forward(minutes=1)
    await room.say("ana", "the second one")
    assert text(await room.say("ana", "why this one")).startswith("I picked Groundhog Day (1993):")


async def test_whoever_opens_a_pick_of_another_may_ask_why(room: Room) -> None:
    picks = await room.say("ana", "something funny")
    asked = await room.say("ben", "why that one?")
    assert text(asked).startswith("I have shown you no picks lately.")
    await room.open_film("ben", picks, 2)
    assert text(await room.say("ben", "why that one?")).startswith("I picked Groundhog Day")


async def test_why_all_of_them_shows_the_list_with_its_reasons(room: Room) -> None:
    picks = await room.say("ana", "something funny")
    assert text(await room.say("ana", "why these?")) == text(picks)


async def test_where_nothing_stands_out_what_the_picks_go_by_is_said(room: Room) -> None:
    await room.say("ana", "no horror please")
    told = text(await room.say("ana", "why the first one?"))
    assert "Nothing in it stands out" in told
    assert "goes by the films and the club alone" in told


async def test_a_film_that_was_not_shown_has_no_reason(room: Room) -> None:
    await room.say("ana", "something funny")
    assert "I picked" not in text(await room.say("ana", "why heat"))


async def test_which_of_the_picks_was_seen_is_asked(room: Room) -> None:
    await room.say("ana", "seen heat")
    room.clock.forward(minutes=1)
    await room.say("ana", "something funny")
    asked = await room.say("ana", "not that, seen it")
    assert text(asked) == "Which film is it about?"
    assert actions(asked)[0].label == "Airplane! (1980)"


async def test_what_is_ruled_out_for_good_holds_for_the_list(room: Room) -> None:
    assert "That holds for these picks." in text(await room.say("ana", "dont suggest horror to me"))
    assert "That holds for these picks." not in text(await room.say("ana", "no horror please"))
