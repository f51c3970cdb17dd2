"""Members' names in wishes and questions: nobody's name is searched for as a word."""

import time

import pytest

from tests.support import Room, text


@pytest.fixture
async def club(room: Room) -> Room:
    """A club in which ben hated Heat and loved Carol."""
    await room.say("june", "hi")
    await room.say("ben", "heat 1/5")
    await room.say("ben", "carol 5/5")
    return room


MEANT = {
    "what should ben watch": "For ana and ben",
    "something ben and june would both like": "For ana, ben and june",
    "something ben would like that june hates": "I know no film that june disliked",
    "films that june and ben might love": "For ana, june and ben",
    "what's the best film of ben": "Carol (2015)",
    "ben's least favourite films": "Heat (1995)",
    "the worst movies according to ben": "Heat (1995)",
    "Recommend Aftersun to ben": "I write to nobody for another",
    "tell ben to watch aftersun": "I write to nobody for another",
}


@pytest.mark.parametrize("line", MEANT)
async def test_a_name_is_a_members(line: str, club: Room) -> None:
    assert MEANT[line] in text(await club.say("ana", line))


async def test_what_nobody_has_seen_leaves_out_what_one_has(club: Room) -> None:
    line = "what can we watch on saturday that nobody has seen"
    assert "films that nobody here has seen" in text(await club.say("ana", line))


async def test_a_long_list_of_names_is_read_in_good_time(club: Room) -> None:
    line = f"/recommend {'ben and ' * 6000}x"
    await club.say("ana", "/recommend ben")
    start = time.process_time()
    await club.say("ana", line)
    assert time.process_time() - start < 5
