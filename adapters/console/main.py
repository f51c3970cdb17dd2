"""What `matinee run`, `matinee chat` and `matinee tour` do in the terminal."""

import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TextIO

from adapters.console import demo
from adapters.console import tour as tour_script
from adapters.console.ids import caller_of
from adapters.console.input.line_protocol import MemberLine, read_line
from adapters.console.input.lines import Player, listed_lines, pipe_lines
from adapters.console.input.session import Session
from adapters.console.output.messenger import ConsoleMessenger, SentLog
from adapters.console.output.terminal import Look, look_of
from adapters.console.output.writers import JsonOutput, Output, TextOutput
from adapters.runtime.clock import MachineClock, RandomIds, SequentialIds, parse_instant
from adapters.runtime.composition import INDEX, Application, open_application
from adapters.runtime.platforms import MessengerRouter, Platform, platforms
from adapters.runtime.serve import serve
from adapters.runtime.settings import Secret, Settings
from adapters.runtime.supervisor import Service, supervise, until
from bot.domain.clubs import Club
from bot.ports.clock import Ids
from bot.ports.store import Store
from bot.request.rate_limits import Limits, Rate

ENDS = (signal.SIGTERM,)
"""Ctrl+C is the terminal's own."""

FILES = "files"
"""The folder in the data folder where files that were asked for are kept."""

UNLIMITED = Rate(burst=10**15, every=timedelta(microseconds=1))
"""Limits keep members from one another's throats; whoever has the terminal is alone with it."""


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Who talks in which club, and how."""

    member: str
    club: str = demo.CLUB
    lines: tuple[str, ...] = ()
    as_json: bool = False
    with_demo: bool = False
    with_platforms: bool = False


@dataclass(frozen=True, slots=True)
class ConsoleApp:
    """All that a conversation in the terminal needs."""

    house: Application
    session: Session
    clock: MachineClock
    output: Output

    def player(self, member: str) -> Player:
        """Make a player of lines, the first of them said by `member`."""
        return Player(self.session, self.house.worker, self.clock, self.output, member)


async def run(settings: Settings, member: str, now: datetime | None) -> None:
    """Open the demo club in the terminal, and serve the platforms that are set up.

    Where there is neither a terminal nor a platform, play the tour.
    """
    clock = MachineClock(now)
    if _has_terminal():
        await chat(settings, ChatOptions(member, with_demo=True, with_platforms=True), now)
    elif connected := platforms(settings, clock):
        names = " and ".join(each.name for each in connected)
        sys.stderr.write(f"Matinee serves {names} now; SIGTERM or Ctrl+C ends it.\n")
        await serve(settings, connected, clock)
    else:
        await tour(settings, now)


async def chat(settings: Settings, talk: ChatOptions, now: datetime | None) -> None:
    """Answer the lines given, the lines of a pipe, or whoever sits at the terminal."""
    interactive = not talk.lines and not talk.as_json and _has_terminal()
    output = _output(talk, settings.folder / FILES, interactive=interactive)
    if interactive and not (settings.folder / INDEX).exists():
        output.note("Setting things up; the first time takes a few seconds.\n")
    clock = MachineClock(now)
    connected = platforms(settings, clock) if talk.with_platforms else []
    async with _open(settings, talk.club, output, clock, RandomIds(), connected) as room:
        if talk.with_demo:
            await _load_demo(room)
        player = room.player(talk.member)
        if not interactive:
            await supervise(_playing(player, _lines(talk)), *room.house.services, signals=ENDS)
            return
        from adapters.console.input.chat import InteractiveChat, delivering

        at_keyboard = InteractiveChat(room.session, player, settings.folder).run
        served = (partial(each.serve, room.house.bot) for each in connected)
        worker = partial(delivering, room.house.worker)
        await supervise(at_keyboard, worker, *room.house.services, *served, signals=ENDS)


def _playing(player: Player, lines: AsyncIterator[str]) -> Service:
    """Make a service of playing lines to their end."""

    async def service(stopping: asyncio.Event) -> None:
        await until(stopping, player.play(lines))

    return service


async def tour(settings: Settings, now: datetime | None) -> None:
    """Play the scripted tour on a database that is thrown away after it."""
    del now  # the tour brings its own time along
    with tempfile.TemporaryDirectory(prefix="matinee-tour-") as folder:
        throw_away = replace(
            settings,
            data_dir=Path(folder),
            database_url=Secret("sqlite://"),
            tmdb_api_key=None,
        )
        output = TextOutput(_write, _look, echo=True)
        clock = MachineClock(parse_instant(tour_script.STARTS_AT))
        async with _open(throw_away, demo.CLUB, output, clock, SequentialIds("tour")) as room:
            await _load_demo(room)
            _write(tour_script.OPENING + "\n")
            await room.player("ana").play(listed_lines(tour_script.LINES))
    _write(tour_script.CLOSING)


def _has_terminal() -> bool:
    """Whether a person sits here."""
    return all(_is_open(each) and each.isatty() for each in (sys.stdin, sys.stdout))


def _lines(talk: ChatOptions) -> AsyncIterator[str]:
    if talk.lines and not any(each.strip() for each in talk.lines):
        return listed_lines(["/help"])  # whoever says nothing wants to know what could be said
    if talk.lines or not _is_open(sys.stdin):
        return listed_lines(talk.lines)
    return pipe_lines(sys.stdin.fileno())


def _is_open(stream: TextIO | None) -> bool:
    """Whether there is such a stream: Python has None for one closed before the start."""
    return stream is not None


def _output(talk: ChatOptions, files: Path, *, interactive: bool) -> Output:
    if talk.as_json:
        return JsonOutput(_write)
    if interactive:
        from adapters.console.input.chat import above_the_prompt  # noqa: PLC0415 - slow to load

        return TextOutput(_write, _look, echo=False, unasked=above_the_prompt, files=files)
    return TextOutput(_write, _look, echo=len(talk.lines) != 1, files=files)


def _look() -> Look:
    return look_of(sys.stdout)


@asynccontextmanager
async def _open(
    settings: Settings,
    club: str,
    output: Output,
    clock: MachineClock,
    ids: Ids,
    connected: Sequence[Platform] = (),
) -> AsyncIterator[ConsoleApp]:
    terminal = ConsoleMessenger(club, SentLog(settings.folder / "said.txt"), output)
    others = {each.name: each.messenger for each in connected}
    limits = None if connected else Limits(UNLIMITED, UNLIMITED)
    messenger = MessengerRouter({"console": terminal, **others})
    async with open_application(settings, messenger, clock, limits, ids) as house:
        await _found(house.store, club)
        session = Session(house.bot, house.ids, club, terminal.pressable)
        yield ConsoleApp(house, session, clock, output)


async def _found(store: Store, name: str) -> None:
    """Settle how a club begins in a terminal: everyone reads along, so no line for each review."""
    club_id = caller_of(name, "").club_id
    async with store.reading(club_id) as work:
        club = await work.clubs.get()
    if club == Club(club_id):
        async with store.writing(club_id) as work:
            await work.clubs.save(replace(club, name=name, announce_reviews=False))


async def _load_demo(room: ConsoleApp) -> None:
    """Let the demo's members say their lines, once, through the same door as everybody."""
    if await demo.is_loaded(room.house.store):
        return
    await _found(room.house.store, demo.CLUB)
    session = Session(room.house.bot, SequentialIds("demo"), demo.CLUB)
    with room.clock.visiting(parse_instant(demo.SEEN_AT)):
        for line in demo.LINES.splitlines():
            words = read_line(line)
            if isinstance(words, MemberLine) and words.member:
                await session.say(words.member, words.line)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
