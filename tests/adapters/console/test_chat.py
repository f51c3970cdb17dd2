"""Interactive chat, driven by typed keys."""

import asyncio
import os
import pty
import re
import select
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console.input.chat import InteractiveChat, delivering
from adapters.console.input.completion import line_completer
from adapters.console.input.lines import Player
from adapters.console.input.session import Session
from adapters.console.output.messenger import ConsoleMessenger, SentLog
from adapters.console.output.terminal import Look
from adapters.console.output.writers import TextOutput
from adapters.runtime.composition import open_application
from adapters.runtime.process.clock import MachineClock, RandomIds
from adapters.runtime.process.supervisor import supervise
from adapters.runtime.settings.settings import Settings
from tests.adapters.conftest import command, surroundings
from tests.generated import NOON

DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[B", "\r", "\x03", "\x04"


class Typist:
    """Driver that types into a chat and reads its output."""

    def __init__(self, keys: PipeInput, clock: MachineClock) -> None:
        self._keys = keys
        self.clock = clock
        self.shown = ""
        self._more = asyncio.Event()

    def write(self, text: str) -> None:
        self.shown += text
        self._more.set()

    async def type(self, text: str, until: str) -> str:
        """Type, wait until a text is shown, and return all output since then."""
        before = len(self.shown)
        self._keys.send_text(text)
        async with asyncio.timeout(20):
            while until not in self.shown[before:]:
                self._more.clear()
                await self._more.wait()
        return self.shown[before:]


@asynccontextmanager
async def chatting(data: Path) -> AsyncIterator[Typist]:
    """Open a chat for ana in an empty club, at noon on 20 January 2024; leave it at the end."""
    clock = MachineClock(NOON)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        typist = Typist(keys, clock)
        output = TextOutput(typist.write, Look, echo=False)
        messenger = ConsoleMessenger("quiet", SentLog(data / "said.txt"), output)
        async with open_application(Settings(data_dir=data), messenger, clock) as app:
            session = Session(app.bot, RandomIds(), "quiet", messenger.pressable)
            player = Player(session, app.worker, clock, output, "ana")
            at_keyboard = InteractiveChat(session, player, data).run
            chat = asyncio.create_task(
                supervise(at_keyboard, partial(delivering, app.worker), signals=())
            )
            try:
                await typist.type("", until="First try")
                yield typist
                keys.send_text(CTRL_D)
                async with asyncio.timeout(20):
                    await chat
            finally:
                chat.cancel()
                await asyncio.wait([chat])


async def test_commands_numbers_and_members(data: Path) -> None:
    async with chatting(data) as typist:
        assert "You are ana in the film club quiet." in typist.shown
        assert "Be the first" in await typist.type("/review Her" + ENTER, until="Seen it")
        assert "Marked" in await typist.type("3" + ENTER, until="as seen")
        await typist.type("/review Her 4/5 So orange." + ENTER, until="your words")
        await typist.type("/as ben" + ENTER + "/reviews @ana" + ENTER, until="So orange.")


async def test_control_c_clears_the_line(data: Path) -> None:
    async with chatting(data) as typist:
        shown = await typist.type("/nonsense" + CTRL_C + "/help" + ENTER, until="/reminders")
        assert "nonsense" not in shown


async def test_pasted_text_stays_whole(data: Path) -> None:
    pasted = "\x1b[200~/review Her 4/5 First line.\n\nSecond line.\x1b[201~"
    async with chatting(data) as typist:
        shown = await typist.type(pasted + ENTER, until="your words")
    assert "First line.\n\n  Second line." in shown


async def test_a_form_is_asked_field_by_field(data: Path) -> None:
    async with chatting(data) as typist:
        await typist.type("/review Her" + ENTER, until="Write a review")
        await typist.type("1" + ENTER + "11/10" + ENTER, until="not a rating")
        await typist.type("\x154,5" + ENTER + "So orange." + ENTER, until="")
        shown = await typist.type(ENTER * 6, until="your words")
    assert "★★★★½" in shown
    assert "So orange." in shown


async def test_a_form_can_be_left(data: Path) -> None:
    async with chatting(data) as typist:
        await typist.type("/review Her" + ENTER, until="Write a review")
        await typist.type("1" + ENTER + CTRL_D, until="Left as it was.")
        shown = await typist.type("/review Her" + ENTER, until="Write a review")
    assert "Nobody here has reviewed it yet." in shown


async def test_what_falls_due_is_said_while_somebody_types(data: Path) -> None:
    async with chatting(data) as typist:
        await typist.type("/remind All of Us Strangers" + ENTER, until="I'll remind you")
        typist.clock.set(NOON.replace(day=26))
        shown = await typist.type("/revi", until="is out")
        assert "Matinee to ana:" in shown
        await typist.type("ew Her" + ENTER, until="Write a review")
        await typist.type("m1" + ENTER, until="is on your watchlist")


async def test_the_history_is_the_owners_alone(data: Path) -> None:
    async with chatting(data) as typist:
        await typist.type("/help" + ENTER, until="/reminders")
    history = data / "history"
    assert "/help" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0


FILMS = ("Her (2013)", "Hereditary (2018)", "Truly, Madly, Deeply (1990)", "Carol (2015)")


def _suggest(typed: str, most: int) -> list[str]:
    return [each for each in FILMS if each.lower().startswith(typed.lower())][:most]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/rem", ["/remind", "/reminders"]),
        ("/qu", ["/quit"]),
        ("/review he", ["/review Her (2013)", "/review Hereditary (2018)"]),
        ("/review truly, madly", ["/review Truly, Madly, Deeply (1990)"]),
        ("/recommend like Her, car", ["/recommend like Her, Carol (2015)"]),
        ("/watchlist add car", ["/watchlist add Carol (2015)"]),
        ("/recommend ev", ["/recommend everyone"]),
        ("/remind Her in U", []),
        ("/remind Her dig", ["/remind Her digital"]),
        ("/review Her --sp", ["/review Her --spoiler"]),
        ("/settings sc", ["/settings scale"]),
        ("/settings scale per", ["/settings scale percent"]),
        ("/help rev", ["/help review", "/help reviews"]),
        ("hello", []),
        ("/nonsense x", []),
        ("/reviews", []),
        ("/review Her\nxx he", []),
    ],
)
def test_completion(typed: str, offered: list[str]) -> None:
    completer = line_completer(_suggest)
    found = completer.get_completions(Document(typed), CompleteEvent())

    assert [typed[: len(typed) + each.start_position] + each.text for each in found] == offered


def test_on_a_real_terminal(data: Path) -> None:
    """Run `matinee run` on a pseudo-terminal: the demo club, an answer in colour, `/quit`."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command("--data", str(data), "run"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=surroundings(TERM="xterm-256color", LINES="40"),
        start_new_session=True,
    )
    os.close(theirs)
    try:
        assert "You are ana in the film club demo." in _bare(_read_until(ours, "> "))
        os.write(ours, b"/review All of Us Strangers\r")
        shown = _read_until(ours, "Seen it")
        assert "\x1b[" in shown
        assert "from 3 ratings" in _bare(shown)
        os.write(ours, b"/quit\r")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _bare(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


def _read_until(terminal: int, words: str) -> str:
    """Read the terminal's output until a text appears in it, colours left out."""
    shown = b""
    deadline = time.monotonic() + 60
    while words not in _bare(shown.decode(errors="replace")):
        assert time.monotonic() < deadline, shown.decode(errors="replace")
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536)
    return shown.decode(errors="replace")
