"""The starter catalogue: its form, its reach, and its facts against a larger set where there is one."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli

from bot.catalogue import starter as starter_module
from bot.catalogue.importing.extracts import year_said
from bot.catalogue.importing.files.reader import Skipped
from bot.catalogue.importing.films import offered_at
from bot.catalogue.importing.matching.duplicates import DuplicateFinder
from bot.catalogue.importing.matching.identity import person_key
from bot.catalogue.starter import QUICK_START, starter_digest
from bot.domain.films.film import Film, ReleaseKind
from bot.domain.regions import country, language
from tests.support import SHARED

GENRES = frozenset(
    "action adventure animation biography comedy crime documentary drama family fantasy history "
    "horror musical mystery romance thriller war western".split()
) | {"science fiction"}

WIKIPEDIA = SHARED / "wikipedia-films"

SETTLED = tomllib.loads((Path(__file__).parent / "settled.toml").read_text("utf-8"))
"""Films of which the larger set says otherwise: each was looked into, and stays as it is."""


def test_it_is_large_enough_and_nothing_stands_twice(starter: tuple[Film, ...]) -> None:
    assert len(starter) >= 2_500
    for key in ("film_id", "imdb_id", "tmdb_id"):
        values = Counter(value for film in starter if (value := getattr(film, key)))
        assert [value for value, count in values.items() if count > 1] == []


def test_every_film_is_judged_by_how_well_known_and_how_well_regarded_it_is(
    starter: tuple[Film, ...],
) -> None:
    """Neither says the other, and each tells films apart."""
    for judged in ([film.known for film in starter], [film.regard for film in starter]):
        assert set(judged) == {1, 2, 3, 4, 5}
        assert max(Counter(judged).values()) < len(starter) / 2
    assert any(film.known == 2 and film.regard == 5 for film in starter)
    assert any(film.known == 5 and film.regard == 1 for film in starter)


def test_every_film_names_films_that_go_well_with_it(starter: tuple[Film, ...]) -> None:
    """At least six, each in the catalogue, none twice; few series fill a list, and no film is on every one."""
    known = {film.film_id: film for film in starter}
    for film in starter:
        named = film.companions
        assert len(named) >= 6, film.label
        assert len(set(named)) == len(named), film.label
        assert set(named) <= known.keys() - {film.film_id}, film.label
    naming = Counter(each for film in starter for each in film.companions)
    assert max(naming.values()) < len(starter) / 30
    other_hands = [
        not set(film.directors) & set(known[each].directors)
        for film in starter
        for each in film.companions
    ]
    assert sum(other_hands) > 0.8 * len(other_hands)


def test_every_file_is_read_as_toml_says(starter: tuple[Film, ...]) -> None:
    texts = [each.read_text("utf-8") for each in starter_module._files()]
    assert starter == tuple(
        starter_module.film_of(entry) for text in texts for entry in tomli.loads(text)["film"]
    )


@pytest.mark.parametrize(
    "line",
    [
        "year = 1_999",
        "day = 1999-03-31",
        "title = 'The \"Matrix\"'",
        'title = "\\U0001F3AC"  # a clapperboard',
        'themes = [\n  "snow",\n  "trains",\n]',
        'releases = [{ region = "GB", day = 1999-03-31 }]\nyear = 1999',
        'title = "Future releases = none"',
        'logline = """\nShe says "no".\n"""',
    ],
)
def test_what_json_cannot_read_is_read_as_toml(line: str) -> None:
    table = f'id = "a"\n{line}\n'
    assert starter_module._entry(table) == tomli.loads(table)


def test_every_film_is_well_formed(starter: tuple[Film, ...]) -> None:
    assert [problem for film in starter for problem in _problems(film)] == []


def _problems(film: Film) -> Iterator[str]:
    words = len(film.logline.split())
    checks = {
        "id": re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", film.film_id) and len(film.film_id) <= 60,
        "id ends with the year": film.film_id.endswith(f"-{film.year}"),
        f"a logline of {words} words": 25 <= words <= 45,
        f"{len(film.themes)} themes": 6 <= len(film.themes) <= 12,
        "themes twice": len(set(film.themes)) == len(film.themes),
        "themes in lower case": all(theme == theme.lower() for theme in film.themes),
        "genres": film.genres and set(film.genres) <= GENRES,
        "directors": film.directors,
        "cast": len(film.cast) <= 8,
        "minutes": film.minutes and 5 <= film.minutes <= 600,
        "year": film.year and 1890 <= film.year <= 2026,
        "countries": film.countries
        and all(country(code) != code or code == "US" for code in film.countries),
        "languages": film.languages and all(language(code) != code for code in film.languages),
        "imdb": film.imdb_id is None or re.fullmatch(r"tt\d{7,8}", film.imdb_id),
        "releases": all(
            re.fullmatch(r"[A-Z]{2}", each.region) and each.day.year >= (film.year or 0) - 1
            for each in film.releases
        ),
    }
    return (f"{film.film_id}: {what}" for what, holds in checks.items() if not holds)


@pytest.mark.parametrize(
    ("kind", "least", "counts"),
    [
        ("animated", 220, lambda film: "animation" in film.genres),
        ("documentaries", 200, lambda film: "documentary" in film.genres),
        ("comedies", 500, lambda film: "comedy" in film.genres),
        ("horror", 350, lambda film: "horror" in film.genres),
        ("for families", 250, lambda film: "family" in film.genres),
        ("directed by women", 400, lambda film: "directed by women" in film.themes),
        ("not in English", 900, lambda film: film.languages[0] != "en"),
    ],
)
def test_every_kind_that_clubs_love_is_there(
    kind: str, least: int, counts: Callable[[Film], bool], starter: tuple[Film, ...]
) -> None:
    assert sum(map(counts, starter)) >= least, kind


def test_every_year_of_the_century_is_there(starter: tuple[Film, ...]) -> None:
    years = Counter(film.year for film in starter)
    assert {year: years[year] for year in range(2000, 2026) if years[year] < 45} == {}


def test_files_are_in_order_of_year_and_title(starter: tuple[Film, ...]) -> None:
    decades = [((film.year or 0) // 10, film) for film in starter]
    assert [decade for decade, _ in decades if decade > 191] == sorted(
        decade for decade, _ in decades if decade > 191
    )
    years = [film.year or 0 for film in starter]
    assert years == sorted(years)


def test_all_of_us_strangers_is_told_right(starter: tuple[Film, ...]) -> None:
    film = next(film for film in starter if film.film_id == "all-of-us-strangers-2023")
    assert film.directors == ("Andrew Haigh",)
    assert film.cast[:4] == ("Andrew Scott", "Paul Mescal", "Claire Foy", "Jamie Bell")
    assert "Taichi Yamada" in (film.based_on or "")
    days = {(each.region, each.kind): each.day.isoformat() for each in film.releases}
    assert days["GB", ReleaseKind.CINEMA] == "2024-01-26"


@pytest.mark.parametrize(
    "title",
    [
        "Weekend",
        "45 Years",
        "Aftersun",
        "Truly, Madly, Deeply",
        "Carol",
        "Call Me by Your Name",
        "Moonlight",
        "God's Own Country",
        "Past Lives",
        "The Discarnates",
    ],
)
def test_its_relatives_are_there(title: str, starter: tuple[Film, ...]) -> None:
    assert title in {film.title for film in starter}


def test_the_films_to_begin_with_are_there(starter: tuple[Film, ...]) -> None:
    assert set(QUICK_START) <= {film.film_id for film in starter}


def test_the_digest_changes_with_every_byte_and_file_and_with_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = starter_digest()
    originals = starter_module._files()
    copies = [tmp_path / each.name for each in originals]
    for original, copy in zip(originals, copies, strict=True):
        copy.write_bytes(original.read_bytes())
    monkeypatch.setattr(starter_module, "_files", lambda: copies)
    assert re.fullmatch(r"[0-9a-f]{64}", shipped)
    assert starter_digest() == shipped

    digests = {shipped}
    for copy in copies:
        whole = copy.read_bytes()
        copy.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        digests.add(starter_digest())
        copy.write_bytes(whole)
    assert len(digests) == 1 + len(copies) > 2
    assert starter_digest() == shipped
    copies.pop()
    assert starter_digest() not in digests


wikipedia = pytest.mark.skipif(
    not WIKIPEDIA.exists(), reason="the larger film set is not beside the checkout"
)


@pytest.fixture(scope="module")
def listed(starter: tuple[Film, ...]) -> list[tuple[Film, Film]]:
    """Return the films that the larger set has as well, each with what is said of it there."""
    known, films = DuplicateFinder(starter), {film.film_id: film for film in starter}
    return [
        (films[found], each.film)
        for each in offered_at(WIKIPEDIA)
        if not isinstance(each, Skipped)
        and (found := known.match(each.film, namesake=each.namesake))
    ]


@wikipedia
def test_facts_agree_with_the_larger_set(listed: list[tuple[Film, Film]]) -> None:
    differences = {
        film.film_id: told
        for film, offered in listed
        if (told := list(_differences(film, offered)))
    }
    assert differences.keys() == SETTLED.keys(), differences
    assert len(listed) >= 300


@wikipedia
def test_no_logline_shares_five_words_in_a_row_with_the_larger_set(
    listed: list[tuple[Film, Film]],
) -> None:
    assert sum(bool(offered.logline) for _, offered in listed) >= 1_500
    shared = {
        film.film_id: _runs(film.logline) & _runs(offered.logline) for film, offered in listed
    }
    assert {film_id: runs for film_id, runs in shared.items() if runs} == {}


def _runs(told: str) -> set[tuple[str, ...]]:
    """Return every five words in a row."""
    words = re.findall(r"\w+(?:'\w+)?", told.lower().replace("’", "'"))
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def _differences(film: Film, offered: Film) -> Iterator[str]:
    """Yield what the larger set says otherwise of a film: its year, as listed or told; its directors."""
    years = {offered.year, year_said(offered.logline)}
    if film.year not in years:
        yield f"{film.label}: of {years}"
    ours, theirs = (set(map(person_key, each.directors)) for each in (film, offered))
    if ours and theirs and ours != theirs:
        yield f"{film.label}: by {ours} or {theirs}"
