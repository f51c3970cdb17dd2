"""Command `matinee`: parses the command line, then runs the command's own module.

Only what every start needs is imported at the top, so that the help is shown at once.
"""

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from adapters.cli.catalogue_options import add_catalogue
from adapters.cli.cut_off import CutOff, until_cut_off
from adapters.cli.hosting_options import HOSTING, add_hosting
from adapters.console.ids import check_name
from adapters.runtime.clock import parse_instant
from adapters.runtime.logs import set_up_logs
from adapters.runtime.settings import (
    ONLY,
    Secret,
    Settings,
    SettingsError,
    Shards,
    expanded,
    read_settings,
    read_shards,
)

USAGE_ERROR = 2
FAILED = 1
INTERRUPTED = 130

SERVING = (None, "run", "chat", "tour")
"""Commands that a signal ends as it should; any other was cut off by it."""

OURS = ("adapters", "bot", "db", "recommender")

FEW_COLLECTIONS = (100_000, 20, 20)
"""Garbage collection thresholds: hardly anything loaded at the start is garbage, and looking for it
would take a fifth of that time."""

_RUN = "open the demo club in this terminal; without a terminal, play the tour"
_CHAT = "talk to Matinee: one line, lines from a pipe, or a chat"
_BRING = "bring a member's films in from a file of Letterboxd, IMDb, Trakt and others"
_TAKE = "write all that a member has said in a club into a folder"
_TOUR = "play a short scripted tour on a throw-away database"
_CHAT_MORE = """\
With LINEs it answers each and ends; else it reads lines from a pipe, or opens a chat.
A club begins empty, the club `demo` too: its members and reviews come with `matinee run`
or with --demo.

A line is a command as in `matinee chat "/help"`. In a pipe also:
  ana: /review Her 4/5 Warm and sad.     what ana says (without a name: the --as member)
  2   3b   4.1                           press what the last answer offered
  1 rating=4/5 text=Warm and sad.        press what asks for more, and give it
  press 1.review?film=id:her-2013        press an action by its id (as in --json)
  /review Her file:notes.txt             a long review from a text file (with --files)
  now: 2024-01-26T09:00Z                 move the clock, and hear what falls due
  # a comment
  /as ben   /quit
"""


class _Parser(argparse.ArgumentParser):
    """Parser that reports an error in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE_ERROR, f"matinee: {message} (see matinee --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    if "now" not in options:
        options.now = None
    try:
        settings = _settings(options)
    except SettingsError as error:
        parser.error(str(error))
    os.umask(0o077)  # whatever is written holds members' words, or may: it is its owner's alone
    _set_up_streams(settings)
    gc.set_threshold(*FEW_COLLECTIONS)
    return _guarded(options, settings)


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data",
        metavar="DIR",
        type=_folder,
        help="where Matinee keeps its files (MATINEE_DATA_DIR)",
    )
    common.add_argument(
        "--database", metavar="URL", help="the database, if elsewhere (MATINEE_DATABASE_URL)"
    )
    common.add_argument(
        "--now",
        metavar="TIME",
        type=_instant,
        help="begin at this time, such as 2024-01-20T12:00Z; it goes on at the normal pace",
    )
    parser = _Parser(
        prog="matinee",
        description="A film club's memory and taste. Begin with: matinee run",
        parents=[common],
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", parser_class=_Parser)
    speaking = _Parser(add_help=False, parents=[common])
    speaking.add_argument(
        "--as", dest="member", metavar="NAME", type=_member, default="ana", help="who speaks (ana)"
    )
    running = commands.add_parser("run", parents=[speaking], help=_RUN, description=_RUN)
    running.add_argument(
        "--only",
        choices=ONLY,
        help="serve this platform alone: one of several processes (MATINEE_ONLY)",
    )
    running.add_argument(
        "--shards",
        metavar="FIRST-LAST/ALL",
        type=_shards,
        help="Discord's connections of this process, such as 0-3/8 (DISCORD_SHARDS)",
    )
    chat = commands.add_parser(
        "chat",
        parents=[speaking],
        help=_CHAT,
        description=_CHAT,
        epilog=_CHAT_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    chat.add_argument(
        "--club", metavar="NAME", type=_club, default="demo", help="which club (demo)"
    )
    chat.add_argument(
        "--demo", action="store_true", help="fill the club demo with members and reviews first"
    )
    chat.add_argument(
        "--files", action="store_true", help="let lines of a pipe name files of this machine"
    )
    chat.add_argument("--json", action="store_true", help="each reply as one JSON object a line")
    chat.add_argument("lines", nargs="*", metavar="LINE", help='such as "/review Her"')
    _add_own_files(commands, speaking)
    commands.add_parser("tour", parents=[common], help=_TOUR, description=_TOUR)
    add_catalogue(commands, [common], _folder)
    add_hosting(commands, [common], _folder)
    return parser


def _add_own_files(commands: "argparse._SubParsersAction[_Parser]", speaking: _Parser) -> None:
    """Add the commands for a member's files."""
    bring = commands.add_parser("import", parents=[speaking], help=_BRING, description=_BRING)
    bring.add_argument("file", metavar="FILE", type=_folder)
    bring.add_argument(
        "--columns",
        metavar="COLUMNS",
        default="",
        help="of a table of your own: title=Filme, rating=Nota",
    )
    bring.add_argument("--yes", action="store_true", help="import what is ready without a question")
    take = commands.add_parser("export", parents=[speaking], help=_TAKE, description=_TAKE)
    take.add_argument("file", metavar="FOLDER", type=_folder)
    for each in (bring, take):
        each.add_argument(
            "--club", metavar="NAME", type=_club, default="demo", help="which club (demo)"
        )


