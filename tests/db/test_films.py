"""Films: shared ones in the catalogue, a club's own, and releases."""

from datetime import date

import pytest

from bot.domain.films.film import Film, ReleaseKind
from bot.domain.ids import FilmId
from bot.ports.store import Store
from tests.db.make import CLUB, FILM, OTHER, film, release

FULL = film(
    "ran-1985",
    title="Ran",
    year=1985,
    original_title="乱",
    other_titles=("Chaos", "Rebellion, or “Ran”"),
    directors=("Akira Kurosawa",),
    cast=("Tatsuya Nakadai", "Mieko Harada"),
    countries=("JP", "FR"),
    languages=("ja",),
    genres=("drama", "war"),
    minutes=162,
    based_on="King Lear",
    themes=("ageing",),
    logline="An old lord divides what he has and loses the rest.",
    imdb_id="tt0089881",
    tmdb_id=11645,
    popularity=412,
    releases=(
        release("1986-03-07"),
        release("1985-06-01", "JP", ReleaseKind.PREMIERE),
        release("1985-06-01", "JP", ReleaseKind.CINEMA),
    ),
    source="test",
)


async def _put(store: Store, *films: Film, source: str = "starter", digest: str = "1") -> None:
    await store.catalogue.put(films, source=source, digest=digest)


async def _catalogue(store: Store) -> list[Film]:
    return [each async for each in store.catalogue.all()]


async def test_a_film_comes_back_with_all_that_is_known(store: Store) -> None:
    await _put(store, FULL, film())
    assert await _catalogue(store) == [FULL, film()]
    async with store.reading(CLUB) as work:
        assert await work.films.get(FULL.film_id) == FULL
        assert await work.films.many([FULL.film_id, FILM, FilmId("none")]) == {
            FULL.film_id: FULL,
            FILM: film(),
        }
        assert await work.films.get(FilmId("none")) is None
        assert await work.films.own() == []


async def test_a_film_is_replaced_with_its_releases(store: Store) -> None:
    await _put(store, FULL)
    changed = film("ran-1985", title="Ran", releases=(release("1986-03-08"),))
    await _put(store, changed)
    assert await _catalogue(store) == [changed]
    await _put(store, film("ran-1985"))
    assert await _catalogue(store) == [film("ran-1985")]


async def test_a_catalogue_of_many_films_is_walked_by_id(store: Store) -> None:
    ids = [FilmId(f"film-{number:04}") for number in range(1_001)]
    await _put(store, *(film(each, releases=(release("2020-01-01"),)) for each in reversed(ids)))
    found = await _catalogue(store)
    assert [each.film_id for each in found] == ids
    assert all(each.releases for each in found)
    async with store.reading(CLUB) as work:
        assert list((await work.films.many(ids)).keys()) == ids


async def test_some_films_of_the_catalogue_are_fetched_by_id(store: Store) -> None:
    ids = [FilmId(f"film-{number:04}") for number in range(900)]
    await _put(store, *(film(each, releases=(release("2020-01-01"),)) for each in ids))
    async with store.writing(CLUB) as work:
        await work.films.save(film(ids[0], club_id=CLUB, title="ours"))
    wanted = [FilmId("none"), *ids[::2], ids[0]]
    found = await store.catalogue.many(wanted)
    assert list(found) == ids[::2]
    assert all(each.releases and each.club_id is None for each in found.values())
    assert await store.catalogue.many([]) == {}


async def test_a_catalogue_of_many_films_is_replaced_with_its_releases(store: Store) -> None:
    ids = [FilmId(f"film-{number:04}") for number in range(850)]
    for day in ("2020-01-01", "2021-01-01"):
        await _put(store, *(film(each, releases=(release(day),)) for each in ids))
    days = {each.releases for each in await _catalogue(store)}
    assert days == {(release("2021-01-01"),)}


async def test_films_are_counted_by_source(store: Store) -> None:
    await _put(
        store,
        film("a", source="imdb", imdb_id="tt1", tmdb_id=1),
        film("b", source="imdb"),
        film("c", source="wikipedia:C", tmdb_id=3),
    )
    async with store.writing(CLUB) as work:
        await work.films.save(film("ours", club_id=CLUB, source="imdb"))
    assert await store.catalogue.counts() == {"imdb": (2, 1), "wikipedia:C": (1, 1)}


