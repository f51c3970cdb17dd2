"""The host joins two films of the catalogue: every club's data goes along, and back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.importing.films import import_films
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId
from bot.features.merging.catalogue_join import join_films, part_film
from tests.support import Room, items, text

TWICE, STAYS = FilmId("all-of-us-strangers-2023-2"), FilmId("all-of-us-strangers-2023")
ANA = MemberId("test:ana")
TWIN = Film(
    TWICE, "All of Us, Strangers", 2024, other_titles=("Sans jamais nous connaître",), imdb_id="tt21192142",
    popularity=77, source="movielens:9",
)  # fmt: skip


@pytest.fixture
async def twice(room: Room) -> Room:
    """A club that reviewed the film that stands twice, and marked it."""
    await room.store.catalogue.put([TWIN], source="test", digest="1")
    room.bot.films.add_films([TWIN])
    await room.say("ana", f"/review id:{TWICE} 4/5 A tower, and a ghost or two.")
    await room.say("cleo", f"/watchlist add id:{TWICE}")
    return room


async def _join(room: Room, film_id: FilmId = TWICE, other: FilmId = STAYS) -> int:
    done = await join_films(film_id, other, room.store, room.ids, room.clock.now())
    return done.clubs


async def _films(room: Room) -> dict[FilmId, Film]:
    return await room.store.catalogue.many([TWICE, STAYS])


async def _reviewed(room: Room) -> FilmId | None:
    async with room.store.reading(room.caller("ana").club_id) as work:
        return next((each.film_id for each in await work.reviews.of_member(ANA)), None)


async def test_what_each_club_said_goes_along_and_comes_back(twice: Room) -> None:
    other = twice.other("test:elsewhere")
    await other.say("ana", f"/review id:{TWICE} 2/5 Not for me.")
    await twice.other("test:quiet").say("eve", "/review Moonlight 5/5")
    assert await _join(twice) == 2
    for club, said in ((twice, "A tower, and a ghost or two."), (other, "Not for me.")):
        assert await _reviewed(club) == STAYS
        assert said in text(await club.say("dev", f"/review id:{STAYS}"))
    assert [each.year for each in items(await twice.say("cleo", "/watchlist"))] == [2023]
    # What was typed with the old id, or lies on an old button, means the film that stays.
    await twice.say("ben", f"/review id:{TWICE} 3/5 Fine.")
    assert "from 2 ratings" in text(await twice.say("dev", f"/review id:{STAYS}"))

    done = await part_film(TWICE, twice.store, twice.ids, twice.clock.now())
    assert done.clubs == 2
    assert await _reviewed(twice) == await _reviewed(other) == TWICE
    assert [each.year for each in items(await twice.say("cleo", "/watchlist"))] == [2024]


async def test_the_film_that_stays_gains_what_it_lacks_and_gives_it_back(twice: Room) -> None:
    before = await _films(twice)
    await _join(twice)
    films = await _films(twice)
    assert films[TWICE].stands_for == STAYS
    assert films[STAYS].popularity == TWIN.popularity
    assert films[STAYS].logline == before[STAYS].logline
    await part_film(TWICE, twice.store, twice.ids, twice.clock.now())
    assert await _films(twice) == before
    with pytest.raises(NotFound, match="joined with no other"):
        await part_film(TWICE, twice.store, twice.ids, twice.clock.now())


async def test_a_fact_that_was_changed_since_stays_when_they_part(twice: Room) -> None:
    await _join(twice)
    films = await _films(twice)
    await twice.store.catalogue.put(
        [replace(films[STAYS], popularity=99)], source="test", digest="2"
    )
    await part_film(TWICE, twice.store, twice.ids, twice.clock.now())
    assert (await _films(twice))[STAYS].popularity == 99


async def test_an_import_finds_the_film_that_stays(twice: Room, tmp_path: Path) -> None:
    await _join(twice)
    entry = {"title": TWIN.title, "year": TWIN.year, "cast": ["Paul Mescal"], "genres": ["Drama"]}
    entry["extract"] = "It is a 2024 film directed by Andrew Haigh."
    path = tmp_path / "films.json"
    path.write_text(json.dumps([entry]), "utf-8")
    report = await import_films(path, twice.store.catalogue, lambda *_: None)
    assert report.added == 0
    assert (await _films(twice))[TWICE] == replace(TWIN, stands_for=STAYS)


async def test_a_join_that_makes_no_sense_is_refused(twice: Room) -> None:
    with pytest.raises(UsageError, match="Both are the same film"):
        await _join(twice, STAYS, STAYS)
    await _join(twice)
    assert await _join(twice) == 1  # said again, it goes on and finds nothing new
    with pytest.raises(UsageError, match="is joined with another film itself"):
        await _join(twice, FilmId("moonlight-2016"), TWICE)
    with pytest.raises(UsageError, match="Part it first"):
        await _join(twice, TWICE, FilmId("moonlight-2016"))
