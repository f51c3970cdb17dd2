"""Export of a whole club for its admins: what all of its members may read."""

import asyncio

from bot.domain.errors import NotAllowed
from bot.features.privacy.commands import CLUB, ExportCommand
from bot.messages.phrases import counted
from bot.messages.replies import Document, Paragraph, Reply
from bot.messages.requests import Role
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.club_file import club_to_text
from bot.transfer.whole_club import read_by_all

JSON = "application/json"


async def export_club(context: Context, work: UnitOfWork) -> Reply:
    """Hand an admin the club as all of its members may read it. NotAllowed for anybody else."""
    if Role.ADMIN not in context.caller.roles:
        raise NotAllowed(
            Usage(ExportCommand(CLUB)),
            " is for those who run this club. What is yours alone you take along with ",
            Usage(ExportCommand()),
            ".",
        )
    file = await read_by_all(work)
    # In a thread: years of reviews take seconds, in which others are answered.
    written = await asyncio.to_thread(club_to_text, file, context.now)
    document = Document("club.json", JSON, written)
    told = (
        f"The club as all of its members may read it: {counted(len(file.reviews), 'review')} of "
        f"{counted(len(file.members), 'member')}, {counted(len(file.nights), 'film night')}, and its settings."
    )
    spans = (
        Plain(f"{told} What members keep private is not in it; each takes their own along with "),
        Usage(ExportCommand()),
        Plain("."),
    )
    more = Plain("Whoever runs a Matinee can put it back into a new club, from a command line.")
    blocks = (Paragraph(spans), Paragraph((more,)), document)
    return Reply(blocks, told, Visibility.ONLY_YOU)
