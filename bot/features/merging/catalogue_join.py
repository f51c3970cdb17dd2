"""Join of two films of the shared catalogue by the host, in every club, and its undo.

The joined film stays, and stands for the other one; a mark in the catalogue keeps what was filled in
and what was moved in each club.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from bot.catalogue.importing.matching.merging import merged
from bot.delivery.planning import PlanningContext
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId
from bot.features.merging.film_merge import Moved, move, put_back
from bot.ports.clock import Ids
from bot.ports.store import Store

_NOTHING = Moved()


@dataclass(frozen=True, slots=True)
class HostJoin:
    """Films that were joined or parted, and the clubs in which data went along."""

    film: Film
    other: Film
    clubs: int


async def join_films(
    film_id: FilmId, other_id: FilmId, store: Store, ids: Ids, now: datetime
) -> HostJoin:
    """Join a film with another one. Said again after an interruption, it goes on.

    Raises NotFound, UsageError.
    """
    film, other = await _both(film_id, other_id, store)
    if film.stands_for is None:
        together = merged(other, film)
        filled = {
            each.name: [getattr(other, each.name), getattr(together, each.name)]
            for each in fields(Film)
            if getattr(other, each.name) != getattr(together, each.name)
        }
        record: dict[str, Any] = {"filled": filled, "clubs": {}}
        joined = replace(film, stands_for=other_id)
        await _put([joined, together], film_id, record, store)
    record = await _record(film_id, store)
    for club_id in await store.clubs():
        async with store.writing(club_id) as work:
            planning = PlanningContext(work, await work.clubs.get(), ids, now)
            moved = await move(film_id, other_id, planning)
        if moved != _NOTHING:
            record["clubs"].setdefault(club_id, []).append(asdict(moved))
            await _put([], film_id, record, store)
    return HostJoin(film, other, len(record["clubs"]))


async def part_film(film_id: FilmId, store: Store, ids: Ids, now: datetime) -> HostJoin:
    """Undo a join. Raises NotFound."""
    film = (await store.catalogue.many([film_id])).get(film_id)
    if film is None or film.stands_for is None:
        raise NotFound("That film is joined with no other one.")
    other = (await store.catalogue.many([film.stands_for]))[film.stands_for]
    record = await _record(film_id, store)
    alone = replace(other, **_taken_back(other, record["filled"]))
    clubs: Mapping[ClubId, list[dict[str, Any]]] = record["clubs"]
    for club_id, every in clubs.items():
        async with store.writing(club_id) as work:
            planning = PlanningContext(work, await work.clubs.get(), ids, now)
            for moved in reversed(every):
                await put_back(_moved(moved), film_id, planning)
    await store.catalogue.put(
        [replace(film, stands_for=None), alone], source=_mark(film_id), digest=""
    )
    return HostJoin(film, other, len(clubs))


async def _both(film_id: FilmId, other_id: FilmId, store: Store) -> tuple[Film, Film]:
    films = await store.catalogue.many([film_id, other_id])
    film, other = films[film_id], films[other_id]
    if film_id == other_id:
        raise UsageError("Both are the same film. Name the one to go, then the one to stay.")
    if other.stands_for:
        raise UsageError(f"{other.label} is joined with another film itself. Name that one.")
    if film.stands_for not in {None, other_id}:
        raise UsageError(f"{film.label} is joined with another film. Part it first.")
    return film, other


async def _put(
    films: list[Film], film_id: FilmId, record: Mapping[str, object], store: Store
) -> None:
    await store.catalogue.put(films, source=_mark(film_id), digest=json.dumps(record))


async def _record(film_id: FilmId, store: Store) -> dict[str, Any]:
    mark = await store.catalogue.loaded(_mark(film_id))
    record: dict[str, Any] = json.loads(mark or '{"filled": {}, "clubs": {}}')
    return record


def _mark(film_id: FilmId) -> str:
    return f"joined:{film_id}"


def _taken_back(film: Film, filled: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return the former values of fields that are still as the join filled them."""
    return {
        name: _value(former)
        for name, (former, then) in filled.items()
        if getattr(film, name) == _value(then)
    }


def _value(stored: Any) -> Any:  # noqa: ANN401 - any field of a film, as JSON keeps it
    return tuple(stored) if isinstance(stored, list) else stored


def _moved(stored: Mapping[str, Any]) -> Moved:
    return Moved(**{name: _value(value) for name, value in stored.items()})
