"""Buttons and forms whose commands are too long for an id: stored, and good for many presses."""

from dataclasses import replace

from bot.domain.ids import DraftId
from bot.domain.reviews.ratings import HalfStars
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.codec import action_id, action_of
from bot.messages.replies import Actions, Button, Form, Reply
from bot.messages.requests import NO_CLUB
from bot.messages.visibility import Visibility
from bot.registry import COMMANDS
from bot.request.commands import DropDraftCommand, RecallCommand
from tests.support import Room, actions, button, text

LONG = "A long and tender evening. " * 12


def form(reply: Reply, label: str) -> Form:
    """Find a form as a platform would after a restart: by its action's id."""
    [found] = [each for each in actions(reply) if each.label == label]
    pressed = action_of(action_id(found), COMMANDS)
    assert isinstance(pressed, Form)
    return pressed


async def test_a_form_opens_with_what_was_written(room: Room) -> None:
    receipt = await room.say("ana", f"/review Her 4/5 {LONG}")
    opened = await room.bot.forms.load(room.caller("ana"), form(receipt, "Edit"))
    assert isinstance(opened, Form)
    assert LONG.strip() in str(opened.command)

    sent = await room.say("ana", opened.command)
    again = await room.say("ana", opened.command)
    assert "Changed your review" in text(sent) + text(again)


async def test_nobody_else_opens_it(room: Room) -> None:
    receipt = await room.say("ana", f"/review Her 4/5 {LONG}")
    refused = await room.bot.forms.load(room.caller("ben"), form(receipt, "Edit"))
    assert isinstance(refused, Reply)
    assert "tender" not in text(refused)


async def test_what_a_button_keeps_is_nothing_unfinished(room: Room) -> None:
    await room.say("ana", f"/review Her 4/5 {LONG}")
    assert "Which film?" in text(await room.say("ana", "/review"))


async def test_a_form_over_the_recall_itself_is_left_as_it_is(room: Room) -> None:
    asked = Form("Another film", RecallCommand(DraftId("d")), ("film",))
    assert await room.bot.forms.load(room.caller("ana"), asked) == asked


async def test_a_form_that_is_gone_says_so(room: Room) -> None:
    gone = Form("Edit", RecallCommand(DraftId("d")), ("rating", "text"))
    refused = await room.bot.forms.load(room.caller("ana"), gone)
    assert isinstance(refused, Reply)
    assert "answered already" in text(refused)


async def test_a_reply_of_a_platforms_own_keeps_what_is_too_long(room: Room) -> None:
    command = ReviewCommand(film="id:her-2013", text=LONG)
    refusal = Reply((Actions((Form("Correct it", command, ("watched_on",)),)),), "Which day?")
    kept = await room.bot.forms.store_long_actions(room.caller("ana"), refusal)

    opened = await room.bot.forms.load(room.caller("ana"), form(kept, "Correct it"))
    assert isinstance(opened, Form)
    assert opened.command == command
    assert await room.bot.forms.store_long_actions(room.caller("ana"), kept) == kept


async def test_in_private_it_is_kept_for_the_club_that_is_meant(room: Room) -> None:
    refusal = Reply(
        (Actions((Form("Correct it", ReviewCommand(text=LONG), ("film",)),)),), "Which film?"
    )
    nowhere = replace(room.caller("ana"), club_id=NO_CLUB)
    await room.say("ana", "/help")
    kept = await room.bot.forms.store_long_actions(nowhere, refusal)
    assert isinstance(await room.bot.forms.load(nowhere, form(kept, "Correct it")), Form)


async def test_a_crafted_id_cannot_drop_what_a_button_of_the_club_keeps(room: Room) -> None:
    long = Button("Again", RecommendCommand(mood=LONG))
    announced = Reply((Actions((long,)),), "Picks", Visibility.CLUB)
    [kept] = actions(await room.bot.forms.store_long_actions(room.caller("ana"), announced))
    assert isinstance(kept.command, RecallCommand)
    number = kept.command.draft

    for crafted in (
        DropDraftCommand(number),
        ReviewCommand("id:her-2013", HalfStars(8), "Warm.", draft=number),
    ):
        assert "belongs to a button" in text(await room.say("ben", crafted))
    assert "answered already" not in text(await room.say("cleo", kept.command))
    assert "nothing here to read" in text(await room.say("ben", "/reviews"))


async def test_what_is_unfinished_is_the_members_own_to_drop(room: Room) -> None:
    asked = await room.say("ana", "/review No Such Film At All 4/5 Warm and sad.")
    drop = button(asked, "Drop it").command
    assert "another member's" in text(await room.say("ben", drop))
    assert "Dropped" in text(await room.say("ana", drop))
