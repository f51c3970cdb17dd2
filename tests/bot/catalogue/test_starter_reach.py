"""The starter catalogue's reach: the films that most people have rated are in it."""

import pytest

from bot.catalogue.importing.files.reader import files_at
from bot.catalogue.importing.matching.duplicates import Offered
from bot.catalogue.importing.movielens import movielens_films
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film
from tests.support import SHARED

MOVIELENS = SHARED / "movielens-small"
ELSEWHERE = {"V for Vendetta", "300", "Army of Darkness", "Heathers"}
"""Films that MovieLens puts a year later than their first showing: in the year they came to cinemas
in the US."""


OTHER_YEARS = """
    in-the-mouth-of-madness-1994
    eyes-without-a-face-1960
    cinema-paradiso-1988
    tie-me-up-tie-me-down-1989
    army-of-darkness-1992
    heathers-1988
    koyaanisqatsi-1982
    a-room-with-a-view-1985
    plan-9-from-outer-space-1957
    swept-away-1974
    the-producers-1967
    jules-and-jim-1962
    brief-encounter-1945
    time-of-the-gypsies-1988
    red-sorghum-1988
    la-notte-1961
    tetsuo-the-iron-man-1989
    hedwig-and-the-angry-inch-2001
    moscow-does-not-believe-in-tears-1980
    truly-madly-deeply-1990
    the-king-of-comedy-1982
    the-harder-they-come-1972
    ninja-scroll-1993
    aparajito-1956
    salo-or-the-120-days-of-sodom-1975
    scenes-from-a-marriage-1974
    28-up-1984
    night-and-fog-1956
    andrei-rublev-1966
    v-for-vendetta-2005
    300-2006
    once-2007
    encounters-at-the-end-of-the-world-2007
    paranormal-activity-2007
    bill-cunningham-new-york-2010
    the-cabin-in-the-woods-2011
    ex-machina-2014
    kingsman-the-secret-service-2014
    black-panther-2018
    havoc-in-heaven-1961
    embrace-of-the-serpent-2015
    split-2016
    i-am-not-your-negro-2016
""".split()
"""Films that MovieLens has a year or more apart, in ours by their first showing."""


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


@pytest.mark.skipif(not MOVIELENS.exists(), reason="the ratings are not beside the checkout")
def test_years_agree_with_the_films_of_the_same_number(starter: tuple[Film, ...]) -> None:
    """Each other year was looked into: MovieLens has those of the US release, or of a later list."""
    known = {film.imdb_id: film for film in starter if film.imdb_id}
    pairs = [(known[film.imdb_id], film) for film in _films() if film.imdb_id in known]
    assert len(pairs) >= 2_000
    other = {film.film_id for film, listed in pairs if listed.year and listed.year != film.year}
    assert other == set(OTHER_YEARS)


def _films() -> list[Film]:
    found = movielens_films(files_at(MOVIELENS))
    return [each.film for each in found if isinstance(each, Offered)]
