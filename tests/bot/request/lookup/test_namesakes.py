"""Films of one title and year can be told apart wherever one of them has to be chosen."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.club_index import film_document
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId
from bot.request.lookup.namesakes import famous_first, labels
from recommender import BaseIndex
from tests.conftest import open_room
from tests.support import actions, text

BARE = Film(FilmId("a"), "The Big Sleep", 1946, genres=("crime",), source="movielens:1284")
FULL = Film(
    FilmId("b"),
    "The Big Sleep",
    1946,
    directors=("Howard Hawks",),
    cast=("Humphrey Bogart", "Lauren Bacall"),
    source="wikipedia:The_Big_Sleep",
)
LATER = replace(FULL, film_id=FilmId("c"), year=1978, directors=("Michael Winner",))


@pytest.mark.parametrize(
    ("film", "other", "told"),
    [
        (FULL, BARE, "by Howard Hawks"),
        (BARE, FULL, "crime"),
        (replace(BARE, genres=(), popularity=7), FULL, "rated by 7 people"),
        (replace(BARE, genres=()), FULL, "from MovieLens"),
        (replace(BARE, countries=("US", "FR")), FULL, "US and France"),
        (replace(BARE, minutes=114), replace(BARE, film_id=FilmId("d")), "114 min"),
        (replace(FULL, directors=()), BARE, "with Humphrey Bogart"),
        (FULL, replace(FULL, film_id=FilmId("d"), cast=("Bob",)), "with Humphrey Bogart"),
        (replace(BARE, club_id=ClubId("test:club")), FULL, "added by your club"),
        (replace(BARE, source="starter", genres=()), FULL, "from Matinee's own list"),
        (BARE, replace(BARE, film_id=FilmId("d"), source="movielens:7"), "entry 1 of 2"),
    ],
)
def test_a_namesake_is_told_by_what_the_other_has_not(film: Film, other: Film, told: str) -> None:
    assert labels((film, other))[0] == f"The Big Sleep (1946), {told}"


def test_who_has_no_namesake_is_called_as_ever() -> None:
    assert labels((LATER, FULL)) == ["The Big Sleep (1978)", "The Big Sleep (1946)"]


def test_the_famous_film_comes_first_and_of_two_alike_the_one_of_which_more_is_known() -> None:
    famous = replace(BARE, film_id=FilmId("d"), known=5)
    rated = replace(BARE, film_id=FilmId("e"), popularity=400)
    every = (BARE, FULL, rated, famous)
    assert famous_first(every) == (famous, rated, FULL, BARE)


async def test_a_review_asks_for_one_of_two_that_can_be_told_apart(tmp_path: Path) -> None:
    films = (BARE, FULL, LATER)
    titles = TitleIndex(map(TitledFilm.of, films))
    async with open_room(
        tmp_path, films, titles, BaseIndex.build(map(film_document, films))
    ) as room:
        asked = await room.say("ana", "/review The Big Sleep (1946) 4/5")
        first, second, *_ = [each.label for each in actions(asked)]
        assert first == "The Big Sleep (1946), by Howard Hawks"
        assert second == "The Big Sleep (1946), crime"
        assert "Saved your review" in text(await room.press("ana", asked, first))
        meant = await room.say("ben", "/film The Big Sleep (1946)")
        assert "I meant The Big Sleep (1946), crime" in {each.label for each in actions(meant)}
