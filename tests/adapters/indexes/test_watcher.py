"""Index watcher: a running process follows the catalogue, and goes on answering meanwhile."""

import asyncio
import gc
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.indexes import best_known
from adapters.indexes.catalogue_index import (
    INDEX,
    MOST_OVERLAID,
    TITLES,
    build_index,
    load_catalogue,
    load_snapshot,
    needs_rebuild,
    refreshed,
)
from adapters.indexes.titles_file import SavedFilms
from adapters.indexes.watcher import IndexWatcher
from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import FilmId
from bot.features.merging.catalogue_join import join_films, part_film
from bot.ports.store import Store
from bot.request.lookup.commands import AddFilmCommand
from bot.service import Bot
from db.engines.open import open_store
from recommender import Query, recommend
from tests.conftest import put_catalogue
from tests.support import CountingIds, HandClock, Mailbox, Room, items, text

ZEBRA = Film(
    FilmId("zebra-2020"),
    "The Zebra Ledger",
    2020,
    directors=("Ida Quill",),
    themes=("zebras", "drowned libraries"),
    logline="A zebra and a clerk cross a flooded plain to find the last drowned library.",
    source="tmdb",
)


def _herd(count: int) -> list[Film]:
    return [
        replace(ZEBRA, film_id=FilmId(f"herd-{number}"), title=f"Herd Number {number}")
        for number in range(count)
    ]


async def _put(store: Store, *films: Film) -> None:
    await store.catalogue.put(films, source="elsewhere", digest=repr(len(films)))


REVIEWED = {"weekend-2011", "her-2013", "carol-2015", "aftersun-2022"}
"""Films that the clubs of these tests review."""


@pytest.fixture(scope="module")
def few(starter: tuple[Film, ...]) -> tuple[Film, ...]:
    """Films enough to tell apart: an index of a tenth of the catalogue is made in half a second."""
    return tuple(film for n, film in enumerate(starter) if n % 10 == 0 or film.film_id in REVIEWED)


