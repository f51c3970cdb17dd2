"""Commands for hosts: deliveries, backup, restore, doctor, evaluate, and platform set-up."""

import argparse
import sys
from datetime import datetime

from adapters.cli.hosting import deliveries, doctor
from adapters.cli.hosting.backup import check_backup, make_backup, put_back
from adapters.runtime.process.clock import MachineClock
from adapters.runtime.settings.settings import Settings
from bot.domain.deliveries import DeliveryState
from bot.domain.errors import UserError


async def run(options: argparse.Namespace, settings: Settings) -> None:
    """Run the command that the options name."""
    now = MachineClock(options.now).now()
    match options.command:
        case "deliveries":
            await _deliveries(options, settings, now)
        case "backup" | "restore" | "move" | "upgrade":
            await _database(options, settings, now)
        case "discord":
            from adapters.discord.host.invitation import find_invitation  # noqa: PLC0415 - slow to load

            _say(f"{await find_invitation(settings)}\n")
        case "slack":
            from adapters.cli.hosting import slack  # noqa: PLC0415 - only for this

            await slack.run(options, settings, _say)
        case "evaluate":
            from adapters.cli.hosting import evaluate as evaluation  # noqa: PLC0415 - the recommender is slow to load

            await evaluation.run(options)
        case "clubs":
            await _clubs(options, settings, now)
        case "doctor":
            if not await doctor.examine_all(settings, now, _say):
                raise UserError("not all is well; each line marked BAD says what to do")


async def _database(options: argparse.Namespace, settings: Settings, now: datetime) -> None:
    match options.command:
        case "backup":
            make_backup(settings, options.file, _say)
        case "restore" if options.check:
            check_backup(options.file, _say)
        case "restore":
            await put_back(settings, options.file, now, _say)
        case "move":
            from adapters.cli.hosting.move import move_database  # noqa: PLC0415 - only for this

            await move_database(settings, options.to, _say)
        case "upgrade":
            from adapters.cli.hosting.upgrade import upgrade  # noqa: PLC0415 - only for this

            await upgrade(settings, _say, check=options.check)


async def _clubs(options: argparse.Namespace, settings: Settings, now: datetime) -> None:
    from adapters.cli.hosting import clubs  # noqa: PLC0415 - only for this

    match options.what:
        case "list":
            await clubs.list_clubs(settings, now, _say)
        case "export":
            await clubs.export_club(settings, options.club, options.file, now, _say)
        case "import":
            await clubs.import_club(settings, options.file, options.club, _say)


async def _deliveries(options: argparse.Namespace, settings: Settings, now: datetime) -> None:
    match options.what:
        case "list":
            states = [DeliveryState(each) for each in options.state or ()]
            await deliveries.list_deliveries(settings, states, _say, as_json=options.json)
        case "retry":
            await deliveries.retry(settings, options.ids, now, _say)
        case "drop":
            await deliveries.drop(settings, options.ids, now, _say)


def _say(text: str) -> None:
    sys.stdout.write(text)
