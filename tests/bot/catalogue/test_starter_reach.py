"""The starter catalogue's reach: the films that most people have rated are in it."""

import pytest

from bot.catalogue.importing.files import files_at
from bot.catalogue.importing.matching.duplicates import Offered
from bot.catalogue.importing.movielens import movielens_films
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films import Film
from tests.support import SHARED

MOVIELENS = SHARED / "movielens-small"
ELSEWHERE = {"V for Vendetta", "300", "Army of Darkness", "Heathers"}
"""Films that MovieLens puts a year later than their first showing: in the year they came to cinemas
in the US."""


@pytest.mark.skipif(not MOVIELENS.exists(), reason="the ratings are not beside the checkout")
@pytest.mark.parametrize(("most", "least"), [(100, 1.0), (500, 0.99)])
def test_the_most_rated_films_are_there_by_title_and_year(
    starter: tuple[Film, ...], titles: TitleIndex, most: int, least: float
) -> None:
    years = {film.film_id: film.year for film in starter}
    rated = sorted(_films(), key=lambda film: -(film.popularity or 0))[:most]
    missing = [
        film.label
        for film in rated
        if film.year
        not in {years[each.film_id] for title in film.titles for each in titles.exact(title)}
    ]
    assert len(rated) == most
    assert 1 - len(missing) / most >= least, missing
    assert {film.rpartition(" (")[0] for film in missing} <= ELSEWHERE


def _films() -> list[Film]:
    found = movielens_films(files_at(MOVIELENS))
    return [each.film for each in found if isinstance(each, Offered)]
