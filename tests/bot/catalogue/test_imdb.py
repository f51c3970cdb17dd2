"""IMDb's public data files: films only, chosen by votes, with people and titles; resumed, joined."""

import gzip
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalogue.importing.files.limits import HOST
from bot.catalogue.importing.files.reader import UnreadableFile
from bot.catalogue.importing.films import import_films
from bot.catalogue.importing.imdb import importing
from bot.catalogue.importing.imdb.films import DEFAULT_CHOICE, MOST_CAST, ImdbChoice
from bot.catalogue.importing.report import ImportReport
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.progress import Progress
from bot.ports.store import Store
from db.engines.open import open_store
from tests.bot.catalogue.imdb_tables import HEADERS, write_table, write_tables

N = "\\N"
EVERY = ImdbChoice(votes=0)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'matinee.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the six tables: a film, and titles that are none."""
    made = tmp_path / "imdb"
    write_table(
        made,
        "title.basics",
        [
            ("tt0012345", "movie", "Harbour Light", "Hafenlicht", 0, 1994, N, 93, "Drama,Sci-Fi,Film-Noir"),
            ("tt10000002", "movie", "Harbour Light", "Harbour Light", 0, 1994, N, N, N),
            ("tt0000003", "tvSeries", "Harbours", "Harbours", 0, 1994, N, 93, "Drama"),
            ("tt0000004", "tvEpisode", "Harbour One", "Harbour One", 0, 1994, N, 93, "Drama"),
            ("tt0000005", "movie", "Bare", "Bare", 1, 1994, N, 93, "Adult"),
            ("tt0000006", "movie", "Some Day", "Some Day", 0, N, N, N, "Drama"),
            ("tt0000007", "short", "Brief", "Brief", 0, 1994, N, 9, "Short,Comedy"),
            ("tt0000008", "short", "Brief and Loved", "Brief and Loved", 0, 1962, N, 28, "Short,Romance"),
            ("tt0000009", "movie", "Unseen", "Unseen", 0, 2001, N, 80, "Music"),
            ("tt0000010", "movie", "cut"),
        ],
    )  # fmt: skip
    votes = {
        "tt0012345": 5000,
        "tt10000002": 1200,
        "tt0000007": 999,
        "tt0000008": 40_000,
        "tt0000009": 8,
    }
    write_table(made, "title.ratings", [(name, 7.1, count) for name, count in votes.items()])
    write_table(made, "title.crew", [("tt0012345", "nm0000002,nm0000001", N), ("tt10000002", N, N)])
    cast = [("tt0012345", place, f"nm{place:07}", "actress", N, '["X"]') for place in range(3, 20)]
    crew = ("tt0012345", 20, "nm0000001", "director", N, N)
    write_table(
        made,
        "title.principals",
        [*reversed(cast), crew, ("tt0000003", 1, "nm0000001", "actor", N, N)],
    )
    names = [(f"nm{number:07}", f"Name {number}", N, N, N, N) for number in range(1, 25)]
    write_table(made, "name.basics", [("nm0000001", "Mara  Voss", 1950, N, N, N), *names[1:]])
    write_table(
        made,
        "title.akas",
        [
            ("tt0012345", 1, "Hafenlicht", "DE", N, N, N, 1),
            ("tt0012345", 2, "The Light of the Harbour", "US", N, N, N, 0),
            ("tt0012345", 3, "La lumière du port", "FR", N, N, N, 0),
            ("tt0012345", 4, "Harbour Light", "GB", N, N, N, 0),
        ],
    )
    return made


async def _import(
    folder: Path,
    store: Store,
    choice: ImdbChoice = DEFAULT_CHOICE,
    told: Progress = lambda *_: None,
) -> ImportReport:
    return await import_films(folder, store.catalogue, told, HOST, choice)


async def _catalogue(store: Store) -> dict[FilmId, Film]:
    return {film.film_id: film async for film in store.catalogue.all()}


async def test_regard_goes_by_equal_shares_of_the_films_that_enough_have_judged(
    store: Store, tmp_path: Path
) -> None:
    """What few have voted on is drawn to the middle, and what nearly nobody has says nothing."""
    numbers = [f"tt{number:07}" for number in range(1, 51)]
    films = [(each, "movie", each, each, 0, 2000, N, 90, "Drama") for each in numbers]
    write_table(tmp_path / "imdb", "title.basics", films)
    rated = [(each, f"{2 + place / 10:.1f}", 50_000) for place, each in enumerate(numbers)]
    rated[0] = (numbers[0], "1.0", 99)
    rated[1] = (numbers[1], "1.0", 100)
    rated[2] = (numbers[2], "no number", 50_000)
    rated[3] = (numbers[3], "10", 50_000)
    write_table(tmp_path / "imdb", "title.ratings", rated)
    await _import(tmp_path / "imdb", store, EVERY)
    films_now = await _catalogue(store)
    regard = {film.imdb_id: film.regard for film in films_now.values() if film.source != "starter"}
    assert (regard[numbers[0]], regard[numbers[2]]) == (None, None)
    assert [regard[each] for each in (numbers[1], numbers[3], numbers[4], numbers[-1])] == [
        2,
        5,
        1,
        5,
    ]
    counts = Counter(each for each in regard.values() if each)
    assert {counts[step] for step in range(1, 6)} <= {9, 10}


