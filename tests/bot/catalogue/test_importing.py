"""Imports: checked before anything is stored, in whole batches, resumed, repeated without effect."""

import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from bot.catalogue.importing import films as importing
from bot.catalogue.importing.files.reader import UnreadableFile
from bot.catalogue.importing.films import import_films
from bot.catalogue.importing.report import UNFINISHED, ImportReport
from bot.catalogue.starter import SOURCE
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.store import Store
from db.engines.open import open_store
from tests.bot.catalogue.test_movielens import TABLES


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'matinee.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "films"
    made.mkdir()
    return made


def _write(path: Path, *films: dict[str, object]) -> Path:
    path.write_text(json.dumps(films), "utf-8")
    return path


def _entry(title: str, year: int = 2000, director: str = "Ada Lund") -> dict[str, object]:
    extract = f"{title} is a {year} film directed by {director}."
    return {"title": title, "year": year, "cast": ["Ben Okri"], "href": title, "extract": extract}


async def _import(path: Path, store: Store) -> ImportReport:
    return await import_films(path, store.catalogue, lambda *_: None)


async def _catalogue(store: Store) -> dict[FilmId, Film]:
    return {film.film_id: film async for film in store.catalogue.all()}


def _counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (
        *(report.read, report.added, report.completed),
        *(report.unchanged, report.skipped_count),
    )


async def test_films_come_onto_the_catalogue_once(store: Store, folder: Path) -> None:
    _write(folder / "a.json", _entry("Stone"), {"title": "No year"}, _entry("Stone"))
    _write(folder / "b.json", _entry("Stone", 2001), _entry("Harbour"))
    report = await _import(folder, store)
    assert _counts(report) == (4, 2, 0, 2, 1)
    assert str(report.skipped[0]) == "a.json, line 1: no year between 1870 and 2100"
    assert set(await _catalogue(store)) == {"stone-2000", "harbour-2000"}
    digest = await store.catalogue.digest()

    again = await _import(folder, store)
    assert _counts(again) == (0, 0, 0, 0, 0)
    assert again.already == ["import:wikipedia:a.json", "import:wikipedia:b.json"]

    _write(folder / "b.json", _entry("Stone", 2001), _entry("Harbour"), _entry("Quay"))
    assert _counts(await _import(folder, store)) == (3, 1, 0, 2, 0)
    assert await store.catalogue.digest() != digest


async def test_nothing_is_stored_when_any_file_is_broken(store: Store, folder: Path) -> None:
    _write(folder / "a.json", _entry("Stone"))
    (folder / "b.json").write_text('[{"title": "Harbour", "year": 2000}, {"ti')
    with pytest.raises(UnreadableFile, match=r"b\.json, line 1: .*Fetch it again"):
        await _import(folder, store)
    assert await _catalogue(store) == {}


class _Unplugged(Exception):
    """The machine stopped here."""


