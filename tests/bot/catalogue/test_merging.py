"""One film from several sources becomes one film; two films never do."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.importing.files.reader import files_at
from bot.catalogue.importing.films import offered_at
from bot.catalogue.importing.matching.duplicates import DuplicateFinder, Offered
from bot.catalogue.importing.matching.film_ids import LONGEST_ID, new_film_id
from bot.catalogue.importing.matching.identity import person_key
from bot.catalogue.importing.matching.merging import merged, updated
from bot.catalogue.importing.matching.namesakes import nearest_namesakes
from bot.catalogue.importing.matching.twins import twins_among
from bot.catalogue.importing.movielens import movielens_films
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from tests.support import SHARED

TWINS = Path(__file__).parent / "twins.tsv"
NAMESAKES = Path(__file__).parent / "namesakes.tsv"
HERE = FilmId("here")


def _film(
    title: str, year: int | None, directors: str = "", cast: str = "", **more: object
) -> Film:
    return Film(
        FilmId(""),
        title,
        year,
        directors=tuple(directors.split("; ")) if directors else (),
        cast=tuple(cast.split("; ")) if cast else (),
        **more,  # type: ignore[arg-type]  # the film's own fields
    )


def _is_one(known: Film, offered: Film, *, namesake: int | None = None) -> bool:
    finder = DuplicateFinder([replace(known, film_id=HERE)])
    return finder.match(offered, namesake=namesake) == HERE


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def _listed_film(source: str, titles: str, year: str, *people_and_genres: str) -> Film:
    directors, cast, genres = people_and_genres
    title, *others = titles.split(" | ")
    return _film(
        *(title, int(year), directors, cast),
        source=source,
        other_titles=tuple(others),
        genres=tuple(genres.split("; ")) if genres else (),
    )


@cache
def _pairs() -> list[tuple[bool, Film, Film]]:
    """Return the judged pairs: whether they are one film, and both as their lists tell them.

    Those of one list, told by their people, then those of different lists, which say less.
    """
    told = [
        (
            verdict == "one",
            _film(one[0], int(one[1]), *one[2:], source="wikipedia:A"),
            _film(other[0], int(other[1]), *other[2:], source="wikipedia:B"),
        )
        for verdict, *facts in _rows(TWINS)
        for one, other in [(facts[:4], facts[4:])]
    ]
    lists = [
        (verdict == "one", _listed_film(*facts[:6]), _listed_film(*facts[6:]))
        for verdict, *facts in _rows(NAMESAKES)
    ]
    return told + lists


def test_no_twin_and_no_remake_is_taken_for_another_film() -> None:
    two = [(one, other) for same, one, other in _pairs() if not same]
    assert len(two) >= 260
    wrong = [(one, other) for one, other in two if _is_one(one, other) or _is_one(other, one)]
    assert [f"{one.label} and {other.label}" for one, other in wrong] == []


def test_nearly_every_repeated_film_is_recognised() -> None:
    one = [(first, second) for same, first, second in _pairs() if same]
    apart = [
        f"{first.label} and {second.label}"
        for first, second in one
        if not (_is_one(first, second) and _is_one(second, first))
    ]
    assert len(one) >= 350
    assert len(apart) <= 0.036 * len(one), apart


@pytest.mark.parametrize(
    ("known", "offered", "same"),
    [
        (_film("Stone", 2000, imdb_id="tt1"), _film("Other Name", 1950, imdb_id="tt1"), True),
        (_film("Stone", 2000, tmdb_id=1), _film("Other Name", 1950, tmdb_id=1), True),
        (_film("Stone", 2000, "A B", imdb_id="tt1"), _film("Stone", 2000, "A B", imdb_id="tt2"), False),
        (_film("Stone", 2000, "A B", tmdb_id=1), _film("Stone", 2000, "A B", tmdb_id=2), False),
        (_film("Stone", 2000, tmdb_id=1, imdb_id="tt1"), _film("Stone", 2001, tmdb_id=1, imdb_id="tt2"), False),
        (_film("Stone", 2000, tmdb_id=1, imdb_id="tt1"), _film("Rock", 2000, tmdb_id=1, imdb_id="tt2"), False),
        # IMDb lists a film twice now and then.
        (_film("Stone", 2000, tmdb_id=1, imdb_id="tt1"), _film("Stone", 2000, tmdb_id=1, imdb_id="tt2"), True),
        # The people agree, in whatever spelling, a year or two apart.
        (_film("The Stone", 2000, "José B. Núñez", "Q R"), _film("stone", 2002, "Jose B. Nunez", "Q R"), True),
        (_film("Stone", 2000, "A B", "C D; E F"), _film("Stone", 2001, "", "E F; C D"), True),
        (_film("Stone", 2000, "A B"), _film("Stone", 2001, "A B", "C D"), True),
        (_film("Stone", 2000, "A B", "C D"), _film("Stone", 2003, "A B", "C D"), False),
        (_film("Stone", 2000, "A B", "C D"), _film("Stone", 2001, "A B", "E F"), False),
        (_film("Stone", 2000, "A B", "C D; E F"), _film("Stone", 2000, "G H", "C D; E F"), False),
        (_film("Stone", 2000, "Lana Cole; Lilly Cole"), _film("Stone", 2000, "Cole brothers"), True),
        (_film("Chaos", 1985, "A B", other_titles=("Ran",)), _film("Ran", 1985, "A B"), True),
        # One side names nobody: title, the very year and the kind have to do, if nothing speaks against it.
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("Stone", 2000, genres=("drama", "war")), True),
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("Stone", 2000, genres=("comedy",)), True),
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("Stone", 2000, genres=("documentary",)), False),
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("The Stone", 2000, genres=("comedy",)), False),
        (_film("Stone: Volume 1", 2000, "A B", genres=("drama",)), _film("Stone Vol. One", 2000, genres=("drama",)), True),
        (_film("Stone II", 2000, "A B", genres=("drama",)), _film("Stone 3", 2000, genres=("drama",)), False),
        (_film("Stone Night", 2000, "A B", genres=("drama",)), _film("Stone Night in 3-D", 2000, genres=("drama",)), True),
        # A year apart, as a list of releases and one of first showings are: the genre has to say the same.
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("Stone", 2001, genres=("drama",)), True),
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("Stone", 2001, genres=("comedy",)), False),
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("The Stone", 2001, genres=("drama",)), False),
        (_film("Stone", 2000, "A B", genres=("drama",)), _film("Stone", 2002, genres=("drama",)), False),
        # Toys that come to life are animation to one list and not to the other; what was filmed is or is no fiction.
        (_film("Red Stone", 2000, "A B", genres=("action",)), _film("Red Stone", 2000, genres=("animation", "war")), True),
        (_film("Red Stone", 2000, "A B", genres=("action",)), _film("Red Stone", 2001, genres=("animation", "war")), False),
        (_film("Red Stone", 2000, "A B", genres=("action",)), _film("Red Stone", 2000, genres=("documentary", "war")), False),
        # A title of four words is hardly borne by two films of one time, whatever a list calls their genres.
        (_film("Stone of the Red Lake", 2000, "A B", genres=("horror",)), _film("Stone of the Red Lake", 2001, genres=("comedy",)), True),
        (_film("Stone of the Red Lake", 2000, "A B", genres=("biography",)), _film("Stone of the Red Lake", 2000, genres=("documentary",)), True),
        (_film("Stone of the Red Lake", 2000, "A B", genres=("biography",)), _film("Stone of the Red Lake", 2001, genres=("documentary",)), False),
        (_film("Stone of the Red Lake", 2000, "A B", genres=("horror",)), _film("Stone of the Red Lake", 2003, genres=("horror",)), False),
        # One list has the subtitle, or whose film it is.
        (_film("Blue Stone", 2000, "A B", genres=("drama",), source="a"), _film("Eve's Blue Stone: A Tale", 2000, genres=("drama",), source="b"), False),
        (_film("Blue Stone", 2000, "A B", genres=("drama",), source="a"), _film("Eve Orr's Blue Stone", 2000, genres=("drama",), source="b"), True),
        (_film("Blue Stone", 2000, "A B", genres=("drama",), source="a"), _film("Blue Stone: A Tale", 2000, genres=("drama",), source="b"), True),
        (_film("Blue Stone", 2000, "A B", genres=("drama",), source="a"), _film("Blue Stone: A Tale", 2001, genres=("drama",), source="b"), False),
        # One list has the subtitle alone: the director and two players have to be the same.
        (_film("Red Lake 3: The Stone Age", 2000, "A B", "C D; E F"), _film("The Stone Age", 2001, "A B", "E F; C D; G H"), True),
        (_film("Red Lake 3: The Stone Age", 2000, "A B", "C D; E F"), _film("The Stone Age", 2000, "A B", "C D; I J"), False),
        (_film("Red Lake 3: The Stone Age", 2000, "A B", "C D; E F"), _film("The Stone Age", 2002, "A B", "C D; E F"), False),
        (_film("Red Lake: The Stone Age", 2000, "A B", "C D; E F"), _film("Red Lake", 2000, "A B", "C D; E F"), False),
        (_film("Stone", 2000, "A B"), _film("Stone", 2001), False),
        (_film("Stone", 2001, "A B", logline="Stone is a 2000 film."), _film("Stone", 2000), True),
        (_film("Stone", None, "A B"), _film("Stone", None), False),
        (_film("Stone", 2000, source="wikipedia:A"), _film("Stone", 2000, source="wikipedia:B"), False),
        (_film("Stone", 2000, source="wikipedia:A"), _film("Stone", 2000, source="wikipedia:A"), True),
        (_film("Red, Stone!", 2000, source="wikipedia:Red,_Stone!"), _film("Red Stone", 2001, "", "A B", source="wikipedia:Red_Stone"), True),
    ],
)  # fmt: skip
def test_what_makes_two_records_one_film(known: Film, offered: Film, same: bool) -> None:
    assert _is_one(known, offered) is same


def test_a_namesake_in_a_records_own_source_makes_it_unsure() -> None:
    assert nearest_namesakes(
        (
            *(
                (("Stone",), 2000),
                (("The Stone",), 2002),
                (("Stone",), 2010),
                (("Red Lake",), 2008),
            ),
            *((("Red Lake: The Duck's Secret",), 2008), (("AB: Sea Air", "Sea Air"), 2008)),
        )
    ) == [2, 2, None, None, 0, None]
    known = _film("Stone", 2000, "A B", genres=("drama",))
    assert not _is_one(known, _film("Stone", 2001, genres=("drama",)), namesake=2)
    assert _is_one(known, _film("Stone", 2000, genres=("drama",)), namesake=2)


def test_a_film_that_its_source_lists_twice_is_no_namesake_of_itself() -> None:
    listed = [(("Stone",), 2000)] * 2
    assert nearest_namesakes(listed, [7, 7]) == [None, None]
    assert nearest_namesakes(listed, [7, 8]) == nearest_namesakes(listed, [7, None]) == [0, 0]


def test_a_record_with_a_twin_in_its_own_source_is_known_by_ids_alone() -> None:
    known = _film("Stone", 2000, "A B", imdb_id="tt1")
    assert not _is_one(replace(known, imdb_id=None), _film("Stone", 2000), namesake=0)
    assert _is_one(known, _film("Stone", 2000, imdb_id="tt1"), namesake=0)


def test_a_subtitle_in_a_records_own_source_is_known_by_its_makers() -> None:
    """One list has a film twice: with its series, and by its subtitle alone."""
    known = _film("Red Lake 3: The Stone Age", 2000, "A B", "C D; E F; G H")
    assert _is_one(known, _film("The Stone Age", 2000, "A B", "C D; G H"), namesake=0)
    assert not _is_one(known, _film("The Stone Age", 2000, "A B", "I J; K L"), namesake=0)


def test_among_several_of_one_title_the_people_decide() -> None:
    known = DuplicateFinder(
        replace(_film("Stone", 2000, director), film_id=FilmId(director))
        for director in ("A B", "C D")
    )
    assert known.match(_film("Stone", 2000, "C D")) == "C D"
    assert known.match(_film("Stone", 2000, "E F")) is None
    assert known.match(_film("Stone", 2000)) is None


def test_the_starter_catalogue_keeps_its_facts_and_texts() -> None:
    starter = _film("Stone", 2000, "A B", logline="Ours.", genres=("drama",), source="starter")
    offered = _film(
        *("Stone", 1999, "A. B.", "C D"), logline="Theirs.", genres=("war",), themes=("sea",),
        imdb_id="tt1", tmdb_id=2, popularity=9, source="wikipedia:Stone", other_titles=("Pierre",),
    )  # fmt: skip
    assert merged(starter, offered) == replace(
        starter, cast=("C D",), themes=("sea",), imdb_id="tt1", tmdb_id=2, popularity=9
    )


def test_a_text_brings_its_page_as_the_source() -> None:
    known = _film("Stone", 2000, imdb_id="tt1", source="movielens:7", popularity=3)
    offered = _film("The Stone", 2000, "A B", logline="Stone is a film.", source="wikipedia:Stone")
    both = merged(known, offered)
    assert (both.logline, both.source, both.directors) == (
        *("Stone is a film.", "wikipedia:Stone"),
        ("A B",),
    )
    assert (both.title, both.other_titles, both.imdb_id) == ("Stone", ("The Stone",), "tt1")
    assert merged(both, offered) == merged(both, known) == both


def test_a_new_starter_catalogue_keeps_ids_that_imports_brought() -> None:
    film = replace(_film("Stone", 2000, logline="New."), film_id=HERE)
    former = {HERE: replace(film, logline="Old.", imdb_id="tt1", tmdb_id=2, popularity=3)}
    assert updated(film, former) == replace(film, imdb_id="tt1", tmdb_id=2, popularity=3)
    assert updated(film, {}) == film


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sammy Davis, Jr.", "Sammy Davis"), ("Clara 'Bo' Hale", "clara hale"), ("Éric Ø.", "Eric O")],
)
def test_one_person_in_several_spellings(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)


def test_ids_are_readable_and_nobody_elses() -> None:
    taken = {FilmId("carmen-1915"), FilmId("carmen-1915-walsh"), FilmId("film")}
    assert new_film_id("8½ & Ø'Neil", 1963, (), taken) == "8-1-2-and-oneil-1963"
    assert new_film_id("Carmen", 1915, ["Cecil B. DeMille"], taken) == "carmen-1915-demille"
    assert new_film_id("Carmen", 1915, ["Raoul Walsh"], taken) == "carmen-1915-2"
    assert new_film_id("乱", None, (), taken) == "film-2"


@given(st.text(max_size=200), st.none() | st.integers(1870, 2100), st.text(max_size=80))
def test_ids_are_short_and_plain(title: str, year: int | None, director: str) -> None:
    names = [director] if director.strip() else []
    first = new_film_id(title, year, names, set())
    second = new_film_id(title, year, names, {first})
    for film_id in (first, second):
        assert 0 < len(film_id) <= LONGEST_ID
        assert set(film_id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert first != second


def test_pairs_that_nothing_tells_apart_are_listed_for_the_host() -> None:
    full = _film(
        "Small Soldiers", 1998, "Joe Dante", "A B", logline="Toys fight.", source="wikipedia:S"
    )
    bare = _film("Small Soldiers", 1998, genres=("animation",), imdb_id="tt1", source="movielens:1")
    other = _film("Small Soldiers", 1999, "Eve Orr", "C D", imdb_id="tt2", source="tmdb")
    joined = _film("Small Soldiers", 1998, source="a", stands_for=FilmId("full"))
    films = {"full": full, "bare": bare, "other": other, "joined": joined}
    named = [replace(film, film_id=FilmId(name)) for name, film in films.items()]
    assert [(one.film_id, two.film_id) for one, two in twins_among(named)] == [("bare", "full")]


# On the real sets, where they are -----------------------------------------------------------------

real = pytest.mark.skipif(not SHARED.exists(), reason="the film sets are not here")


@cache
def _listed() -> tuple[Offered, ...]:
    sets = (SHARED / "wikipedia-films", SHARED / "movielens-small")
    return tuple(each for path in sets for each in offered_at(path) if isinstance(each, Offered))


@pytest.fixture(scope="module")
def catalogue(starter: tuple[Film, ...]) -> dict[FilmId, Film]:
    """Put the starter catalogue, the whole list and MovieLens together, as an import does."""
    films = {film.film_id: film for film in starter}
    known = DuplicateFinder(starter)
    for each in _listed():
        film = each.film
        found = known.match(film, namesake=each.namesake)
        new_id = found or new_film_id(film.title, film.year, film.directors, known)
        films[new_id] = merged(films[found], film) if found else replace(film, film_id=new_id)
        known.add(films[new_id])
    return films


@real
def test_the_judged_pairs_stay_apart_on_the_whole_catalogue(catalogue: dict[FilmId, Film]) -> None:
    """Each twin is found again by its own people, under an id of its own."""
    known = DuplicateFinder(catalogue.values())
    wrong = []
    for same, one, other in _pairs():
        if not same:
            found = known.match(one), known.match(other)
            if found[0] is not None and found[0] == found[1]:
                wrong.append(f"{one.label} and {other.label}")
    assert wrong == []


@real
def test_a_second_import_changes_nothing(catalogue: dict[FilmId, Film]) -> None:
    known = DuplicateFinder(catalogue.values())
    for each in _listed():
        found = known.match(each.film, namesake=each.namesake)
        assert found is not None, each.film.label
        assert merged(catalogue[found], each.film) == catalogue[found]


@real
def test_merging_without_ids_agrees_with_the_ids(starter: tuple[Film, ...]) -> None:
    """Where both sides have an IMDb id it says the truth; it is hidden, and what is found compared."""
    truth = {film.imdb_id: film.film_id for film in starter if film.imdb_id}
    bare = DuplicateFinder(replace(film, imdb_id=None, tmdb_id=None) for film in starter)
    offered = [
        each
        for each in movielens_films(files_at(SHARED / "movielens-small"))
        if isinstance(each, Offered)
    ]
    found = right = there = 0
    for each in offered:
        film = replace(each.film, imdb_id=None, tmdb_id=None)
        match = bare.match(film, namesake=each.namesake)
        expected = truth.get(each.film.imdb_id or "")
        there += expected is not None
        if match is not None and (expected or match in truth.values()):
            found += 1
            right += match == expected
    assert there >= 400
    assert found == right, "two films were taken for one"
    assert right / there >= 0.8, f"{right} of {there}"
