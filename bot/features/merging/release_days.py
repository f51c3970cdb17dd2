"""Release days that a club noted of its own film: taken along to the real one, and put back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.films.film import Film, Release
from bot.domain.ids import ClubId, FilmId
from bot.ports.store import UnitOfWork

_COPY = "copy"


async def take_days_along(
    own: Film, other: Film, club_id: ClubId, work: UnitOfWork
) -> tuple[str, ...]:
    """Note the days of a club's own film that the real one lacks; return them, one line each.

    The club gets a copy of a film that everybody sees; a first line says so, with the number of days
    that it had.
    """
    known = {(each.region, each.kind) for each in other.releases}
    noted = tuple(each for each in own.releases if (each.region, each.kind) not in known)
    if not noted:
        return ()
    await work.films.save(replace(other, club_id=club_id, releases=(*other.releases, *noted)))
    copied = (f"{_COPY} {len(other.releases)}",) if other.club_id is None else ()
    return (*copied, *map(_line, noted))


async def put_days_back(lines: Sequence[str], other: FilmId, work: UnitOfWork) -> None:
    """Take the days back; the club sees the film of everybody again, unless it has changed since."""
    film = await work.films.get(other)
    if film is None or not lines:
        return
    left = tuple(each for each in film.releases if _line(each) not in lines)
    if f"{_COPY} {len(left)}" in lines:
        await work.films.remove(other)
    else:
        await work.films.save(replace(film, releases=left))


def _line(release: Release) -> str:
    return f"{release.region} {release.kind} {release.day.isoformat()}"