async def test_films_come_with_people_titles_minutes_and_votes(store: Store, folder: Path) -> None:
    report = await _import(folder, store)
    assert (report.read, report.added, report.skipped_count) == (3, 3, 1)
    assert str(report.skipped[0]) == (
        "title.basics.tsv.gz, line 11: 3 cells where there are 9 columns"
    )
    films = await _catalogue(store)
    assert films[FilmId("harbour-light-1994")] == Film(
        FilmId("harbour-light-1994"),
        "Harbour Light",
        1994,
        original_title="Hafenlicht",
        other_titles=("The Light of the Harbour",),
        directors=("Name 2", "Mara Voss"),
        cast=tuple(f"Name {number}" for number in range(3, 3 + MOST_CAST)),
        genres=("drama", "science fiction"),
        themes=("film noir",),
        minutes=93,
        imdb_id="tt0012345",
        popularity=5000,
        source="imdb:tt0012345",
        regard=3,  # as good as all others here
    )
    namesake = films[FilmId("harbour-light-1994-tt10000002")]
    assert (namesake.directors, namesake.minutes, namesake.popularity) == ((), None, 1200)
    assert films[FilmId("brief-and-loved-1962")].themes == ("short film",)
    assert len(films) == 3


async def test_all_films_and_titles_of_regions_where_they_are_wanted(
    store: Store, folder: Path
) -> None:
    await _import(folder, store, ImdbChoice(0, frozenset({"FR"})))
    films = await _catalogue(store)
    assert films[FilmId("unseen-2001")].genres == ("musical",)
    assert films[FilmId("harbour-light-1994")].other_titles == ("La lumière du port",)
    assert set(films) == {
        *("harbour-light-1994", "harbour-light-1994-tt10000002", "unseen-2001"),
        "brief-and-loved-1962",
    }


async def test_a_film_that_is_there_is_completed_and_never_twice(
    store: Store, folder: Path
) -> None:
    by_number = Film(FilmId("brief"), "La Brève", 1962, imdb_id="tt0000008", source="movielens:1")
    by_people = Film(
        FilmId("light"), "Harbour Light", 1995, directors=("Mara Voss",), cast=("Name 4",),
        logline="A keeper counts ships.", source="wikipedia:Harbour_Light", popularity=70,
    )  # fmt: skip
    await store.catalogue.put([by_number, by_people], source="test", digest="1")
    report = await _import(folder, store)
    assert (report.added, report.completed) == (1, 2)
    films = await _catalogue(store)
    assert set(films) == {"brief", "light", "harbour-light-1994"}
    light = films[FilmId("light")]
    assert (light.imdb_id, light.year, light.minutes) == ("tt0012345", 1995, 93)
    assert (light.logline, light.popularity) == ("A keeper counts ships.", 5000)
    # The namesake without people is another film.
    assert films[FilmId("harbour-light-1994")].imdb_id == "tt10000002"


async def test_the_same_files_do_nothing_and_other_wishes_read_them_again(
    store: Store, folder: Path
) -> None:
    await _import(folder, store)
    digest = await store.catalogue.digest()
    assert (await _import(folder, store)).already == ["import:imdb"]
    report = await _import(folder, store, EVERY)
    assert (report.read, report.added, report.unchanged) == (4, 1, 3)
    assert await store.catalogue.digest() != digest


class _Unplugged(Exception):
    """The machine went away."""


async def test_an_import_that_was_cut_off_goes_on_where_it_ended(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 100)
    tables = write_tables(tmp_path / "imdb", 1_000)
    steps: list[str] = []

    def unplug(step: str, done: int, total: int) -> None:
        assert done <= total
        steps.append(step)
        if step == "Storing" and done >= 300:
            raise _Unplugged

    with pytest.raises(_Unplugged):
        await _import(tables, store, EVERY, unplug)
    assert list(dict.fromkeys(steps)) == ["Checking", "Reading", "Storing"]
    assert len(await _catalogue(store)) == 300

    started: list[int] = []
    report = await _import(
        tables,
        store,
        EVERY,
        lambda step, done, _: started.append(done) if step == "Storing" else None,
    )
    assert (started[0], started[-1]) == (300, 1_000)
    assert (report.read, report.added) == (1_000, 700)
    films = await _catalogue(store)
    assert len(films) == len({film.imdb_id for film in films.values()}) == 1_000
    assert sum(bool(film.directors) for film in films.values()) == 1_000


@pytest.mark.parametrize(
    ("table", "content", "says"),
    [
        ("title.basics", b"tconst\tprimaryTitle\n", "no column titleType, isAdult"),
        (
            "title.akas",
            b"<html>Not found</html>",
            "no column titleId, region, title. Fetch it anew",
        ),
        ("name.basics", None, "cut short or damaged"),
    ],
)
async def test_a_broken_table_is_refused_before_anything_is_stored(
    table: str, content: bytes | None, says: str, store: Store, folder: Path
) -> None:
    path = folder / f"{table}.tsv.gz"
    path.write_bytes(path.read_bytes()[:-20] if content is None else gzip.compress(content))
    with pytest.raises(UnreadableFile, match=says) as refused:
        await _import(folder, store)
    assert refused.value.file == path.name
    assert await _catalogue(store) == {}


async def test_what_is_missing_is_said(store: Store, folder: Path) -> None:
    (folder / "title.ratings.tsv.gz").unlink()
    with pytest.raises(UnreadableFile, match="Add it, or say --votes 0"):
        await _import(folder, store)
    for name in HEADERS:
        if name != "title.basics":
            (folder / f"{name}.tsv.gz").unlink(missing_ok=True)
    assert (await _import(folder, store, EVERY)).added == 3
    assert (await _catalogue(store))[FilmId("harbour-light-1994")].directors == ()
