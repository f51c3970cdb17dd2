"""A guess is taken only where it is sure: numbers, parts and years agree, and nothing rivals it."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import Resolution, TitledFilm, TitleIndex, normalise
from bot.domain.films.film import Film
from bot.domain.ids import FilmId

DATA = Path(__file__).parents[3].parent / "shared" / "data"
WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen".split(), 1
    )
}
ROMANS = {
    word: number
    for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii".split(), 1)
}


def numbers(title: str) -> set[int]:
    """Read the numbers of a title plainly: figures, roman numerals, words."""
    found = re.findall(r"\d+|[a-z]+", title.lower().replace("½", " 1 2").replace("³", " 3"))
    figures = {int(each) for each in found if each.isdigit()}
    return figures | {(WORDS | ROMANS)[each] for each in found if each in WORDS | ROMANS}


def meant(match: Resolution) -> FilmId | None:
    """Return the film whose card would be shown: the only one of the title, or the likely one."""
    found = match.likely if not match.exact else match.only
    return found.film_id if found else None


@pytest.mark.parametrize(
    ("typed", "film_id"),
    [
        ("Terminator 2", "terminator-2-judgment-day-1991"),
        ("Toy Storry", "toy-story-1995"),
        ("Toy Storry (1995)", "toy-story-1995"),
        ("godfahter", "the-godfather-1972"),
        ("blade runer 2049", "blade-runner-2049-2017"),
        ("star wars 4", "star-wars-1977"),
        ("star wars episode iv", "star-wars-1977"),
        ("terminater two", "terminator-2-judgment-day-1991"),
        ("10 thing i hate about you", "10-things-i-hate-about-you-1999"),
        ("magnificent sevn", "the-magnificent-seven-1960"),
        ("Terminator 7", None),
        ("Toy Story 9", None),
        ("the godfather part 4", None),
        ("blade runner 2048", None),
        ("once upon a time in america 2", None),
        ("The Hateful Nine", None),
        ("seven samurai 2", None),
        ("Lock, Stock and Two Smoking Barrels 2", None),
        ("apollo", None),
        ("harry potter", None),
        ("kill bill", None),
        ("Toy Story (1996)", None),
        ("Her (2014)", None),
        ("heat", "heat-1995"),
        # A name is typed, and the title says what is theirs.
        ("ferris bueller", "ferris-buellers-day-off-1986"),
        ("rosemary", "rosemarys-baby-1968"),
        ("bill and ted", "bill-and-teds-excellent-adventure-1989"),
        ("harry", None),
    ],
)
def test_a_guess_is_sure_or_it_is_a_question(
    typed: str, film_id: str | None, titles: TitleIndex
) -> None:
    assert meant(titles.resolve(typed)) == film_id


@pytest.mark.parametrize("typed", ["crouching tiger", "eternal sunshine", "schindlers"])
def test_beside_a_sure_guess_stands_only_what_may_be_meant_too(
    typed: str, titles: TitleIndex
) -> None:
    """Nobody who typed `crouching tiger` meant “The Hunger Games: Catching Fire”."""
    (only,) = titles.near(typed)
    assert only.sure


FILMS = tuple(starter_films())
INDEX = TitleIndex(map(TitledFilm.of, FILMS))
BY_ID = {film.film_id: film for film in FILMS}


@settings(max_examples=400, deadline=None)
@given(
    film=st.sampled_from(FILMS),
    number=st.integers(1, 13),
    form=st.sampled_from(["{} {}", "{} Part {}", "{}: Chapter {}", "{} vol. {}", "the {} {}"]),
    roman=st.booleans(),
    slip=st.integers(0, 400),
)
def test_no_card_of_a_film_whose_number_is_another(
    film: Film, number: int, form: str, *, roman: bool, slip: int
) -> None:
    title = film.title
    if slip < len(title):
        title = title[:slip] + title[slip + 1 :]
    typed = form.format(title, list(ROMANS)[number - 1].upper() if roman else number)
    found = meant(INDEX.resolve(typed))
    if found is not None:
        assert any(number in numbers(each) for each in BY_ID[found].titles), typed


@settings(max_examples=300, deadline=None)
@given(film=st.sampled_from(FILMS), year=st.integers(1900, 2030), slip=st.integers(0, 60))
def test_no_card_of_a_film_of_another_year(film: Film, year: int, slip: int) -> None:
    title = film.title
    if slip < len(title):
        title = title[:slip] + title[slip + 1 :]
    found = meant(INDEX.resolve(f"{title} ({year})"))
    assert found is None or BY_ID[found].year == year


def shelf() -> Iterator[TitledFilm]:
    """Yield the starter's, Wikipedia's and MovieLens' films, without joining the same ones."""
    yield from map(TitledFilm.of, FILMS)
    there = {(normalise(film.title), film.year) for film in FILMS}
    for path in sorted((DATA / "wikipedia-films").glob("movies-*.json.gz")):
        for place, row in enumerate(json.loads(gzip.decompress(path.read_bytes()))):
            if (normalise(row["title"]), row["year"]) not in there:
                yield TitledFilm(FilmId(f"{path.stem}-{place}"), (row["title"],), row["year"])
    with (DATA / "movielens-small" / "movies.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if found := re.fullmatch(r"(.*?)(?: \(.*\))? \((\d{4})\)\s*", row["title"]):
                yield TitledFilm(FilmId(f"m-{row['movieId']}"), (found[1],), int(found[2]))


@pytest.fixture(scope="module")
def full() -> TitleIndex:
    if not (DATA / "wikipedia-films").is_dir() or not (DATA / "movielens-small").is_dir():
        pytest.skip("the Wikipedia and MovieLens films are not there")
    return TitleIndex(shelf())


def test_a_main_title_never_shows_another_film(full: TitleIndex) -> None:
    by_main: dict[str, tuple[str, set[FilmId]]] = {}
    for layer in full.layers:
        for film in layer.films():
            for title in film.titles:
                main, colon, _ = title.partition(": ")
                if colon and not full.exact(main):
                    by_main.setdefault(normalise(main), (main, set()))[1].add(film.film_id)
    wrong = []
    for main, films in by_main.values():
        found = meant(full.resolve(main))
        if found is not None and found not in films:
            wrong.append((main, found))
    assert len(by_main) > 700
    assert wrong == []


def test_a_number_that_is_not_there_never_shows_another_film(full: TitleIndex) -> None:
    wrong, asked = [], 0
    for film in FILMS[::3]:
        for number in (2, 3, 7):
            typed = f"{film.title} {number}"
            if numbers(film.title) or full.exact(typed):
                continue
            asked += 1
            match = full.resolve(typed)
            if match.likely and number not in numbers(match.likely.title):
                wrong.append((typed, match.likely.title))
    assert asked > 2_000
    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [("psycho", "psycho-1960"), ("heat", "heat-1995"), ("oldboy", "oldboy-2003")],
)
def test_the_famous_film_of_a_title_comes_first(typed: str, first: str, full: TitleIndex) -> None:
    match = full.resolve(typed)
    assert len(match.exact) > 1
    assert match.exact[0].film_id == first


def test_two_thousand_and_one_is_the_odyssey(full: TitleIndex) -> None:
    likely = full.resolve("2001").likely
    assert likely
    assert likely.title == "2001: A Space Odyssey"
