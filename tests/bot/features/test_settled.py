"""What is pressed once is settled: its answer takes its place, where one member alone reads it."""

import pytest

from bot.messages.replies import Button, Choice
from tests.support import Room, actions


@pytest.mark.parametrize(
    ("steps", "label"),
    [
        (["/review Her 4/5", "/review Her 3/5"], "Delete…"),
        (["/review Her 4/5", "/review Her 3/5", "[Delete…]"], "Keep it"),
        (["/review Her 4/5", "who can read my review of her"], "Only for me"),
        (["/review Her 4/5 --private", "who can read my review of her"], "Let the club read it"),
        (["/remind Dune: Part Two", "[Cancel]"], "Remind me after all"),
        (["/watchlist Her"], "Add it"),
        (["/watchlist add Her", "is her on my watchlist"], "Take it off"),
        (["/night new friday at 8"], "Cancel it"),
        (["/night new friday at 8, saturday at 8", "[When can you?]"], "Yes"),
        (["/night new friday at 8", "/night out"], "I'm in after all"),
        (["/merge Solaris"], "Solaris (1972)"),
        (["/recommend like Solaris"], "Solaris (1972)"),
    ],
)
async def test_the_answer_takes_its_place(room: Room, steps: list[str], label: str) -> None:
    reply = await room.say("ana", steps[0], admin=True)
    for step in steps[1:]:
        if step.startswith("["):
            reply = await room.press("ana", reply, step.strip("[]"))
        else:
            reply = await room.say("ana", step, admin=True)
    named = {each.label: each for each in actions(reply)}
    pressed = named[label]
    settles = isinstance(pressed, Button | Choice) and pressed.settles
    assert reply.asks or settles