async def test_an_import_that_was_cut_off_goes_on(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    path = _write(folder / "a.json", *(_entry(f"Stone {number}") for number in range(10)))
    seen: list[int] = []

    def unplug(step: str, done: int, _total: int) -> None:
        if step == "Importing":
            seen.append(done)
        if done >= 6:
            raise _Unplugged

    with pytest.raises(_Unplugged):
        await import_films(path, store.catalogue, unplug)
    assert len(await _catalogue(store)) == 6
    assert await store.catalogue.loaded("import:wikipedia:a.json") == UNFINISHED

    assert _counts(await _import(path, store)) == (10, 4, 0, 6, 0)
    whole = await _catalogue(store)
    assert len(whole) == 10
    assert (await _import(path, store)).read == 0
    assert await _catalogue(store) == whole
    assert seen == [3, 6]


async def test_films_of_other_titles_are_left_alone_and_keep_their_ids(
    store: Store, folder: Path
) -> None:
    others = [
        Film(FilmId("stone-2000"), "Something Else", 2000, source="imdb:tt1"),
        Film(FilmId("eves"), "Eve Orr's Red Lake: A Tale", 2000, genres=("drama",), source="imdb:tt2"),
    ]  # fmt: skip
    await store.catalogue.put(others, source="test", digest="1")
    lake = _entry("Red Lake") | {"genres": ["Drama"], "cast": [], "extract": ""}
    report = await _import(_write(folder / "a.json", _entry("Stone"), lake), store)
    assert _counts(report) == (2, 2, 0, 0, 0)
    assert set(await _catalogue(store)) == {
        "stone-2000",
        "eves",
        "stone-2000-lund",
        "red-lake-2000",
    }


async def test_a_title_with_leaked_markup_meets_its_film(store: Store, folder: Path) -> None:
    await _import(_write(folder / "a.json", _entry("Stone")), store)
    leaked = _entry("Stone") | {"title": f".mw-parser-output {{{'a' * 300}}}Stone"}
    report = await _import(_write(folder / "b.json", leaked), store)
    assert _counts(report) == (1, 0, 0, 1, 0)


async def test_progress_ends_at_the_whole(store: Store, folder: Path) -> None:
    _write(folder / "a.json", *(_entry(f"Stone {number}") for number in range(5)))
    told: list[tuple[str, int, int]] = []
    await import_films(folder, store.catalogue, lambda *step: told.append(step))
    assert told[-1] == ("Importing", 5, 5)


def _ids(films: Iterable[Film]) -> list[tuple[str, str | None]]:
    return sorted((film.film_id, film.imdb_id) for film in films)


async def test_sources_meet_in_one_film_in_either_order(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    movielens = tmp_path / "movielens"
    movielens.mkdir()
    for name, text in TABLES.items():
        (movielens / name).write_text(text, "utf-8")
    wikipedia = _write(folder / "a.json", _entry("The Harbour", 1994) | {"genres": ["Family"]})
    await _import(wikipedia, store)
    await _import(movielens, store)
    one_way = await _catalogue(store)

    other = await open_store(f"sqlite:///{tmp_path / 'other.db'}")
    await _import(movielens, other)
    await _import(wikipedia, other)
    other_way = await _catalogue(other)
    await other.close()

    for films in (one_way, other_way):
        harbour = films[FilmId("the-harbour-1994")]
        assert (harbour.imdb_id, harbour.directors) == ("tt0012345", ("Ada Lund",))
        assert harbour.source == "wikipedia:The Harbour"
        assert harbour.logline.startswith("The Harbour is a 1994 film")
        assert harbour.popularity == 2
    assert _ids(one_way.values()) == _ids(other_way.values())


async def test_the_starter_catalogue_gains_ids_and_keeps_its_words(
    store: Store, folder: Path, starter: tuple[Film, ...]
) -> None:
    await store.catalogue.put(starter, source=SOURCE, digest="test")
    ours = next(film for film in starter if film.film_id == "all-of-us-strangers-2023")
    entry = _entry(ours.title, 2023, ours.directors[0]) | {"cast": list(ours.cast[:2])}
    report = await _import(_write(folder / "a.json", entry), store)
    assert _counts(report) == (1, 0, 0, 1, 0)
    assert (await _catalogue(store))[ours.film_id] == ours


@pytest.mark.parametrize("name", ["notes.txt", "b.xml"])
async def test_a_folder_without_films_says_what_is_wanted(
    name: str, store: Store, folder: Path
) -> None:
    (folder / name).write_text("hello")
    with pytest.raises(UnreadableFile, match="Give a Wikipedia film list"):
        await _import(folder, store)


async def test_one_persons_table_is_sent_to_the_chat_instead(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(
        "Date,Name,Year,Letterboxd URI,Rating\n2023-01-02,Heat,1995,https://boxd.it/1,4\n"
    )
    with pytest.raises(UnreadableFile, match="Its owner sends the file to Matinee in the chat"):
        await _import(path, store)
    assert await _catalogue(store) == {}
