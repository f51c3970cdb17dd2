"""TMDB as a source: mapping of its answers, cache, and answers while it is down."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.tmdb import mapping
from adapters.tmdb.cache import AnswerCache
from adapters.tmdb.client import TmdbClient
from adapters.tmdb.source import TmdbSource
from bot.domain.errors import SourceError, SourceLacks
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import FilmId
from bot.ports.film_source import SourceFilm
from tests.adapters.tmdb.server import LANTERN, FakeTmdb, Json, failing
from tests.support import HandClock

NUMBER = LANTERN["id"]


async def test_search_finds_by_title_and_year(tmdb: FakeTmdb, source: TmdbSource) -> None:
    found = await source.search("lantern", 2019)

    assert found == [SourceFilm(NUMBER, "A Lantern in the Snow", 2019)]
    assert await source.search("lantern", 2020) == []
    assert tmdb.queries[0]["include_adult"] == "false"


async def test_details_become_a_film(source: TmdbSource) -> None:
    film = await source.film(NUMBER)

    assert film == Film(
        film_id=FilmId("a-lantern-in-the-snow-2019"),
        title="A Lantern in the Snow",
        year=2019,
        original_title="Lykten i snøen",
        other_titles=("The Snow Lantern", "Das Licht im Schnee"),
        directors=("Solveig Brekke",),
        cast=("Ingrid Moe", "Per Dahl"),
        countries=("NO",),
        languages=("no",),
        genres=("drama", "musical"),
        minutes=101,
        themes=("siblings", "directed by women", "lighthouse"),
        logline=LANTERN["overview"],
        imdb_id="tt9900001",
        tmdb_id=NUMBER,
        releases=(
            Release("GB", ReleaseKind.CINEMA, date(2024, 3, 1), "tmdb"),
            Release("GB", ReleaseKind.DIGITAL, date(2024, 6, 3), "tmdb"),
            Release("NO", ReleaseKind.CINEMA, date(2019, 3, 8), "tmdb"),
            Release("NO", ReleaseKind.PREMIERE, date(2019, 2, 1), "tmdb"),
        ),
        source="tmdb",
        popularity=412,
        poster="https://image.tmdb.org/t/p/w500/lantern.jpg",
        writers=("Tove Lie",),
        series="The Lighthouse",
    )


async def test_one_request_brings_all_of_a_film(tmdb: FakeTmdb, source: TmdbSource) -> None:
    await source.film(NUMBER)
    assert tmdb.asked == [f"/3/movie/{NUMBER}"]


@pytest.mark.parametrize(("kind", "number"), [(k, n) for n, k in enumerate(ReleaseKind, start=1)])
def test_the_six_kinds(kind: ReleaseKind, number: int) -> None:
    dates = [{"release_date": "2024-02-29T00:00:00.000Z", "type": number}]
    answer: Json = {"results": [{"iso_3166_1": "gb", "release_dates": dates}]}
    assert mapping.releases_of(answer) == [Release("GB", kind, date(2024, 2, 29), "tmdb")]


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"results": None},
        {"results": {}},
        {"results": [None, 7, "x", []]},
        {"results": [{"iso_3166_1": "United Kingdom", "release_dates": [{"type": 3}]}]},
        {"results": [{"iso_3166_1": "GB", "release_dates": "soon"}]},
        {"results": [{"iso_3166_1": "GB", "release_dates": [{"type": 9, "release_date": "x"}]}]},
        {"results": [{"iso_3166_1": "GB", "release_dates": [{"type": 3, "release_date": None}]}]},
        {"results": [{"id": True, "title": "x"}, {"id": -1, "title": "x"}, {"id": 2**40}]},
        {"results": [{"id": 5, "title": "  "}, {"id": 5, "title": 5}]},
    ],
)
def test_nonsense_is_left_out(nonsense: Json) -> None:
    assert mapping.releases_of(nonsense) == []
    assert mapping.search_results(nonsense) == []


@pytest.mark.parametrize("name", [name for name in LANTERN if name not in {"id", "title"}])
@pytest.mark.parametrize("value", [None, 0, -1, "", "\ud800\0", [], [None], {}, 1.5, True])
def test_a_film_bears_a_field_of_any_type(name: str, value: object) -> None:
    film = mapping.film_of({**LANTERN, name: value})
    if name == "adult" and value is True:
        assert film is None
    else:
        assert film is not None
        assert film.title == LANTERN["title"]
        assert str(film).encode()


async def test_changes_are_read_to_the_last_page(tmdb: FakeTmdb, source: TmdbSource) -> None:
    tmdb.changed = list(range(1, 48))

    assert await source.changed_since(date(2024, 1, 18)) == set(range(1, 48))
    assert [query["page"] for query in tmdb.queries] == ["1", "2", "3"]
    assert tmdb.queries[0]["start_date"] == "2024-01-18"


async def test_an_imdb_id_is_enough_to_find_days(source: TmdbSource) -> None:
    film = Film(FilmId("x"), "X", imdb_id="tt9900001")
    days = await source.release_dates(film, "GB")
    assert [(each.kind, each.day) for each in days] == [
        (ReleaseKind.CINEMA, date(2024, 3, 1)),
        (ReleaseKind.DIGITAL, date(2024, 6, 3)),
    ]


@pytest.mark.parametrize("film", [Film(FilmId("x"), "X", imdb_id="tt1"), Film(FilmId("x"), "X")])
async def test_a_film_that_tmdb_does_not_know(source: TmdbSource, film: Film) -> None:
    with pytest.raises(SourceLacks):
        await source.release_dates(film)


async def test_moved_days_are_seen_the_next_day(
    tmdb: FakeTmdb, source: TmdbSource, clock: HandClock
) -> None:
    film = await source.film(NUMBER)
    before = await source.release_dates(film, "GB")
    tmdb.films[NUMBER] = moved(LANTERN, "2024-05-17")

    assert await source.release_dates(film, "GB") == before
    clock.forward(days=1)
    after = await source.release_dates(film, "GB")
    assert after[0] == replace(before[0], day=date(2024, 5, 17))


def moved(film: Json, day: str) -> Json:
    """Return the film with another day of release in British cinemas."""
    dates = [{"certification": "", "release_date": f"{day}T00:00:00.000Z", "type": 3}]
    return {**film, "release_dates": {"results": [{"iso_3166_1": "GB", "release_dates": dates}]}}


# Cache ------------------------------------------------------------------------------------------


async def test_an_answer_is_kept_across_a_restart(
    tmdb: FakeTmdb, client: TmdbClient, clock: HandClock, tmp_path: Path
) -> None:
    for _ in range(3):
        cache = AnswerCache(tmp_path / "c")
        assert (await TmdbSource(client, cache, clock).film(NUMBER)).minutes == 101
        cache.close()
    assert len(tmdb.asked) == 1


async def test_with_tmdb_away_an_older_answer_serves_for_six_months(
    tmdb: FakeTmdb, source: TmdbSource, clock: HandClock
) -> None:
    await source.film(NUMBER)
    tmdb.always = failing(500)
    clock.forward(days=179)
    assert (await source.film(NUMBER)).minutes == 101

    clock.forward(days=2)
    with pytest.raises(SourceError):
        await source.film(NUMBER)


async def test_what_is_too_old_is_deleted(
    tmdb: FakeTmdb, source: TmdbSource, clock: HandClock, tmp_path: Path
) -> None:
    await source.film(NUMBER)
    clock.forward(days=200)
    await source.search("another")

    with closing(sqlite3.connect(tmp_path / "tmdb.cache")) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM answers").fetchone()
    assert (len(tmdb.asked), kept) == (2, 1)


async def test_neither_key_nor_words_are_kept(
    source: TmdbSource, client: TmdbClient, tmp_path: Path
) -> None:
    await source.film(NUMBER)
    await source.search("unmistakable")
    source.cache.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"answers" in kept
    assert b"unmistakable" not in kept
    assert client.key.encode() not in kept


async def test_the_cache_stays_within_its_room(clock: HandClock, tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "c", largest=4_000)
    for number in range(200):
        await cache.put(f"{number:03}", {"n": [number * each for each in range(20)]}, clock.now())
        clock.forward(seconds=1)

    with closing(sqlite3.connect(tmp_path / "c")) as connection:
        rows = connection.execute("SELECT name, length(body) FROM answers ORDER BY at").fetchall()
    assert 2_000 < sum(size for _, size in rows) <= 4_000
    assert [name for name, _ in rows] == [f"{n:03}" for n in range(200 - len(rows), 200)]


@pytest.mark.parametrize("damage", [b"", b"not a database at all, though long enough", None])
async def test_a_damaged_cache_costs_requests_only(
    tmdb: FakeTmdb, client: TmdbClient, clock: HandClock, tmp_path: Path, damage: bytes | None
) -> None:
    path = tmp_path / "c"
    if damage is None:
        path.mkdir()
    else:
        path.write_bytes(damage * 100)
    source = TmdbSource(client, AnswerCache(path), clock)

    for _ in range(3):
        assert (await source.film(NUMBER)).minutes == 101
    assert 1 <= len(tmdb.asked) <= 3
    if damage is not None:
        assert len(tmdb.asked) <= 2


async def test_many_at_once(tmdb: FakeTmdb, source: TmdbSource) -> None:
    for number in range(1, 31):
        tmdb.films[number] = {**LANTERN, "id": number}
    films = await asyncio.gather(*(source.film(number) for number in range(1, 31)))
    assert [film.tmdb_id for film in films] == list(range(1, 31))


async def test_a_clock_set_back_trusts_nothing_from_the_future(
    tmdb: FakeTmdb, source: TmdbSource, clock: HandClock
) -> None:
    await source.film(NUMBER)
    clock.instant -= timedelta(days=3)
    await source.film(NUMBER)
    assert len(tmdb.asked) == 2
