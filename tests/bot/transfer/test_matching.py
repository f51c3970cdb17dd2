"""Matching of entries with films: right, or asked."""

import pytest

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.ids import FilmId
from bot.domain.imports import FilmEntry, RowState
from bot.transfer.matching import Match, matched

FILMS = (
    TitledFilm(FilmId("heat-1995"), ("Heat",), 1995, "tt0113277", 949),
    TitledFilm(FilmId("her-2013"), ("Her",), 2013),
    TitledFilm(FilmId("suspiria-1977"), ("Suspiria",), 1977),
    TitledFilm(FilmId("crash-1996"), ("Crash",), 1996),
    TitledFilm(FilmId("crash-2004"), ("Crash",), 2004),
    TitledFilm(FilmId("pinocchio-2022"), ("Pinocchio",), 2022),
    TitledFilm(FilmId("guillermo-del-toros-pinocchio-2022"), ("Pinocchio",), 2022),
    TitledFilm(FilmId("zatoichi-2003"), ("The Blind Swordsman: Zatoichi", "Zatōichi"), 2003),
)


def _match(entry: FilmEntry) -> Match:
    return matched([entry], TitleIndex(FILMS))[0]


@pytest.mark.parametrize(
    ("entry", "film"),
    [
        (FilmEntry("Something else", imdb_id="tt0113277"), "heat-1995"),
        (FilmEntry("", tmdb_id=949), "heat-1995"),
        (FilmEntry("HEAT", 1995), "heat-1995"),
        (FilmEntry("Her", 2014), "her-2013"),
        (FilmEntry("Crash", 2004), "crash-2004"),
        (FilmEntry("Zatoichi", 2003), "zatoichi-2003"),
    ],
)
def test_what_is_sure_is_matched(entry: FilmEntry, film: str) -> None:
    assert _match(entry) == Match(RowState.READY, FilmId(film))


@pytest.mark.parametrize(
    ("entry", "films"),
    [
        (FilmEntry("Pinocchio", 2022), {"pinocchio-2022", "guillermo-del-toros-pinocchio-2022"}),
        (FilmEntry("Heat", 1995, doubtful=True), {"heat-1995"}),
        (FilmEntry("Crash", 2005), {"crash-2004"}),
        (FilmEntry("The Blind Swordsman Zatoichy", 2003), {"zatoichi-2003"}),
    ],
)
def test_what_may_be_meant_is_asked(entry: FilmEntry, films: set[str]) -> None:
    found = _match(entry)
    assert (found.state, found.film_id, {*found.candidates}) == (RowState.UNCLEAR, None, films)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (FilmEntry("Her"), RowState.LIKELY),
        (FilmEntry("Her", doubtful=True), RowState.UNCLEAR),
        (FilmEntry("Crash"), RowState.UNCLEAR),
        (FilmEntry("Hers"), RowState.UNKNOWN),
    ],
)
def test_a_title_without_a_year_is_likely_the_one_film_that_bears_it(
    entry: FilmEntry, state: RowState
) -> None:
    assert _match(entry).state is state


@pytest.mark.parametrize(
    "entry",
    [
        FilmEntry("Suspiria", 2018),
        FilmEntry("Nothing of the Kind", 1999),
        FilmEntry("", imdb_id="tt1"),
    ],
)
def test_what_the_catalogue_lacks_is_not_taken_for_another_film(entry: FilmEntry) -> None:
    assert _match(entry).state is RowState.UNKNOWN


def test_two_entries_of_one_film_are_asked_about() -> None:
    first, second = matched(
        [FilmEntry("Heat", 1995), FilmEntry("Heet", imdb_id="tt0113277")], TitleIndex(FILMS)
    )
    assert (first.state, second.state) == (RowState.READY, RowState.UNCLEAR)
