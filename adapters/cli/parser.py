"""Parser of the command line: commands, options, and what their values have to be.

It imports only what the help needs, so that this is shown at once.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from adapters.cli.catalogue.options import add_catalogue
from adapters.cli.hosting.options import add_hosting, shards
from adapters.console.ids import check_name
from adapters.runtime.process.clock import parse_instant
from adapters.runtime.settings.environment import expanded
from adapters.runtime.settings.settings import ONLY

USAGE_ERROR = 2

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


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
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
        help="one of several processes: a platform, deliveries, or the pages alone (MATINEE_ONLY)",
    )
    running.add_argument(
        "--shards",
        metavar="FIRST-LAST/ALL",
        type=shards,
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


def _member(text: str) -> str:
    return _name(text, "member")


def _club(text: str) -> str:
    return _name(text, "club")


def _name(text: str, what: str) -> str:
    try:
        return check_name(text, what)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
