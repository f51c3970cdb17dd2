"""The first night of a new club: fifty popular films, each reviewed in one plain line."""

import re
from pathlib import Path

from adapters.console.input.session import Session
from tests.support import Room, text

LINES = (Path(__file__).parent / "first_night.txt").read_text("utf-8").splitlines()
_LINE = re.compile(r"(?P<film>.+?) (?P<rating>[\d.]+)/5 (?P<words>.+)")
_TITLED = {
    "The Empire Strikes Back": "Star Wars: Episode V – The Empire Strikes Back",
    "WALL-E": "WALL·E",
    "Amelie": "Amélie",
}
"""Films that the catalogue calls otherwise."""


async def test_fifty_reviews_in_plain_lines_are_saved_at_once(room: Room) -> None:
    session = Session(room.bot, room.ids, "first-night")
    asked: list[str] = []
    assert len(LINES) == 50
    for line in LINES:
        said = _LINE.fullmatch(line)
        assert said
        reply = (await session.say("ana", f"/review {line}")).reply
        told = text(reply)
        right = told.startswith(f"Saved your review of {_TITLED.get(said['film'], said['film'])} (")
        if not (right and f"{said['words']} — your words" in told):
            asked.append(f"{line} -> {told.splitlines()[0]}")
    assert len(asked) <= 2, asked
