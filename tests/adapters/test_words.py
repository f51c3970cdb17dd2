"""Words of the place: what the core says names only commands that exist on each platform, and no ids."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.features.help.commands import HelpCommand
from bot.features.help.topics import TOPICS
from bot.language.grammar.forms import FormErrors, fill
from bot.messages.commands import Command, Kind
from bot.messages.replies import Button, Document, Reply
from bot.messages.requests import Request, Role
from bot.messages.spans import Usage
from bot.registry import COMMANDS, TYPED
from bot.request.lookup.commands import AddFilmCommand
from tests.adapters.words import strange_words
from tests.support import Room, actions, said_plainly

CORE = Path(__file__).parents[2] / "bot"
_NAMED = re.compile(rf"(?<![\w/(]|\\)/(?:{'|'.join(each.name for each in TYPED)}|matinee)(?![\w-])")


def test_no_text_of_the_core_spells_a_command() -> None:
    """A command in a text is a `Usage`, which each platform shows as it is given there."""
    spelt = [
        f"{path.relative_to(CORE)}:{node.lineno}: {node.value[:60]!r}"
        for path in CORE.rglob("*.py")
        for tree in [ast.parse(path.read_text("utf-8"))]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if _NAMED.search(node.value) and not _is_documentation(node, tree)
    ]
    assert spelt == []


def _is_documentation(text: ast.Constant, tree: ast.AST) -> bool:
    return any(isinstance(e, ast.Expr) and e.value is text for e in ast.walk(tree))


async def slack_says(room: Room, user: str, content: str | Command) -> Reply:
    """Let somebody speak as Slack passes it on: people by their ids."""
    room.requests += 1
    caller = replace(
        room.caller(user, admin=True),
        club_id=ClubId("slack:T1"),
        member_id=MemberId(f"slack:U{user.upper()}"),
        place=PlaceId("slack:T1#C1"),
        direct=PlaceId(f"slack:T1@U{user.upper()}"),
        roles=frozenset({Role.ADMIN, Role.MODERATOR}),
    )
    return without_files(await room.bot.handle(Request(f"words {room.requests}", caller, content)))


def without_files(reply: Reply) -> Reply:
    """Empty the files of a reply: they are for programs, and an appointment there has an id."""
    shown = [
        replace(each, content="", media_type="text/plain") if isinstance(each, Document) else each
        for each in reply.blocks
    ]
    return replace(reply, blocks=tuple(shown))


@pytest.fixture
async def talked(room: Room) -> Room:
    """A club in Slack in which something has been said."""
    for user, line in (
        ("ben", "/review Her 3/5 Warm, and a little long."),
        ("ana", "/review Carol 5/5 The gloves."),
        ("ana", "/remind All of Us Strangers"),
        ("ben", "/watchlist add Yi Yi"),
    ):
        await slack_says(room, user, line)
    for own in ("The Empty Tower", "Night Ferry"):
        await slack_says(room, "ana", AddFilmCommand(own, 2023, "Ana Maria", "A house by the sea."))
    return room


async def test_help_names_what_exists(talked: Room) -> None:
    strange = []
    for topic in ("", *(each.name for each in TYPED), *(each.name for each in TOPICS)):
        strange += strange_words(await slack_says(talked, "ana", HelpCommand(topic)))
    assert strange == []


async def test_examples_and_their_buttons_name_what_exists(talked: Room) -> None:
    strange = []
    for spec in TYPED:
        for example in spec.examples():
            reply = await slack_says(talked, "ana", str(Usage(example)))
            strange += strange_words(reply)
            for action in actions(reply):
                if isinstance(action, Button) and not action.command.writes:
                    strange += strange_words(await slack_says(talked, "ana", action.command))
    assert strange == []


MISTAKES = (
    "/matinee", "/settings colour blue", "/settings region Narnia", "/settings direct maybe",
    "/setup hour noonish", "/setup spoilers sometimes", "/setup here", "/moderate hide Her",
    "/moderate hide Her @slack:UNOBODY", "/reviews @slack:UNOBODY", "/reviews @slack:UBEN",
    "/recommend with @slack:UNOBODY", "/recommend with @slack:UBEN", "/recommned carol",
    "/reveiw Her 4/5 good", "/watchlist overlap @slack:UBEN @slack:UNOBODY",
    "/watchlist ad Yi Yi", "/remind Her in Narnia", "/remind cancel", "/remind snooze x 2d",
    "/merge Her with Carol", "/merge", "/import", "/import films.zip", "/export", "/forget",
    "/privacy", "/film", "/film Zzzz Qqqq", "/review Zzzz 4/5 words", "/review Her --on someday x",
    "/review Solaris 4/5 slow", "/release", "/help nonsense", "here", "hello", "what can you do?",
    "watchlist overlap with @slack:UBEN", "compare me and @slack:UBEN", "hide this please",
)  # fmt: skip


async def test_an_error_names_what_exists_and_nobody_by_an_id(talked: Room) -> None:
    strange = {}
    for line in MISTAKES:
        if found := strange_words(await slack_says(talked, "ana", line)):
            strange[line] = found
    assert strange == {}


async def test_a_refused_form_calls_its_fields_by_their_labels(talked: Room) -> None:
    """What a form or Discord's options hold is given back with the labels of the form."""
    for spec in TYPED:
        await _refuse_form(talked, spec)


async def _refuse_form(talked: Room, spec: type[Command]) -> None:
    blank = next(iter(spec.examples()))
    wrong = {
        each.name: "slack:UNOBODY" if each.kind in {Kind.MEMBER, Kind.MEMBERS} else "zzz qqq"
        for each in spec.options()
        if each.kind is not Kind.FILE
    }
    fitting: Command = blank
    for name, value in wrong.items():
        try:
            fitting = fill(fitting, {name: value})
        except FormErrors as errors:
            told = Reply((), " ".join(errors.errors.values()))
            assert strange_words(replace(told, blocks=said_plainly(told.summary))) == []
            assert f"“{name}”" not in told.summary
    assert strange_words(await slack_says(talked, "ana", fitting)) == []


def test_every_command_has_a_way_there() -> None:
    """A command that is not typed names the typed one whose answer has its buttons."""
    for each in COMMANDS.values():
        assert each.typed or COMMANDS[each.opened_by].typed


def test_a_wrong_command_is_found() -> None:
    bad = said_plainly("Type /snooze or @slack:U1 with id:her-2013.")
    found = strange_words(Reply(bad, "x"))
    for platform in ("terminal", "slack", "discord"):
        assert any(each.startswith(f"{platform}: no command") for each in found), found
    assert sum("an id" in each for each in found) >= 4
