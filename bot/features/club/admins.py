"""Members who run a club, named by those who run the workspace."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.clubs.club import Member
from bot.features.club.commands import ClubAdminsCommand
from bot.messages.phrases import joined, said
from bot.messages.replies import Form, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.members import member_named


async def admins_of(work: UnitOfWork) -> Sequence[Member]:
    """Return the members who were named to run the club, by name."""
    return [each for each in await work.members.all() if each.admin]


async def club_admins(command: ClubAdminsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Let exactly these members run the club."""
    named = [await member_named(each, context, work) for each in command.members]
    ids = {each.member_id for each in named}
    for former in await admins_of(work):
        if former.member_id not in ids:
            await work.members.save(replace(former, admin=False))
    for each in named:
        if not each.admin:
            await work.members.save(replace(each, admin=True))
    if not named:
        return said("Only those who run the workspace run this club now.")
    who = joined([each.name for each in named])
    runs = "runs" if len(named) == 1 else "run"
    return said(f"{who} {runs} this club now, beside those who run the workspace.")


async def present_admins(form: Form, _: Context, work: UnitOfWork) -> Form:
    """Fill the form with those who run the club now."""
    named = tuple(each.member_id for each in await admins_of(work))
    command = form.command
    if not isinstance(command, ClubAdminsCommand) or command.members:
        return form
    return replace(form, command=replace(command, members=named))
