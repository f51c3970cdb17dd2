"""Messages about a review follow it: edited, undone, hidden, deleted, moved to another film."""

import pytest

from bot.domain.errors import Uncertain
from bot.domain.ids import DeliveryId, PlaceId
from bot.messages.replies import Reply
from bot.messages.visibility import Visibility
from tests.support import Room, button, text


def lines(room: Room) -> list[str]:
    """Return what stands in the channel now."""
    return [text(reply) for _, reply in room.mailbox.shown.values()]


async def reviewed(room: Room, line: str = "/review Her 4/5 Warm.") -> Reply:
    """Save a review, and let it be announced."""
    receipt = await room.say("ana", line)
    await room.deliver()
    assert len(lines(room)) == 1
    return receipt


async def test_an_edited_review_changes_its_line(room: Room) -> None:
    await reviewed(room)
    assert lines(room) == ["ana reviewed Her (2013): ★★★★"]
    await room.say("ana", "/review Her 2/5 Colder.")
    await room.deliver()
    assert lines(room) == ["ana reviewed Her (2013): ★★"]


async def test_an_undone_edit_changes_it_back(room: Room) -> None:
    await reviewed(room)
    edited = await room.say("ana", "/review Her 2/5 Colder.")
    await room.deliver()
    room.clock.forward(seconds=1)
    await room.press("ana", edited, "Undo")
    await room.deliver()
    assert lines(room) == ["ana reviewed Her (2013): ★★★★"]


async def test_a_review_that_is_taken_back_leaves_no_line(room: Room) -> None:
    receipt = await reviewed(room)
    await room.press("ana", receipt, "Undo")
    await room.deliver()
    assert lines(room) == []


async def test_a_review_made_private_leaves_no_line(room: Room) -> None:
    await reviewed(room)
    await room.say("ana", "/review Her 4/5 --private")
    await room.deliver()
    assert lines(room) == []


@pytest.mark.parametrize("shared", [False, True])
async def test_a_hidden_review_leaves_no_line_and_no_copy(room: Room, shared: bool) -> None:
    receipt = await reviewed(room)
    if shared:
        room.clock.forward(minutes=1)
        await room.press("ana", receipt, "Share")
        await room.deliver()
        assert "Warm." in lines(room)[1]
    await room.say("chief", "/moderate hide Her @ana", admin=True)
    await room.deliver()
    assert lines(room) == []


async def test_a_shared_copy_says_what_the_review_says_now(room: Room) -> None:
    receipt = await reviewed(room)
    room.clock.forward(minutes=1)
    told = await room.press("ana", receipt, "Share")
    assert "follows here" in text(told)
    await room.deliver()
    room.clock.forward(minutes=1)
    again = await room.say("ana", "/review Her 2/5 Cold, after all.")
    await room.deliver()
    [_, copy] = lines(room)
    assert "Cold, after all." in copy
    assert "Warm." not in copy

    room.clock.forward(minutes=1)
    await room.press("ana", await room.press("ana", again, "Delete…"), "Delete")
    await room.deliver()
    assert lines(room) == []


async def test_a_review_written_anew_after_it_was_deleted_is_announced_anew(room: Room) -> None:
    await reviewed(room)
    again = await room.say("ana", "/review Her 3/5")
    await room.press("ana", await room.press("ana", again, "Delete…"), "Delete")
    await room.deliver()
    room.clock.forward(minutes=1)
    await room.say("ana", "/review Her 5/5 Better.")
    await room.deliver()
    assert lines(room) == ["ana reviewed Her (2013): ★★★★★"]


async def test_a_review_that_comes_back_has_its_line_again(room: Room) -> None:
    await reviewed(room)
    again = await room.say("ana", "/review Her 3/5")
    deleted = await room.press("ana", await room.press("ana", again, "Delete…"), "Delete")
    await room.deliver()
    assert lines(room) == []
    room.clock.forward(minutes=1)
    await room.press("ana", deleted, "Undo")
    await room.deliver()
    assert lines(room) == ["ana reviewed Her (2013): ★★★"]

    for action, left in (("hide", []), ("unhide", ["ana reviewed Her (2013): ★★★"])):
        room.clock.forward(minutes=1)
        await room.say("chief", f"/moderate {action} Her @ana", admin=True)
        await room.deliver()
        assert lines(room) == left


async def test_a_club_that_wants_no_lines_gets_none_back(room: Room) -> None:
    receipt = await reviewed(room, "/review Her 4/5 Warm.")
    await room.say("chief", "/moderate hide Her @ana", admin=True)
    await room.deliver()
    room.clock.forward(minutes=1)
    await room.say("chief", "/setup announce no", admin=True)
    await room.say("chief", "/moderate unhide Her @ana", admin=True)
    await room.deliver()
    assert lines(room) == []
    assert receipt.summary.startswith("Saved")


async def test_a_line_not_sent_yet_is_worded_when_it_is(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 Warm.")
    await room.say("ana", "/review Her 1/5")
    await room.deliver()
    assert lines(room) == ["ana reviewed Her (2013): ★"]


async def test_nothing_is_shared_where_nobody_else_reads(room: Room) -> None:
    receipt = await reviewed(room)
    room.mailbox.shown.clear()
    share = button(receipt, "Share").command
    told = await room.say_from("ana", share, place=room.caller("ana").direct)
    assert "Nobody else reads here" in text(told)
    await room.deliver()
    assert lines(room) == []


async def test_an_amendment_whose_answer_is_lost_is_made_again(room: Room) -> None:
    """And a message that somebody has deleted in the channel is left alone."""
    await reviewed(room)
    await room.say("ana", "/review Her 2/5")
    lost = [Uncertain("no answer")]
    edit = room.mailbox.edit

    async def losing(
        place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        if lost:
            raise lost.pop()
        await edit(place, message, reply, delivery_id=delivery_id)

    room.mailbox.edit = losing  # type: ignore[method-assign]  # one answer is lost
    await room.deliver()
    room.clock.forward(minutes=2)
    await room.deliver()
    assert lines(room) == ["ana reviewed Her (2013): ★★"]


async def test_a_line_opens_its_own_review_to_whoever_may_read_it(room: Room) -> None:
    await reviewed(room, "/review Her 4/5 Warm. ||She leaves.||")
    await room.say("ben", "/review Her 1/5 Cold as a phone.")
    [(_, line)] = room.mailbox.shown.values()
    read = await room.press("cleo", line, "Read it")
    assert read.visibility is Visibility.ONLY_YOU
    assert "Warm." in text(read)
    assert "Cold as a phone." not in text(read)
    assert "She leaves." not in text(read)
    assert "She leaves." in text(await room.press("cleo", read, "Show spoilers"))
    own = await room.press("ana", line, "Read it")
    assert button(own, "Delete…").label == "Delete…"

    await room.say("chief", "/setup spoilers seen", admin=True)
    locked = await room.press("cleo", line, "Read it")
    assert "Warm." not in text(locked)
    await room.press("cleo", locked, "Seen it")
    assert "Warm." in text(await room.press("cleo", line, "Read it"))

    await room.say("ana", "/review Her 4/5 --private")
    assert "no longer here" in text(await room.press("cleo", line, "Read it"))
