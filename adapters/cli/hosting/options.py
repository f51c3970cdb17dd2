"""Options of the commands for hosts; light to import, since every start reads them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import ONLY, read_shards
from bot.domain.connections import Shards

_LONGEST_URL = 2_000

HOSTING = (
    "deliveries",
    "backup",
    "restore",
    "move",
    "upgrade",
    "clubs",
    "doctor",
    "evaluate",
    "discord",
    "slack",
)

_STATES = ("planned", "claimed", "uncertain", "sent", "dead", "cancelled")
_DELIVERIES = "see what is waiting, in doubt or given up, and decide about it"
_BACKUP = "copy the database to a new file, while it is in use, and look through the copy"
_RESTORE = "put a backup in the database's place; the former one is kept beside it"
_MOVE = "copy everything to another database, such as PostgreSQL, and compare both"
_MOVE_MORE = """\
Stop Matinee first. URL is postgresql://user:password@host/database or sqlite:///path, and must be
empty. A move that was cut off goes on where it stopped. Back again: matinee --database URL move --to ...
"""
_UPGRADE = "bring the database's tables to this version; a start does so, too"
_HEALTHY = "say whether the process that serves this data folder is alive, for containers"
_CLUBS = "list the clubs, take a whole one along, put it back"
_DOCTOR = "look at the data folder, the database, the index, the deliveries and the platforms"
_DISCORD = "what a host needs for Discord"
_INVITE = "print the link that installs Matinee in a server, with the least rights it needs"
_SLACK = "what Slack needs to know of Matinee"
_MANIFEST = "print the app manifest: paste it at https://api.slack.com/apps?new_app=1"
_KEY = "print a new key for MATINEE_SECRET_KEY, which seals the tokens of workspaces"
_FORGET = "delete the installations that MATINEE_SECRET_KEY does not open: their key is lost"
_EVALUATE = "measure picks on your own data, beside other ways to pick"
_EVALUATE_MORE = """\
FOLDER is Matinee's data folder (each of its clubs is measured), or a folder with a MovieLens
set in it or right below it, best with Wikipedia film lists beside it. Nothing in it is changed.
"""


def _https(text: str) -> str:
    """Check the address under which Slack reaches Matinee: Slack takes https alone."""
    parts = urlsplit(text)
    if text and (parts.scheme != "https" or not parts.hostname or len(text) > _LONGEST_URL):
        raise argparse.ArgumentTypeError(
            f"{text[:60]!r} is no address for Slack, which takes https alone: "
            "https://club.example/slack/events"
        )
    return text


def add_hosting(
    commands: "argparse._SubParsersAction[Any]",
    parents: Sequence[argparse.ArgumentParser],
    path: Callable[[str], Path],
) -> None:
    """Add the commands to the parser; `path` converts a file's name."""
    shared = list(parents)
    deliveries = commands.add_parser(
        "deliveries", parents=shared, help=_DELIVERIES, description=_DELIVERIES
    )
    what = deliveries.add_subparsers(metavar="WHAT", dest="what", required=True)
    listing = what.add_parser("list", parents=shared, help="show them, without their words")
    listing.add_argument(
        "--state", action="append", choices=_STATES, help="only these (else all unfinished or dead)"
    )
    listing.add_argument("--json", action="store_true", help="each as one JSON object a line")
    retry = what.add_parser("retry", parents=shared, help="try dead ones again now")
    drop = what.add_parser("drop", parents=shared, help="give up planned, uncertain or dead ones")
    for each in (retry, drop):
        each.add_argument("ids", nargs="*", metavar="ID", help="which (else all dead ones)")
    backup = commands.add_parser("backup", parents=shared, help=_BACKUP, description=_BACKUP)
    backup.add_argument("file", type=path, metavar="FILE")
    restore = commands.add_parser("restore", parents=shared, help=_RESTORE, description=_RESTORE)
    restore.add_argument("--check", action="store_true", help="only look whether it is sound")
    restore.add_argument("file", type=path, metavar="FILE")
    moving = commands.add_parser(
        "move",
        parents=shared,
        help=_MOVE,
        description=_MOVE,
        epilog=_MOVE_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    moving.add_argument("--to", metavar="URL", required=True, help="the database to move to")
    upgrading = commands.add_parser("upgrade", parents=shared, help=_UPGRADE, description=_UPGRADE)
    upgrading.add_argument("--check", action="store_true", help="only print what would be done")
    healthy = commands.add_parser("healthy", parents=shared, help=_HEALTHY, description=_HEALTHY)
    healthy.add_argument("--only", choices=ONLY, help="of the process that does this alone")
    healthy.add_argument(
        "--shards",
        metavar="FIRST-LAST/ALL",
        type=shards,
        help="of the one that has these, such as 0-3/8",
    )
    evaluate = commands.add_parser(
        "evaluate",
        parents=shared,
        help=_EVALUATE,
        description=_EVALUATE,
        epilog=_EVALUATE_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    evaluate.add_argument("folder", type=path, metavar="FOLDER")
    clubs = commands.add_parser("clubs", parents=shared, help=_CLUBS, description=_CLUBS)
    done = clubs.add_subparsers(metavar="WHAT", dest="what", required=True)
    done.add_parser("list", parents=shared, help="name each, and what becomes of those that left")
    taking = done.add_parser("export", parents=shared, help="write everything of one into a file")
    taking.add_argument("club", metavar="CLUB", help="its id, or a terminal club's name")
    taking.add_argument("file", type=path, metavar="FILE")
    putting = done.add_parser("import", parents=shared, help="put one back where nothing is yet")
    putting.add_argument("file", type=path, metavar="FILE")
    putting.add_argument("--club", metavar="CLUB", default="", help="into this one (else its own)")
    commands.add_parser("doctor", parents=shared, help=_DOCTOR, description=_DOCTOR)
    discord = commands.add_parser("discord", parents=shared, help=_DISCORD, description=_DISCORD)
    invited = discord.add_subparsers(metavar="WHAT", dest="what", required=True)
    invited.add_parser("invite", parents=shared, help=_INVITE, description=_INVITE)
    slack = commands.add_parser("slack", parents=shared, help=_SLACK, description=_SLACK)
    asked = slack.add_subparsers(metavar="WHAT", dest="what", required=True)
    manifest = asked.add_parser("manifest", parents=shared, help=_MANIFEST, description=_MANIFEST)
    manifest.add_argument(
        "--url",
        metavar="URL",
        type=_https,
        default="",
        help="where Slack reaches Matinee: HTTP, no Socket Mode",
    )
    asked.add_parser("key", parents=shared, help=_KEY, description=_KEY)
    asked.add_parser("forget", parents=shared, help=_FORGET, description=_FORGET)


def shards(text: str) -> Shards:
    """Read the value of `--shards`."""
    try:
        return read_shards(text, "--shards")
    except SettingsError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