class _Version(argparse.Action):
    """Option that reads the version only when asked: the metadata is slow to read."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - see above

        try:
            number = version("matinee")
        except PackageNotFoundError:
            number = "(not installed, run from its source)"
        sys.stdout.write(f"matinee {number}\n")
        parser.exit()


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _folder(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError("name a folder or file")
    return expanded(text)


def _shards(text: str) -> Shards:
    try:
        return read_shards(text, "--shards")
    except SettingsError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _member(text: str) -> str:
    return _name(text, "member")


def _club(text: str) -> str:
    return _name(text, "club")


def _name(text: str, what: str) -> str:
    try:
        return check_name(text, what)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _settings(options: argparse.Namespace) -> Settings:
    """Read the settings; those of the command line win."""
    settings = read_settings(os.environ, Path(".env"))
    if "data" in options:
        settings = replace(settings, data_dir=options.data)
    if "database" in options:
        settings = replace(settings, database_url=Secret(options.database))
    for option, name in (("only", "only"), ("shards", "discord_shards")):
        if getattr(options, option, None) is not None:
            settings = replace(settings, **{name: getattr(options, option)})
    return settings


def _set_up_streams(settings: Settings) -> None:
    set_up_logs(settings.log_level, settings.log_format, settings.secrets, OURS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", newline="\n")


def _guarded(options: argparse.Namespace, settings: Settings) -> int:
    """Run the command; report an error in one line, and return the exit code."""
    from bot.domain.errors import StoreError, UserError  # noqa: PLC0415 - not needed for --help

    try:
        asyncio.run(_work(options, settings))
    except (StoreError, UserError, SettingsError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _fail(f"{error.strerror or error}{where}")
    except KeyboardInterrupt:
        return INTERRUPTED
    except CutOff as cut:
        return cut.code
    except asyncio.CancelledError:  # stopped by SIGTERM
        return 0
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody at a terminal
        frames = "".join(traceback.format_tb(error.__traceback__))
        logging.getLogger("adapters.cli.main").debug("%s at\n%s", type(error).__name__, frames)
        return _fail(
            f"something went wrong inside ({type(error).__name__}). "
            "MATINEE_LOG_LEVEL=debug shows where."
        )
    return 0


def _fail(text: str) -> int:
    sys.stderr.write(f"matinee: {text}\n")
    return FAILED


async def _work(options: argparse.Namespace, settings: Settings) -> None:
    if options.command in SERVING:
        _cancel_at_sigterm()
        await _serve(options, settings)
    else:
        await until_cut_off(_carry_out(options, settings))


async def _carry_out(options: argparse.Namespace, settings: Settings) -> None:
    """Run a command that ends by itself."""
    if options.command == "catalogue":
        from adapters.cli import catalogue  # noqa: PLC0415 - heavy, and not for --help

        await catalogue.run(options, settings)
        return
    if options.command == "healthy":
        from adapters.cli.healthy import check_heartbeat  # noqa: PLC0415 - likewise

        sys.stdout.write(check_heartbeat(settings))
        return
    if options.command in HOSTING:
        from adapters.cli import hosting  # noqa: PLC0415 - likewise

        await hosting.run(options, settings)
        return
    await _own_files(options, settings)


async def _serve(options: argparse.Namespace, settings: Settings) -> None:
    """Run a command that talks until it is stopped."""
    from adapters.console import main as console  # noqa: PLC0415 - heavy, and not for --help

    match options.command:
        case "chat":
            await console.chat(
                settings,
                console.ChatOptions(
                    member=options.member,
                    club=options.club,
                    lines=tuple(options.lines),
                    as_json=options.json,
                    with_demo=options.demo,
                    reads_files=options.files,
                ),
                options.now,
            )
        case "tour":
            await console.tour(settings, options.now)
        case _:
            await console.run(settings, getattr(options, "member", "ana"), options.now)


async def _own_files(options: argparse.Namespace, settings: Settings) -> None:
    from adapters.console import own_files  # noqa: PLC0415 - heavy, and not for --help

    own = own_files.OwnFiles(options.member, options.club, options.file)
    if options.command == "export":
        await own_files.take_along(settings, own, options.now)
        return
    own = replace(own, columns=options.columns, sure=options.yes)
    await own_files.bring(settings, own, options.now)


def _cancel_at_sigterm() -> None:
    """Cancel the main task at SIGTERM, so that leases and the terminal are released."""
    task = asyncio.current_task()
    if task is not None:
        with suppress(NotImplementedError):  # not on every platform
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


if __name__ == "__main__":
    sys.exit(main())
