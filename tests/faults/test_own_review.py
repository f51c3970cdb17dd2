"""A member's own review can be found, changed, and taken back; nothing goes without a question."""

from bot.features.reviews.commands import ReviewCommand
from bot.messages.replies import Form
from tests.support import Room, actions, text


def labels(reply: object) -> list[str]:
    return [each.label for each in actions(reply)]  # type: ignore[arg-type]  # a reply


async def test_the_clubs_card_leads_to_ones_own_review(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 Warm.")
    card = await room.say("ana", "/review Her")
    own = await room.press("ana", card, "Your review")
    assert labels(own) == ["Edit", "Delete…"]
    asked = await room.press("ana", own, "Delete…")
    assert text(asked) == "Delete your review of Her (2013) (★★★★)?"
    assert "Warm." in text(await room.say("ben", "/review Her"))
    await room.press("ana", asked, "Delete")
    assert "Warm." not in text(await room.say("ben", "/review Her"))


async def test_whoever_presses_it_sees_their_own(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 Warm.")
    card = await room.say("ana", "/review Her")
    assert "You have no review of Her (2013)." in text(await room.press("ben", card, "Your review"))


async def test_a_private_review_does_not_show_by_a_button(room: Room) -> None:
    await room.say("ben", "/review Her 3/5 Cold.")
    await room.say("ana", "/review Her 4/5 Warm. --private")
    card = await room.say("ana", "/review Her")
    assert card.visibility == "club"
    assert "Your review" not in labels(card)


async def test_what_was_taken_back_can_be_written_again(room: Room) -> None:
    receipt = await room.say("ana", "/review Her 4/5 Warm.")
    gone = await room.press("ana", receipt, "Undo")
    assert text(gone) == "Taken back: your review of Her (2013) is gone."
    [again] = actions(gone)
    assert isinstance(again, Form)
    assert isinstance(again.command, ReviewCommand)
    assert "Saved your review of Her (2013): ★★★★" in text(await room.say("ana", again.command))
