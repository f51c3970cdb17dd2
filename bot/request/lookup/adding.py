"""Films that the catalogue lacks, added by a member for their club alone."""

import re
from dataclasses import replace

from bot.catalogue.titles.normalise import normalise
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.text import one_line, printable
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.commands import AddFilmCommand

ADDED = "added by "
"""Prefix of the source of a club's own film."""

FIRST_YEAR, LAST_YEAR = 1874, 2100
LONGEST_TITLE, LONGEST_LINE = 200, 600


async def save_film(command: AddFilmCommand, context: Context, work: UnitOfWork) -> Film:
    """Add the film, or correct one of the club's own; UsageError says what is missing."""
    title = one_line(printable(command.title).strip('"“”„«» '), LONGEST_TITLE)
    if not title:
        raise UsageError("A film needs a title. Give at least title and year.")
    if command.year is not None and not FIRST_YEAR <= command.year <= LAST_YEAR:
        raise UsageError(f"{command.year} is no year of a film. Leave it out if you don't know it.")
    former = await _former(command, work)
    film = replace(
        former or Film(await _free_id(title, command.year, work), title),
        title=title,
        year=command.year,
        directors=tuple(
            name.strip() for name in printable(command.director).split(",") if name.strip()
        ),
        logline=one_line(printable(command.line), LONGEST_LINE),
        source=f"{ADDED}{context.member.name}",
        club_id=context.club.club_id,
    )
    await work.films.save(film)
    return film


def is_own(film: Film) -> bool:
    """Tell whether a club has added this film itself."""
    return film.source.startswith(ADDED)


async def _former(command: AddFilmCommand, work: UnitOfWork) -> Film | None:
    if command.film_id is None:
        return None
    film = await work.films.get(command.film_id)
    if film is None or not is_own(film):
        raise NotFound("Only films that your club has added itself can be corrected.")
    return film


async def _free_id(title: str, year: int | None, work: UnitOfWork) -> FilmId:
    """Return a new film id made of title and year."""
    slug = re.sub(r"[^a-z0-9]+", "-", normalise(title)).strip("-")[:40] or "film"
    name = f"{slug}-{year}" if year else slug
    for number in range(1, 1_000):
        film_id = FilmId(f"own-{name}" if number == 1 else f"own-{name}-{number}")
        if await work.films.get(film_id) is None:
            return film_id
    raise UsageError("Your club has a thousand films of that title. Find one of them instead.")
