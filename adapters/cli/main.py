"""Command `matinee`: runs the module of the command that was given.

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
from pathlib import Path

from adapters.chat.font_files import FONTS
from adapters.cli.cut_off import CutOff, until_cut_off
from adapters.cli.hosting.options import HOSTING
from adapters.cli.parser import command_line
from adapters.runtime.process.logs import set_up_logs
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings, read_settings

FAILED = 1
INTERRUPTED = 130

SERVING = (None, "run", "chat", "tour")
"""Commands that a signal ends as it should; any other was cut off by it."""

OURS = ("adapters", "bot", "db", "recommender")

FEW_COLLECTIONS = (100_000, 20, 20)
"""Garbage collection thresholds: hardly anything loaded at the start is garbage, and looking for it
would take a fifth of that time."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = command_line()
    options = parser.parse_args(argv)
    if "now" not in options:
        options.now = None
    try:
        settings = _settings(options)
    except SettingsError as error:
        parser.error(str(error))
    if settings.fonts:
        os.environ[FONTS] = str(
            settings.fonts
        )  # may come from .env; where pictures are drawn, it is looked for here
    os.umask(0o077)  # whatever is written holds members' words, or may: it is its owner's alone
    _set_up_streams(settings)
    gc.set_threshold(*FEW_COLLECTIONS)
    return _guarded(options, settings)


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
        from adapters.cli.catalogue import films as catalogue  # noqa: PLC0415 - heavy, and not for --help

        await catalogue.run(options, settings)
        return
    if options.command == "healthy":
        from adapters.cli.hosting.healthy import check_heartbeat  # noqa: PLC0415 - likewise

        sys.stdout.write(check_heartbeat(settings))
        return
    if options.command in HOSTING:
        from adapters.cli.hosting import hosting  # noqa: PLC0415 - likewise

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
