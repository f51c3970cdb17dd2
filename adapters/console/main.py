"""Entry points of the terminal: `matinee run`, `matinee chat` and `matinee tour`."""

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
from adapters.runtime.composition import INDEX, Application, open_application
from adapters.runtime.pages import pages_address, pages_service
from adapters.runtime.platforms import MessengerRouter, Platform, platforms
from adapters.runtime.process.clock import MachineClock, RandomIds, SequentialIds, parse_instant
from adapters.runtime.process.supervisor import Service, supervise, until
from adapters.runtime.serve import serve
from adapters.runtime.settings.settings import Secret, Settings
from bot.domain.clubs.club import Club
from bot.ports.clock import Ids
from bot.ports.store import Store
from bot.request.middleware.rate_limits import Limits, Rate

ENDS = (signal.SIGTERM,)
"""Signals that end a chat; Ctrl+C is left to the prompt."""

FILES = "files"
"""Folder, in the data folder, for the files of replies."""

UNLIMITED = Rate(burst=10**15, every=timedelta(microseconds=1))
"""Rate without a limit: a terminal has one user, from whom nobody needs protection."""


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Options of one chat: its member and club, its input and its output.

    `reads_files`: whether lines of a pipe may name files of this machine.
    """

    member: str
    club: str = demo.CLUB
    lines: tuple[str, ...] = ()
    as_json: bool = False
    with_demo: bool = False
    with_platforms: bool = False
    reads_files: bool = False


@dataclass(frozen=True, slots=True)
class ConsoleApp:
    """Running application with a session in the terminal."""

    app: Application
    session: Session
    clock: MachineClock
    output: Output

    def player(self, member: str) -> Player:
        """Make a player of lines that begins as `member`."""
        return Player(self.session, self.app.worker, self.clock, self.output, member)


async def run(settings: Settings, member: str, now: datetime | None) -> None:
    """Open the demo club in the terminal, and serve the platforms that are set up.

    A process that is limited to one task opens nothing in the terminal. Where there is neither a terminal
    nor a platform, play the tour.
    """
    clock = MachineClock(now)
    if _has_terminal() and not settings.only:
        await chat(settings, ChatOptions(member, with_demo=True, with_platforms=True), now)
    elif connected := platforms(settings, clock):
        sys.stderr.write(f"Matinee {_task(settings, connected)} now; SIGTERM or Ctrl+C ends it.\n")
        await serve(settings, connected, clock)
    else:
        await tour(settings, now)


def _task(settings: Settings, connected: Sequence[Platform]) -> str:
    """Return what a process without a terminal does."""
    names = " and ".join(each.name for each in connected)
    if settings.only == "web":
        return f"serves the pages of clubs in {names}"
    return f"delivers to {names}" if settings.only == "worker" else f"serves {names}"


async def chat(settings: Settings, options: ChatOptions, now: datetime | None) -> None:
    """Answer the lines of the options, those of a pipe, or those typed at the terminal."""
    interactive = not options.lines and not options.as_json and _has_terminal()
    output = _output(options, settings.folder / FILES, interactive=interactive)
    if interactive and not (settings.folder / INDEX).exists():
        output.note("Setting things up; the first time takes a few seconds.\n")
    clock = MachineClock(now)
    connected = platforms(settings, clock) if options.with_platforms else []
    reads_files = interactive or bool(options.lines) or options.reads_files
    pages = pages_address(settings, local=True) if interactive and options.with_platforms else None
    opening = open_console(
        settings,
        options.club,
        output,
        clock,
        RandomIds(),
        connected,
        reads_files=reads_files,
        web_url=pages.url if pages else "",
    )
    async with opening as console:
        if options.with_demo:
            await _load_demo(console)
        player = console.player(options.member)
        if not interactive:
            await supervise(_playing(player, _lines(options)), *console.app.services, signals=ENDS)
            return
        from adapters.console.input.chat import InteractiveChat, delivering  # noqa: PLC0415 - slow to load

        at_keyboard = InteractiveChat(console.session, player, settings.folder).run
        served: list[Service] = [partial(each.serve, console.app.bot) for each in connected]
        worker = partial(delivering, console.app.worker)
        if pages is not None:
            output.note(
                f"The club's pages: {pages.url} (type /web for the link that lets you in)\n"
            )
            served.append(pages_service(pages, console.app, clock))
        await supervise(at_keyboard, worker, *console.app.services, *served, signals=ENDS)


def _playing(player: Player, lines: AsyncIterator[str]) -> Service:
    """Make a service that plays lines to their end."""

    async def service(stopping: asyncio.Event) -> None:
        await until(stopping, player.play(lines))

    return service


async def tour(settings: Settings, now: datetime | None) -> None:
    """Play the scripted tour on a temporary database."""
    del now  # the tour has a fixed time of its own
    with tempfile.TemporaryDirectory(prefix="matinee-tour-") as folder:
        throw_away = replace(
            settings,
            data_dir=Path(folder),
            database_url=Secret("sqlite://"),
            tmdb_api_key=None,
        )
        output = TextOutput(_write, _look, echo=True)
        clock = MachineClock(parse_instant(tour_script.STARTS_AT))
        async with open_console(
            throw_away, demo.CLUB, output, clock, SequentialIds("tour")
        ) as console:
            await _load_demo(console)
            _write(tour_script.OPENING + "\n")
            await console.player("ana").play(listed_lines(tour_script.LINES))
    _write(tour_script.CLOSING)


def _has_terminal() -> bool:
    """Whether both standard streams are a terminal."""
    return all(_is_open(each) and each.isatty() for each in (sys.stdin, sys.stdout))


def _lines(options: ChatOptions) -> AsyncIterator[str]:
    if options.lines and not any(each.strip() for each in options.lines):
        return listed_lines(["/help"])  # only blank lines: show what can be typed
    if options.lines or not _is_open(sys.stdin):
        return listed_lines(options.lines)
    return pipe_lines(sys.stdin.fileno())


def _is_open(stream: TextIO | None) -> bool:
    """Whether the stream is there: Python has None for one closed before the start."""
    return stream is not None


def _output(options: ChatOptions, files: Path, *, interactive: bool) -> Output:
    if options.as_json:
        return JsonOutput(_write)
    if interactive:
        from adapters.console.input.chat import above_the_prompt  # noqa: PLC0415 - slow to load

        return TextOutput(_write, _look, echo=False, when_idle=above_the_prompt, files=files)
    return TextOutput(_write, _look, echo=len(options.lines) != 1, files=files)


def _look() -> Look:
    return look_of(sys.stdout)


def plain_output() -> TextOutput:
    """Return the output for people of a command that answers once, and writes no files by itself."""
    return TextOutput(_write, _look, echo=False)


@asynccontextmanager
async def open_console(  # noqa: PLR0913 - the parts that a terminal joins
    settings: Settings,
    club: str,
    output: Output,
    clock: MachineClock,
    ids: Ids,
    connected: Sequence[Platform] = (),
    *,
    reads_files: bool = True,
    web_url: str = "",
) -> AsyncIterator[ConsoleApp]:
    """Open the application with a session of a club in the terminal. Raises StoreError, OSError."""
    terminal = ConsoleMessenger(club, SentLog(settings.folder / "said.txt"), output)
    others = {each.name: each.messenger for each in connected}
    limits = None if connected else Limits(UNLIMITED, UNLIMITED)
    messenger = MessengerRouter({"console": terminal, **others})
    async with open_application(settings, messenger, clock, limits, ids, web_url) as app:
        await _ensure_club(app.store, club)
        session = Session(app.bot, app.ids, club, terminal.pressable, reads_files=reads_files)
        yield ConsoleApp(app, session, clock, output)


async def _ensure_club(store: Store, name: str) -> None:
    """Set up a new club: no announcements, since all members of a terminal read along."""
    club_id = caller_of(name, "").club_id
    async with store.reading(club_id) as work:
        club = await work.clubs.get()
    if club == Club(club_id):
        async with store.writing(club_id) as work:
            await work.clubs.save(replace(club, name=name, announce_reviews=False))


async def _load_demo(console: ConsoleApp) -> None:
    """Send the demo's lines once, as requests like any other."""
    if await demo.is_loaded(console.app.store):
        return
    await _ensure_club(console.app.store, demo.CLUB)
    session = Session(console.app.bot, SequentialIds("demo"), demo.CLUB)
    with console.clock.temporarily_at(parse_instant(demo.SEEN_AT)):
        for line in demo.LINES.splitlines():
            step = read_line(line)
            if isinstance(step, MemberLine) and step.member:
                await session.say(step.member, step.line)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
