"""A reply says the same in Slack as in a terminal: facts, picks, reasons, and what can be done next."""

import re

import pytest

from adapters.console.look import Look
from adapters.console.render import render as in_terminal
from adapters.slack.render import render as in_slack
from adapters.slack.render import whole
from bot.replies import Choice, Reply
from tests.support import Room, actions

LINES = (
    "/review All of Us Strangers",
    "/film Tokyo Story",
    "/reviews All of Us Strangers",
    "/recommend like Carol",
    "/recommend tender and ghostly",
    "/releases",
    "/remind All of Us Strangers",
    "/watchlist add Yi Yi",
    "/settings",
    "/help",
)
_NOT_WORDS = re.compile(r"[^\w★½]+")


def words(text: str) -> list[str]:
    """Take a text apart into words, whatever stands between them."""
    return _NOT_WORDS.sub(" ", text).split()


@pytest.mark.parametrize("line", LINES)
async def test_a_reply_says_the_same_everywhere(room: Room, line: str) -> None:
    await room.say("ben", "/review All of Us Strangers 4/5 | I rang my mother. ||He is dead.||")
    await room.say("cleo", "/review Carol 5/5 | All gloves and glances.")
    reply = await room.say("ana", line)

    shown = _without_marks(reply)
    there = words(whole(reply))
    assert sorted(set(there) - set(words(shown))) == []
    assert [label for label in _labels(reply) if label not in _pressed(reply)] == []


def _without_marks(reply: Reply) -> str:
    return in_terminal(reply, Look(10_000))


def _labels(reply: Reply) -> list[str]:
    return [each.label for each in actions(reply) if not isinstance(each, Choice) or each.options]


def _pressed(reply: Reply) -> list[str]:
    rows = [each for each in in_slack(reply).blocks if each["type"] == "actions"]
    elements = [element for row in rows for element in row["elements"]]
    return [(e.get("text") or e["placeholder"])["text"].removesuffix("…") for e in elements]
