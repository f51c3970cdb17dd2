"""`matinee clubs`: which there are, a whole one taken along, and put back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from adapters.cli.opening import opened
from adapters.console.ids import check_name
from adapters.runtime.settings.settings import Settings
from bot.domain.clubs.club import Club
from bot.domain.errors import UserError
from bot.domain.ids import ClubId
from bot.domain.words.text import one_line, printable
from bot.maintenance.periodic import GRACE
from bot.messages.phrases import counted
from bot.transfer.club_file import club_from_text, club_to_text
from bot.transfer.whole_club import gathered, put_back

Say = Callable[[str], None]


async def list_clubs(settings: Settings, now: datetime, say: Say) -> None:
    """Print each club with its members and reviews, and when one that Matinee has left is erased."""
    async with opened(settings) as store:
        for club_id in await store.clubs():
            async with store.reading(club_id) as work:
                club = await work.clubs.get()
                members = len(await work.members.all())
            name = one_line(printable(club.name), 40)
            left = f"; {_left(club.left_at, now)}" if club.left_at else ""
            say(f"{club_id}  {name}: {counted(members, 'member')}{left}\n")


def _left(left_at: datetime, now: datetime) -> str:
    days = max(0, (left_at + GRACE - now) // timedelta(days=1))
    return f"Matinee was removed; everything is erased in {counted(days, 'day')}"


async def export_club(settings: Settings, club: str, target: Path, now: datetime, say: Say) -> None:
    """Write a whole club into a new file: private things, too. UserError where there is no such club."""
    async with opened(settings) as store:
        club_id = _named(club)
        if club_id not in await store.clubs():
            raise UserError(
                f"there is no club {printable(club)[:60]!r}; matinee clubs list names all"
            )
        async with store.reading(club_id) as work:
            file = await gathered(work)
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(club_to_text(file, now))
    except FileExistsError as error:
        raise UserError(f"{target} exists already; name a new file") from error
    say(
        f"Saved {target}: {counted(len(file.reviews), 'review')} of "
        f"{counted(len(file.members), 'member')}. Private reviews, marks and ballots are in it: "
        "keep it as you keep the database.\n"
    )


async def import_club(settings: Settings, source: Path, club: str, say: Say) -> None:
    """Put a whole club back where nobody has said anything yet. UserError otherwise."""
    file = club_from_text(await asyncio.to_thread(source.read_text, "utf-8", "replace"))
    async with opened(settings) as store:
        club_id = _named(club) if club else file.club.club_id
        async with store.writing(club_id) as work:
            if (await work.clubs.get()) == Club(club_id) and ":" not in club:
                await work.clubs.save(replace(Club(club_id), name=club or file.club.name))
            done = await put_back(file, work)
    say(f"Put back {counted(done.reviews, 'review')} of {counted(done.members, 'member')}.\n")
    if not file.whole:
        say("The file holds what all members could read; private things were never in it.\n")
    if done.left_out:
        say(
            f"Left out, as they belong to another platform: {counted(done.left_out, 'reminder or night')}.\n"
        )


def _named(club: str) -> ClubId:
    """Return the id of a club: as given, or a terminal's by its name. UserError."""
    if ":" in club:
        return ClubId(club)
    try:
        return ClubId(f"console:{check_name(club, 'club')}")
    except ValueError as error:
        raise UserError(str(error)) from error