@pytest.fixture(scope="module")
def small(few: tuple[Film, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder with a catalogue of few films, and their indexes."""
    folder = tmp_path_factory.mktemp("small")

    async def make() -> None:
        await put_catalogue(folder / "matinee.db", few)
        opened = await open_store(f"sqlite:///{folder / 'matinee.db'}")
        await load_catalogue(opened, folder)
        await opened.close()

    asyncio.run(make())
    return folder


@pytest.fixture
def data(small: Path, tmp_path: Path) -> Path:
    """Data folder of the test's own."""
    return Path(shutil.copytree(small, tmp_path / "data"))


@pytest.fixture
async def store(data: Path) -> AsyncIterator[Store]:
    """Store of the database, as another process has it."""
    opened = await open_store(f"sqlite:///{data / 'matinee.db'}")
    yield opened
    await opened.close()


async def _room(store: Store, data: Path) -> tuple[Room, IndexWatcher]:
    """Open a club on a freshly started core, and the core's index watcher."""
    catalogue = await load_catalogue(store, data)
    clock, ids, taste = HandClock(), CountingIds(), ClubIndexes(catalogue.index)
    taste.add_films(catalogue.overlay)
    bot = Bot(store, catalogue.titles, taste, clock, ids)
    watcher = IndexWatcher(store, f"sqlite:///{data / 'matinee.db'}", data, bot, catalogue)
    return Room(bot, store, clock, ids, Mailbox()), watcher


async def _picked(room: Room, line: str) -> list[str]:
    room.clock.forward(minutes=5)
    return [each.title for each in items(await room.say("ana", line))]


async def test_a_film_of_another_process_is_named_and_picked(store: Store, data: Path) -> None:
    room, watcher = await _room(store, data)
    await room.say(
        "ana", AddFilmCommand("Our Own Zebra", 2001, "", "A zebra that only we have seen.")
    )
    await room.say("ben", "/review Weekend 5/5 As good as any horse.")
    await _put(store, ZEBRA)
    await watcher.once()
    assert "cross a flooded plain" in text(await room.say("ben", "/film the zebra ledger"))
    assert {"The Zebra Ledger", "Our Own Zebra"} <= set(await _picked(room, "/recommend zebra"))


async def test_a_start_lays_a_few_new_films_over_what_is_saved(store: Store, data: Path) -> None:
    before = (data / INDEX).read_bytes()
    await _put(store, ZEBRA)
    room, _ = await _room(store, data)
    assert (data / INDEX).read_bytes() == before
    assert "The Zebra Ledger" in await _picked(room, "/recommend drowned libraries")
    assert "cross a flooded plain" in text(await room.say("ben", "/film zebra ledger"))


async def test_a_film_that_is_joined_is_the_other_one_at_once_and_back(
    store: Store, data: Path
) -> None:
    room, watcher = await _room(store, data)
    twin = replace(ZEBRA, film_id=FilmId("twin"), title="Zebra Book", source="movielens:1")
    await _put(store, ZEBRA, twin)
    await watcher.once()
    assert "Zebra Book (2020)" in text(await room.say("ben", "/film zebra book"))
    await join_films(twin.film_id, ZEBRA.film_id, store, room.ids, room.clock.now())
    await watcher.once()
    assert "The Zebra Ledger (2020)" in text(await room.say("ben", "/film zebra book"))
    assert "Zebra Book" not in await _picked(room, "/recommend zebra")
    await part_film(twin.film_id, store, room.ids, room.clock.now())
    await watcher.once()
    assert "Zebra Book (2020)" in text(await room.say("ben", "/film zebra book"))


async def test_an_index_built_after_a_join_agrees_with_the_catalogue(
    store: Store, data: Path
) -> None:
    third = replace(ZEBRA, film_id=FilmId("third"), title="Zebra Pamphlet", source="movielens:2")
    twin = replace(ZEBRA, film_id=FilmId("twin"), title="Zebra Book", source="movielens:1")
    await _put(store, ZEBRA, twin, third)
    room, _ = await _room(store, data)
    for one, other in (("third", "twin"), ("twin", ZEBRA.film_id)):
        await join_films(FilmId(one), FilmId(other), store, room.ids, room.clock.now())
    snapshot = await load_snapshot(store, data)
    index = await build_index(snapshot, store, data)

    assert not needs_rebuild(index, snapshot)
    assert not any(index.drift(snapshot.documents()))
    found = TitleIndex(snapshot.titled()).exact("Zebra Pamphlet")
    assert [each.film_id for each in found] == [ZEBRA.film_id]


async def test_of_very_many_films_the_best_known_are_picked_and_all_are_named(
    store: Store, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film beyond the index is laid over for the club that names or reviews it, and for no other."""
    judged = len((await load_snapshot(store, data)).films)
    monkeypatch.setattr(best_known, "MOST_INDEXED", judged)
    famous = [replace(film, popularity=90_000) for film in _herd(8)]
    hidden = [
        replace(ZEBRA, film_id=FilmId(f"hidden-{place}"), title=f"Hidden {name}", popularity=1)
        for place, name in enumerate(("Harbour", "Meadow", "Castle"))
    ]
    await _put(store, *famous, *hidden)
    await build_index(await load_snapshot(store, data), store, data)
    room, watcher = await _room(store, data)
    index = watcher.catalogue.index
    assert len(index) == judged + len(famous)
    assert all(index.row_of(film.film_id) < 0 for film in hidden)

    picked = await _picked(room, "/recommend 10 zebras in drowned libraries")
    assert {film.title for film in famous} >= set(picked[:5])
    assert "cross a flooded plain" in text(await room.say("ana", "/film hidden harbour"))
    assert "Herd Number" in (await _picked(room, "/recommend like Hidden Meadow"))[0]
    await room.say("ben", "/review Hidden Castle 5/5 A zorblaxian film.")
    assert await _picked(room, "/recommend zorblaxian") == ["Hidden Castle"]
    elsewhere = Room(room.bot, store, room.clock, room.ids, Mailbox(), club="elsewhere")
    assert "Hidden" not in str(await _picked(elsewhere, "/recommend 10 zebras"))

    before = (data / INDEX).stat().st_ino
    await _put(store, replace(hidden[0], film_id=FilmId("hidden-9"), title="Hidden Lake"))
    await watcher.once()
    assert (data / INDEX).stat().st_ino == before
    assert "cross a flooded plain" in text(await room.say("ana", "/film hidden lake"))
    again = await load_catalogue(store, data)
    assert (data / INDEX).stat().st_ino == before
    assert not again.overlay


async def test_a_start_leaves_the_collector_of_cycles_on(store: Store, data: Path) -> None:
    await _room(store, data)
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


async def test_laid_over_and_built_again_find_the_same(store: Store, data: Path) -> None:
    await _put(store, ZEBRA)
    laid, _ = await _room(store, data)
    first = await _picked(laid, "/recommend drowned zebras and libraries")
    await build_index(await load_snapshot(store, data), store, data)
    built, _ = await _room(store, data)
    assert first[0] == (await _picked(built, "/recommend drowned zebras and libraries"))[0]


async def test_after_an_import_all_is_swapped_in_and_no_club_loses_a_word(
    store: Store, data: Path
) -> None:
    room, watcher = await _room(store, data)
    await room.say(
        "ana", AddFilmCommand("Our Own Zebra", 2001, "", "A zebra that only we have seen.")
    )
    await room.say("ben", "/review Weekend 5/5 A zorblaxian film.")
    assert "Weekend" in await _picked(room, "/recommend zorblaxian")
    before = (data / INDEX).stat().st_ino
    await _put(store, *_herd(MOST_OVERLAID + 1))
    await watcher.once()  # it may go on: the catalogue has just changed
    assert (data / INDEX).stat().st_ino == before

    renewing = asyncio.create_task(watcher.once())
    slowest, asked = 0.0, 0
    while not renewing.done():
        start = time.perf_counter()
        room.clock.forward(minutes=5)
        await room.say("ben", f"/review Her 4/5 A quuxish film, said {asked} times.")
        slowest, asked = max(slowest, time.perf_counter() - start), asked + 1
        await asyncio.sleep(0.02)
    await renewing

    assert (data / INDEX).stat().st_ino != before
    assert isinstance(watcher.catalogue.snapshot.films, SavedFilms)  # nothing was packed here
    assert asked > 3
    assert slowest < 5
    assert await _picked(room, "/recommend zorblaxian") == ["Weekend"]
    assert "Her" in await _picked(room, "/recommend quuxish")
    zebras = await _picked(room, "/recommend zebra")
    assert any(title.startswith("Herd Number") for title in zebras)
    assert "A zebra that only we" in text(await room.say("ana", "/film our own zebra"))
    assert "A zebra and a clerk" in text(await room.say("ana", "/film Herd Number 7"))


async def test_an_import_is_taken_in_where_no_file_of_titles_can_be_written(
    store: Store, data: Path
) -> None:
    room, watcher = await _room(store, data)
    (data / TITLES).unlink()
    (data / TITLES).mkdir()
    await _put(store, *_herd(MOST_OVERLAID + 1))
    await watcher.once()
    await watcher.once()
    assert "A zebra and a clerk" in text(await room.say("ana", "/film Herd Number 7"))
    assert any(title.startswith("Herd") for title in await _picked(room, "/recommend zebra"))


async def test_a_club_on_a_new_index_is_as_if_it_had_begun_on_it(store: Store, data: Path) -> None:
    room, _ = await _room(store, data)
    for number, film in enumerate(("Her", "Carol", "Weekend", "Aftersun")):
        room.clock.forward(minutes=5)
        await room.say("ben", f'/review "{film}" {number + 6}/10 | Tender rain, and a zebra.')
    await room.say(
        "ben", AddFilmCommand("Our Own Zebra", 2001, "", "A zebra that only we have seen.")
    )
    catalogue = await load_catalogue(store, data)
    moved = ClubIndexes(catalogue.index)
    async with store.reading(room.caller("ben").club_id) as work:
        await moved.of(work)
    await _put(store, *_herd(3))
    index = await build_index(await load_snapshot(store, data), store, data)
    await moved.replace_index(index, [ZEBRA])
    fresh = ClubIndexes(index)
    fresh.add_films([ZEBRA])
    async with store.reading(room.caller("ben").club_id) as work:
        one, other = await moved.of(work), await fresh.of(work)
    assert len(one) == len(other)
    for query in (Query(mood="tender zebra"), Query(like=("carol-2015",)), Query(count=10)):
        assert recommend(one, query) == recommend(other, query)


async def test_only_films_that_have_changed_are_read_again(store: Store, data: Path) -> None:
    known = await load_snapshot(store, data)
    assert await refreshed(known, store) is known
    await _put(store, ZEBRA)
    snapshot = await refreshed(known, store)
    assert snapshot.films.keys() - known.films.keys() == {ZEBRA.film_id}
    same = [film_id for film_id in known.films if snapshot.films[film_id] == known.films[film_id]]
    assert len(same) == len(known.films)


async def test_a_moved_day_of_release_leaves_the_index_alone(store: Store, data: Path) -> None:
    room, watcher = await _room(store, data)
    shared = watcher.catalogue.snapshot
    (film,) = (await store.catalogue.many([FilmId("weekend-2011")])).values()
    day = Release("GB", ReleaseKind.TV, room.clock.instant.date(), "tmdb")
    await _put(store, replace(film, releases=(day,)))
    await watcher.once()
    assert watcher.catalogue.snapshot.digest != shared.digest
    assert not watcher.catalogue.index.drift(watcher.catalogue.snapshot.documents()).changed


async def test_an_index_is_made_anew_in_time_for_a_film_whose_text_changed(
    store: Store, data: Path
) -> None:
    room, watcher = await _room(store, data)
    (film,) = (await store.catalogue.many([FilmId("weekend-2011")])).values()
    await _put(store, replace(film, themes=(*film.themes, "zorblaxian quibbets")))
    await watcher.once()
    assert await _picked(room, "/recommend zorblaxian quibbets") == []
    await watcher.once()
    assert await _picked(room, "/recommend zorblaxian quibbets") == []
    watcher.rebuild_after = timedelta()
    await watcher.once()
    assert "Weekend" in await _picked(room, "/recommend zorblaxian quibbets")
    fitted = (data / INDEX).stat().st_ino
    await watcher.once()
    assert (data / INDEX).stat().st_ino == fitted


async def test_a_catalogue_of_another_database_makes_the_index_anew(
    store: Store, data: Path
) -> None:
    await _put(store, ZEBRA)
    snapshot = await load_snapshot(store, data)
    index = await build_index(snapshot, store, data)
    films = {each: film for each, film in snapshot.films.items() if each != ZEBRA.film_id}
    assert not needs_rebuild(index, snapshot)
    assert needs_rebuild(index, replace(snapshot, films=films))


async def test_a_damaged_file_of_titles_is_made_anew(store: Store, data: Path) -> None:
    whole = await load_snapshot(store, data)
    sound = (data / TITLES).read_bytes()
    for damaged in (sound[:-5], sound.replace(b"Weekend", b"Weakend", 1), b"", b"\xff"):
        (data / TITLES).write_bytes(damaged)
        assert await load_snapshot(store, data) == whole
