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
        said = _said(line)
        told = text((await session.say("ana", f"/review {line}")).reply)
        if not (_saved(told, said) and f"{said['words']} — your words" in told):
            asked.append(f"{line} -> {told.splitlines()[0]}")
    assert len(asked) <= 2, asked


async def test_fifty_ratings_typed_as_people_do_are_saved_at_once(room: Room) -> None:
    session = Session(room.bot, room.ids, "first-night")
    asked: list[str] = []
    for line in LINES:
        said = _said(line)
        told = text((await session.say("ana", f"{said['film']} {said['rating']}/5")).reply)
        if not _saved(told, said):
            asked.append(f"{line} -> {told.splitlines()[0]}")
    assert len(asked) <= 2, asked


async def test_fifty_lines_with_words_and_no_command_need_one_answer(room: Room) -> None:
    """Words are read by the whole club, so that a line without a command is asked about, once."""
    session = Session(room.bot, room.ids, "first-night")
    unclear: list[str] = []
    for line in LINES:
        said = _said(line)
        asked = text((await session.say("ana", line)).reply)
        told = text((await session.say("ana", "1")).reply)
        short = len(asked.splitlines()[0]) <= len(line) + 50
        words = said["words"].rstrip(".")
        if not (short and "Save it?" in asked and _saved(told, said) and words in told):
            unclear.append(f"{line} -> {asked} -> {told}")
    assert len(unclear) <= 2, unclear


def _said(line: str) -> re.Match[str]:
    said = _LINE.fullmatch(line)
    assert said
    return said


def _saved(told: str, said: re.Match[str]) -> bool:
    """Tell whether the review of this very film was saved."""
    title = _TITLED.get(said["film"], said["film"])
    return told.startswith(f"Saved your review of {title} (")
