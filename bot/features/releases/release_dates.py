"""Release dates that a club notes for itself."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.delivery.planning import PlanningContext, replan
from bot.domain.errors import NotFound
from bot.domain.films import Release, first_release
from bot.features.releases.commands import AddReleaseCommand, RemindCommand
from bot.lookup.films import reference
from bot.messages.phrases import release_line, said, titled
from bot.messages.plain_text import long_day
from bot.messages.replies import Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def add_release(command: AddReleaseCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store a release date for this club alone, over the known one, and re-plan reminders."""
    film = await work.films.get(command.film_id)
    if film is None:
        raise NotFound("That film is not in the catalogue any more.")
    region, kind = command.region, command.kind
    former = first_release(film, region, kind)
    release = Release(region, kind, command.day, source=context.member.name)
    if former is None or former.day != release.day:
        others = [each for each in film.releases if (each.region, each.kind) != (region, kind)]
        noted = (*others, release)
        await work.films.save(replace(film, club_id=context.club.club_id, releases=noted))
        planning = PlanningContext(work, context.club, context.ids, context.now)
        await replan(planning, film_id=film.film_id)
    buttons = []
    if command.day > context.now.astimezone(ZoneInfo(context.zone)).date():
        buttons.append(Button("Remind me", RemindCommand(reference(film), kind, region)))
    if former and former.day != release.day:
        back = replace(command, day=former.day)
        buttons.append(Button(f"Put back {long_day(former.day)}", back))
    return said(
        "Noted for this club: ", titled(film), ", ", *release_line(release), ".", actions=buttons
    )
