"""One command, three renderings: the same facts, picks, reasons, and what can be done next."""

import re
from collections.abc import Iterable

import pytest
from discord import ui

from adapters.console.output.render import render as in_terminal
from adapters.console.output.terminal import Look
from adapters.discord.outgoing.render import RenderedMessage
from adapters.discord.outgoing.render import render as in_discord
from adapters.slack.outgoing.render import render as in_slack
from adapters.slack.outgoing.render import whole
from bot.messages.replies import Button, Choice, Reply
from bot.registry import TYPED
from tests.adapters.discord.reading import read
from tests.support import Room, actions, items, text

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
    "/stats",
    "/year",
    "/help",
)
_NOT_WORDS = re.compile(r"[^\w★½]+")
_HIDDEN = re.compile(r"\[spoiler hidden\]")
_MOMENT = re.compile(r"\w{3} \d+ \w{3} \d{4}, \d\d:\d\d \(\w+/\w+\)")
"""How an instant reads where the platform does not show it in the reader's own zone."""


def words(told: str) -> set[str]:
    """Take a text apart into words, whatever stands between them."""
    return set(_NOT_WORDS.sub(" ", _MOMENT.sub(" ", _HIDDEN.sub(" ", told))).split())


@pytest.mark.parametrize("line", LINES)
async def test_a_reply_says_the_same_everywhere(room: Room, line: str) -> None:
    reply = await _answered(room, line)
    terminal, slack = in_terminal(reply, Look(10_000)), whole(reply)
    discord = _told_in_discord(in_discord(reply))

    for told in (terminal, slack, discord):
        assert words(text(reply)) - words(told) <= {"no"}  # a switch is an option in Discord
    # Nobody is told anything that the terminal does not tell, but for how a command is typed there:
    # after a prefix in Slack, with options in Discord.
    typed = {"matinee"} | {option.name for spec in TYPED for option in spec.options()}
    assert words(slack) - words(terminal) <= typed
    assert words(discord) - words(terminal) <= typed | {"True", "False"}


@pytest.mark.parametrize("line", LINES)
async def test_the_same_can_be_done_everywhere(room: Room, line: str) -> None:
    reply = await _answered(room, line)
    terminal, slack, discord = (
        in_terminal(reply, Look(10_000)),
        set(_pressed_in_slack(reply)),
        set(_pressed_in_discord(in_discord(reply))),
    )
    for label in _labels(reply):
        assert label in terminal
        assert label in slack
        assert label in discord


async def test_a_pick_has_the_same_films_in_the_same_order_everywhere(room: Room) -> None:
    reply = await _answered(room, "/recommend like Carol")
    films = [each.title for each in items(reply)]
    assert len(films) == 5
    for told in (
        in_terminal(reply, Look(10_000)),
        whole(reply),
        _told_in_discord(in_discord(reply)),
    ):
        places = [told.index(title) for title in films]
        assert places == sorted(places)


async def _answered(room: Room, line: str) -> Reply:
    await room.say("ben", "/review All of Us Strangers 4/5 | I rang my mother. ||He is dead.||")
    await room.say("cleo", "/review Carol 5/5 | All gloves and glances.")
    return await room.say("ana", line)


def _labels(reply: Reply) -> list[str]:
    return [
        each.label
        for each in actions(reply)
        if not (isinstance(each, Choice) and not each.options)
        and not (isinstance(each, Button) and each.unfolds)  # spoilers open by themselves in a chat
    ]


def _pressed_in_slack(reply: Reply) -> Iterable[str]:
    rows = [each for each in in_slack(reply).blocks if each["type"] == "actions"]
    for element in (element for row in rows for element in row["elements"]):
        yield (element.get("text") or element["placeholder"])["text"].removesuffix("…")


def _told_in_discord(sheet: RenderedMessage) -> str:
    """Read what a message says, its spoilers unopened."""
    texts = [each.content for each in _all(sheet.items) if isinstance(each, ui.TextDisplay)]
    pieces = read("\n".join([sheet.content, *texts]))
    shown = (each.text for each in pieces if not {"hidden", "time"} & set(each.marks))
    files = (each.data.decode() for each in sheet.files if each.name.endswith(".txt"))
    return "".join(shown) + "\n".join(files)


def _pressed_in_discord(sheet: RenderedMessage) -> Iterable[str]:
    for each in _all(sheet.items):
        if isinstance(each, ui.Button):
            yield (each.label or "").removesuffix("…")
        if isinstance(each, ui.Select):
            yield (each.placeholder or "").removesuffix("…")
            yield from (option.label.removesuffix("…") for option in each.options)


def _all(parts: Iterable[object]) -> Iterable[object]:
    for part in parts:
        yield part
        yield from _all(getattr(part, "children", ()))
        yield from _all([part.accessory] if isinstance(part, ui.Section) else ())
