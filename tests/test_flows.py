"""Conversations to read: every `name> line` is typed, the rest is what Matinee must answer.

With MATINEE_REWRITE_FLOWS set, the answers are written anew, to be reviewed by eye.
"""

import os
import re
from datetime import datetime
from pathlib import Path

import pytest

from adapters.console.input.session import Session
from adapters.console.output.render import render
from adapters.console.output.terminal import Look
from bot.domain.ids import PlaceId
from bot.messages.replies import Reply
from tests.adapters.words import strange_words
from tests.support import Room

FLOWS = sorted((Path(__file__).parent / "flows").glob("*.txt"))
LOOK = Look(width=88)

_INPUT = re.compile(r"(?P<who>[a-z]+)> (?P<line>.*)")


def test_there_are_flows() -> None:
    assert FLOWS


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
async def test_flow(path: Path, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    written = path.read_text("utf-8")
    played = await play(written, room)
    if os.environ.get("MATINEE_REWRITE_FLOWS"):
        path.write_text(played, "utf-8")
    assert played == written


async def play(script: str, room: Room) -> str:
    """Type every line of the script anew and return the whole conversation."""
    session = Session(room.bot, room.ids, "flow")
    parts: list[str] = []
    for line in script.splitlines():
        if line.startswith("# "):
            parts.append(f"{line}\n")
        elif typed := _INPUT.fullmatch(line):
            answer = await _answer(typed["who"], typed["line"], session, room)
            parts.append(f"{line}\n{answer}")
    return "\n".join(parts)


async def _answer(who: str, line: str, session: Session, room: Room) -> str:
    if who == "now":
        room.clock.instant = datetime.fromisoformat(line)
        said = ""
    else:
        exchange = await session.say(who, line)
        assert strange_words(exchange.reply, but=line) == []
        said = render(exchange.reply, LOOK, exchange.keys)
    # What falls due together is said in every place at once, so in no order.
    unasked = sorted(await room.deliver(), key=lambda due: due[0])
    return said + "".join(_unasked(*due) for due in unasked)


def _unasked(place: PlaceId, reply: Reply) -> str:
    assert strange_words(reply) == []
    return f"\nMatinee to {place}:\n{render(reply, LOOK)}"
