"""Commands `matinee import` and `matinee export`: a member's files, without a chat."""

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from adapters.chat.text_files import AttachmentError
from adapters.cli.progress import showing_progress
from adapters.console.ids import caller_of
from adapters.console.input.attachments import read_attached
from adapters.console.main import open_console, plain_output
from adapters.console.output.files import save_documents
from adapters.runtime.process.clock import MachineClock, RandomIds
from adapters.runtime.settings.settings import Settings
from bot.domain.errors import UserError
from bot.features.privacy.commands import ExportCommand
from bot.features.transfer.commands import ImportCommand, SaveImportCommand
from bot.messages.replies import Action, Actions, Button, Choice, Reply
from bot.messages.requests import Request
from bot.service import Bot


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Whose files, in which club; `file`: the file to bring in, or the folder for those to take along.

    `sure`: whether what is ready is imported without a question.
    """

    member: str
    club: str
    file: Path
    columns: str = ""
    sure: bool = False


async def bring(settings: Settings, own: OwnFiles, now: datetime | None) -> None:
    """Show what a file would bring, and import it. Raises UserError."""
    try:
        received = read_attached(own.file)
    except AttachmentError as error:
        raise UserError(str(error)) from error
    if received.data is None:
        raise UserError(
            f"{own.file} is no file of films. Name the .zip, .csv or .json that a service gives you."
        )
    output, clock, ids = plain_output(), MachineClock(now), RandomIds()
    async with open_console(settings, own.club, output, clock, ids) as console:
        bot, caller = console.app.bot, caller_of(own.club, own.member)
        command = ImportCommand(received.name, columns=own.columns)
        request = Request(
            f"console:{ids.new()}", caller, command, None, received.name, received.data
        )
        preview = await _with_bar(bot, request, "Reading")
        output.reply(own.member, preview)
        if any(isinstance(each, Choice) for each in _actions(preview)):
            sys.stdout.write(
                "What it asks is left out here; to answer, bring the file in with matinee chat.\n"
            )
        save = _save_of(preview)
        if save is None:
            return
        if not own.sure and not _agreed(save.label):
            sys.stdout.write("Nothing was saved. With --yes, what is ready is imported.\n")
            return
        request = Request(f"console:{ids.new()}", caller, save.command)
        output.reply(own.member, await _with_bar(bot, request, "Importing"))


async def take_along(settings: Settings, own: OwnFiles, now: datetime | None) -> None:
    """Write all that a member has said in a club into a folder. Raises UserError."""
    output, ids = plain_output(), RandomIds()
    async with open_console(settings, own.club, output, MachineClock(now), ids) as console:
        caller = caller_of(own.club, own.member)
        reply = await console.app.bot.handle(
            Request(f"console:{ids.new()}", caller, ExportCommand())
        )
        output.reply(own.member, reply)
        for line in save_documents(reply, own.file):
            sys.stdout.write(f"{line}\n")


def _save_of(preview: Reply) -> Button | None:
    """Return the button of a preview that imports what is ready."""
    return next(
        (
            each
            for each in _actions(preview)
            if isinstance(each, Button) and isinstance(each.command, SaveImportCommand)
        ),
        None,
    )


def _actions(reply: Reply) -> list[Action]:
    found: list[Action] = []
    for block in reply.blocks:
        if isinstance(block, Actions):
            found += block.actions
    return found


def _agreed(label: str) -> bool:
    """Ask at a terminal; nobody is there to be asked elsewhere."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    sys.stdout.write(f"{label}? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


async def _with_bar(bot: Bot, request: Request, step: str) -> Reply:
    """Send a request, and show on a terminal how far it is."""
    with showing_progress() as show:

        async def progress(done: int, total: int) -> None:
            show(step, done, total)

        return await bot.handle(replace(request, progress=progress))
