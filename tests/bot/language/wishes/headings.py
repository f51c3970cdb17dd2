"""What every wish is held to: the heading says what was understood, and films answer it."""

from tests.support import Room, items, text


async def check_heading(typed: str, heading: str, room: Room) -> None:
    """Check that a wish is understood as its heading says, and answered with films."""
    reply = await room.say("ana", f"/recommend {typed}")
    assert text(reply).split("\n")[0] == heading
    assert items(reply)
