"""Release dates that a club notes for itself."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.planning import replan
from bot.domain.errors import UsageError
from bot.domain.films.film import Film, Release, ReleaseKind, first_release
from bot.domain.regions import region_code
from bot.features.releases.commands import AddReleaseCommand, ReleasesCommand, RemindCommand
from bot.language.grammar.time_words import read_time_words
from bot.messages.commands import Command
from bot.messages.phrases import release_line, release_place, said, titled
from bot.messages.plain_text import long_day
from bot.messages.replies import Button, Form, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import film_by_id, find, reference


async def note(command: ReleasesCommand, context: Context, work: UnitOfWork) -> Reply | Command:
    """Find the film of a day that a member knows, and go on with noting it; ask for what is missing."""
    region = region_code(command.region) if command.region else context.club.region
    kind = command.kind or ReleaseKind.CINEMA
    day = _day(command.on, context, region) if command.on else None
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    if day is not None:
        return AddReleaseCommand(found.film.film_id, region, kind, day)
    form = AddReleaseCommand(found.film.film_id, region, kind, context.today)
    where = release_place(region, kind)
    asked = ("On which day does ", titled(found.film), f" come out ({where})?")
    return said(*asked, actions=(Form("Note the day", form, ("day",)),))


def _day(typed: str, context: Context, region: str) -> date:
    """Read the day as it is typed; without a year, the coming one."""
    local = context.now.astimezone(ZoneInfo(context.zone)).replace(tzinfo=None)
    words = read_time_words(typed, local, region)
    if words is None or words.clock is not None:
        raise UsageError(f"I can't read the day “{typed[:60]}”. Say it so: 12 June, or 2026-06-12.")
    return words.day or (local + (words.wait or timedelta())).date()


async def add_release(command: AddReleaseCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store a release date for this club alone, over the known one, and re-plan reminders."""
    film = await film_by_id(command.film_id, work)
    region, kind = command.region, command.kind
    former = first_release(film, region, kind)
    if command.drop:
        await _save(film, command, None, context, work)
        return said("Taken back: ", titled(film), f" has no day ({release_place(region, kind)}).")
    release = Release(region, kind, command.day, source=context.member.name)
    if former is None or former.day != release.day:
        await _save(film, command, release, context, work)
    buttons = []
    if command.day > context.today:
        buttons.append(Button("Remind me", RemindCommand(reference(film), kind, region)))
    if former is None:
        buttons.append(Button("Take it back", replace(command, drop=True), settles=True))
    elif former.day != release.day:
        back = replace(command, day=former.day)
        buttons.append(Button(f"Put back {long_day(former.day)}", back, settles=True))
    return said(
        "Noted for this club: ", titled(film), ", ", *release_line(release), ".", actions=buttons
    )


async def _save(
    film: Film,
    command: AddReleaseCommand,
    release: Release | None,
    context: Context,
    work: UnitOfWork,
) -> None:
    """Save the film as the club's own, with this release in the place of what it had."""
    place = (command.region, command.kind)
    others = [each for each in film.releases if (each.region, each.kind) != place]
    noted = (*others, release) if release else tuple(others)
    await work.films.save(replace(film, club_id=context.club.club_id, releases=noted))
    planning = context.planning(work)
    await replan(planning, film_id=film.film_id)