async def test_a_source_is_noted_with_its_digest(store: Store) -> None:
    assert await store.catalogue.loaded("starter") is None
    await _put(store, film(), digest="1")
    await _put(store, source="import", digest="7")
    await _put(store, film(), digest="2")
    assert await store.catalogue.loaded("starter") == "2"
    assert await store.catalogue.loaded("import") == "7"


async def test_the_catalogues_digest_changes_when_any_film_does(store: Store) -> None:
    seen = [await store.catalogue.digest()]
    for films in (
        [film()],
        [film(minutes=97)],
        [film(minutes=97, releases=(release("2011-11-04"),))],
        [FULL],
    ):
        await _put(store, *films)
        seen.append(await store.catalogue.digest())
    assert len(set(seen)) == len(seen)
    await _put(store, FULL, digest="again")
    assert await store.catalogue.digest() == seen[-1]


async def test_the_digest_does_not_depend_on_the_order(store: Store) -> None:
    await _put(store, film(), FULL)
    both = await store.catalogue.digest()
    await _put(store, film(minutes=1))
    await _put(store, film())
    assert await store.catalogue.digest() == both


async def test_the_catalogue_refuses_a_clubs_own_film(store: Store) -> None:
    with pytest.raises(ValueError, match="Weekend"):
        await _put(store, FULL, film(club_id=CLUB))
    assert await _catalogue(store) == []


async def test_a_source_needs_a_name(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        await _put(store, film(), source="")


async def test_a_clubs_own_film_is_seen_by_that_club_alone(store: Store) -> None:
    home = film("home-movie", club_id=CLUB, releases=(release("2026-05-01"),))
    async with store.writing(CLUB) as work:
        await work.films.save(film("home-movie", club_id=CLUB, title="first"))
        await work.films.save(home)
        assert await work.films.own() == [home]
        assert await work.films.get(home.film_id) == home
    async with store.reading(OTHER) as work:
        assert await work.films.get(home.film_id) is None
        assert await work.films.releases("GB", date(2026, 1, 1), date(2026, 12, 31)) == []
    assert await _catalogue(store) == []
    assert await store.catalogue.digest() == ""


@pytest.mark.parametrize("owner", [None, OTHER])
async def test_a_club_saves_only_its_own_films(store: Store, owner: str | None) -> None:
    async with store.writing(CLUB) as work:
        with pytest.raises(ValueError, match="this unit of work is for"):
            await work.films.save(film(club_id=owner))


async def test_a_clubs_own_film_hides_everyones_of_the_same_id(store: Store) -> None:
    shared = film(minutes=97, releases=(release("2026-05-01"),))
    own = film(title="Our weekend", minutes=200, club_id=CLUB, releases=(release("2026-05-02"),))
    await _put(store, shared)
    async with store.writing(CLUB) as work:
        await work.films.save(own)
        assert await work.films.get(FILM) == own
        spring = await work.films.releases("GB", date(2026, 5, 1), date(2026, 5, 31))
        assert spring == [(own, own.releases[0])]
        short = await work.films.within(first_year=None, last_year=None, max_minutes=100)
        assert short == frozenset()
    async with store.reading(OTHER) as work:
        assert await work.films.get(FILM) == shared


async def test_releases_of_a_time_come_in_order(store: Store) -> None:
    early = film("b", releases=(release("2026-05-01"), release("2026-05-09")))
    late = film("a", releases=(release("2026-05-09"), release("2026-05-03", "FR")))
    edge = film("c", releases=(release("2026-04-30"), release("2026-05-10")))
    await _put(store, early, late, edge)
    async with store.reading(CLUB) as work:
        found = await work.films.releases("GB", date(2026, 5, 1), date(2026, 5, 9))
    assert found == [
        (early, release("2026-05-01")),
        (late, release("2026-05-09")),
        (early, release("2026-05-09")),
    ]


async def test_films_are_found_within_limits(store: Store) -> None:
    await _put(
        store,
        film("a", year=1990, minutes=90),
        film("b", year=1999, minutes=200),
        film("c", year=2000, minutes=None),
        film("d", year=None, minutes=80),
    )
    limits = [
        (None, None, None, {"a", "b", "c", "d"}),
        (1990, 1999, None, {"a", "b"}),
        (1999, None, None, {"b", "c"}),
        (None, 1990, None, {"a"}),
        (None, None, 90, {"a", "d"}),
        (1991, None, 90, set()),
    ]
    async with store.reading(CLUB) as work:
        for first, last, longest, ids in limits:
            found = await work.films.within(first_year=first, last_year=last, max_minutes=longest)
            assert found == ids
